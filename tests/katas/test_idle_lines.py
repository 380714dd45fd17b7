"""A solution has no idle line: take out a lock, a join, a close or a loop, and its grader must fail."""

from __future__ import annotations

import pytest

from dojo.catalog import Kata, load_katas
from tests.katas.bank import ROOT, grade, share_of, told
from tests.katas.mutants import Mutant, mutants_of

KATAS = load_katas(ROOT)

# (kata, what) -> why the grader cannot, or must not, tell the difference.
EXCUSED: dict[tuple[str, str], str] = {
    ("fork_parent_child", 'without super().__init__(f"the child ended with exit code {exit_code}")'): (
        "the contract leaves the text of the exception to the learner; a person who meets it needs one"
    ),
    ("queue_terminate", "not in finally: try:"): (
        "only an exception from outside, such as Ctrl-C, leaves the wait early, and no scenario can raise one there"
    ),
}

MUTANTS = [
    (kata, mutant)
    for kata in KATAS
    for mutant in mutants_of(kata.submission(ROOT / "solutions").read_text(encoding="utf-8"))
]


def name_of(mutant: tuple[Kata, Mutant]) -> str:
    kata, change = mutant
    return f"{kata.slug}:{change.line} {change.what}"


@pytest.mark.parametrize("mutant", share_of(MUTANTS), ids=name_of)
def test_the_grader_misses_it(tmp_path, mutant):
    kata, change = mutant
    path = tmp_path / f"{kata.slug}.py"
    path.write_text(change.source, encoding="utf-8")
    card = grade(kata, path, "-x")
    assert card.verdict != "fault", told(card)
    if (kata.slug, change.what) in EXCUSED:
        assert card.verdict == "passed", "the grader fails without it now: strike it from the table"
    else:
        assert card.verdict != "passed", f"line {change.line} is idle ({change.what})"


def test_every_excuse_is_about_a_line_that_is_there():
    assert EXCUSED.keys() <= {(kata.slug, change.what) for kata, change in MUTANTS}


BEFORE = """
def work(lock, thread):
    with lock:
        thread.start()
    while thread.is_alive():
        thread.join()
    try:
        pid, status = os.waitpid(0, 0)
    finally:
        raise ValueError
"""


def test_each_kind_of_change_is_made():
    changes = [(mutant.line, mutant.what) for mutant in mutants_of(BEFORE)]
    assert changes == [
        (3, "without with lock:"),
        (4, "without thread.start()"),
        (5, "if for while thread.is_alive():"),
        (6, "without thread.join()"),
        (7, "not in finally: try:"),
        (8, "without pid, status = os.waitpid(0, 0)"),
        (10, "without raise ValueError"),
    ]


def test_one_statement_is_changed_and_the_rest_stays():
    first = next(mutants_of(BEFORE))
    assert "with lock" not in first.source
    assert "thread.start()\n    while thread.is_alive():\n        thread.join()" in first.source
