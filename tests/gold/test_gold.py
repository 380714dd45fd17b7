"""What a learner reads, word for word. After a wanted change run tests/gold/update.py and look at the difference.

An ordinary run compares a fifth of it, another one on each version, as with the bank; DOJO_BANK=all asks for all.
"""

from pathlib import Path

import pytest

from dojo.catalog import load_katas
from dojo.model import VERDICT_NAMES
from tests.gold.transcript import ROOT, load_transcripts, run
from tests.katas.bank import share_of

TRANSCRIPTS = load_transcripts()


@pytest.mark.parametrize("path", share_of(TRANSCRIPTS), ids=lambda path: path.stem)
def test_the_text_is_the_expected_one(path: Path) -> None:
    head, text = run(path)
    assert path.read_text(encoding="utf-8") == head + text


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_no_line_is_wider_than_a_terminal_but_those_to_be_pasted(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    assert [line for line in lines if len(line) > 80 and not line.strip().startswith("dojo ")] == []


def test_every_kata_has_a_failing_submission_here() -> None:
    heads = [path.read_text(encoding="utf-8").partition("\n")[0].split() for path in TRANSCRIPTS]
    shown = {head[3] for head in heads if head[2] == "run" and "--file" in head}
    assert {kata.slug for kata in load_katas(ROOT)} <= shown


def test_every_verdict_is_here() -> None:
    texts = [path.read_text(encoding="utf-8").splitlines()[1] for path in TRANSCRIPTS]
    shown = {name for name in VERDICT_NAMES.values() if any(f": {name} " in text for text in texts)}
    assert shown == set(VERDICT_NAMES.values())
