"""Where a submission uses what no proof of ours covers, no exploration says that it has tried everything.

Every file in gaps/ names, in its first line, the feature that its `run` uses; two threads call it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo import model, wire
from dojo.explore.gaps import GAPS
from dojo.explore.service import explore_job
from dojo.loading import load_source

GRADER = """
from dojo import attempt, together

def twice(kata):
    together((attempt, kata.run), (attempt, kata.run))
"""
FILES = sorted((Path(__file__).parent / "gaps").glob("*.py"))
FEATURES = {path: path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for path in FILES}
NOTHING = "nothing"


def explored(path: Path, folder: Path) -> model.Explored:
    grader = folder / "test_gaps.py"
    grader.write_text(GRADER, encoding="utf-8")
    job = {"kata": path.stem, "grader": str(grader), "scenario": "twice", "arguments": [], "options": {}}
    answer = explore_job(job, load_source(path), lambda told: None)
    assert isinstance(answer, dict)
    return wire.from_json(model.Explored, answer["explored"])


def test_every_gap_has_a_case() -> None:
    assert set(FEATURES.values()) - {NOTHING} == GAPS.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_gap_is_told_with_its_place_and_nothing_is_said_to_be_exhausted(path: Path, tmp_path: Path) -> None:
    result, feature = explored(path, tmp_path), FEATURES[path]
    if feature == NOTHING:
        assert (result.exhausted, result.not_covered) == (True, ())
        return
    assert (result.exhausted, result.bound) == (False, None)
    told = [sentence for sentence in result.not_covered if f"({feature})" in sentence]
    assert told and all(sentence.startswith(f"{path.name}, line ") for sentence in told)
    assert all(sentence.endswith(f": {GAPS[feature]}") for sentence in told)


def test_a_file_that_is_opened_for_writing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.py"
    path.write_text(f"def run():\n    open({str(tmp_path / 'notes.txt')!r}, 'w').close()\n", encoding="utf-8")
    assert explored(path, tmp_path).not_covered == (
        "notes.py, line 2, calls open, which opens a file for writing: what threads share through it takes no step",
    )
