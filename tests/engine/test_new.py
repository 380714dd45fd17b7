"""`dojo new`: the files of a kata that works, for an author to begin with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dojo.catalog import load_katas
from dojo.cli import main
from tests.engine.small_dojo import write_dojo

WROTE = """\
  wrote  exercises/places/turnstile.py
  wrote  exercises/places/turnstile.md
  wrote  solutions/places/turnstile.py
  wrote  graders/places/test_turnstile.py
  wrote  tests/submissions/places/turnstile/wrong_no_lock.py
  wrote  tests/submissions/places/turnstile/right_rlock.py
  wrote  exercises/katas.toml

A small kata that works. Make it yours, file by file (docs/authoring.md); what is missing: dojo check
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_dojo(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files_below(root: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in root.rglob("*") if path.is_file()}


def test_it_says_what_it_wrote_and_the_kata_is_the_last_of_the_course(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "places/turnstile"]) == 0
    assert capsys.readouterr().out == WROTE
    assert [kata.slug for kata in load_katas(root)] == ["account", "counter", "turnstile"]


@pytest.mark.parametrize(
    ("submission", "code", "said"),
    [
        ("exercises/places/turnstile.py", 1, "RACE-LOST-UPDATE"),
        ("solutions/places/turnstile.py", 0, "passed in all 2 interleavings"),
        ("tests/submissions/places/turnstile/wrong_no_lock.py", 1, "RACE-LOST-UPDATE"),
        ("tests/submissions/places/turnstile/right_rlock.py", 0, "passed in all 2 interleavings"),
    ],
)
def test_what_it_wrote_is_graded_as_it_says(root: Path, submission: str, code: int, said: str) -> None:
    # In a process of its own, as in a terminal: pytest imports a grader of the same name only once.
    for arguments in (["new", "places/turnstile"], ["run", "turnstile", "--file", submission]):
        ended = subprocess.run(
            [sys.executable, "-m", "dojo", *arguments], cwd=root, capture_output=True, text=True, check=False
        )
    assert (ended.returncode, said in ended.stdout) == (code, True), ended.stdout + ended.stderr


@pytest.mark.parametrize(
    "name", ["turnstile", "places/", "/turnstile", "Places/turnstile", "places/turn-stile", "a/b/c"]
)
def test_a_name_that_is_none_is_refused(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    before = files_below(root)
    assert main(["new", name]) == 2
    said = f"dojo: {name!r} names no kata: write GROUP/KATA, two Python identifiers in lower case\n"
    assert capsys.readouterr().err == said
    assert files_below(root) == before


def test_a_kata_that_is_there_is_not_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_below(root)
    assert main(["new", "places/account"]) == 2
    said = "dojo: a kata 'account' stands in exercises/katas.toml already: choose another name\n"
    assert capsys.readouterr().err == said
    assert files_below(root) == before


def test_a_file_that_is_there_is_not_overwritten(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "graders" / "threads" / "test_turnstile.py").write_text("mine\n", encoding="utf-8")
    before = files_below(root)
    assert main(["new", "threads/turnstile"]) == 2
    said = "dojo: graders/threads/test_turnstile.py is there already: nothing was written, choose another name\n"
    assert capsys.readouterr().err == said
    assert files_below(root) == before
