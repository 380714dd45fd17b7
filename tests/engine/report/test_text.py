import pytest

from dojo.errors import KataError
from dojo.model import (
    Check,
    Diagnosis,
    Evidence,
    Explored,
    Failed,
    Fault,
    Hung,
    NotAttempted,
    Outcome,
    Passed,
    ProcessStack,
    Raised,
    Rejected,
)
from dojo.report.card import CheckCard, ReportCard, fault
from dojo.report.text import render_check, render_report
from dojo.report.words import render_explored, render_outcomes, render_shown
from tests.engine.fake_runner import SIX, returned
from tests.engine.report.test_json import LOST, PLACE, STUCK, card_of

STORY = ("     step  T1 deposit(20)", "     >> 1  14 write _balance <- 20")


def test_the_whole_text_of_a_failed_check() -> None:
    card = CheckCard(Check("no_deposit_is_lost", LOST), STORY, "no_deposit_is_lost:1221")
    assert render_check("account", card).splitlines() == [
        "RACE-LOST-UPDATE  one vanished",
        "  account.py:14   self._balance = balance + amount",
        "",
        "     step  T1 deposit(20)",
        "     >> 1  14 write _balance <- 20",
        "",
        "     why       T2 wrote in between.",
        "     outcomes  70 in 4 of 5 interleavings, 20 in 1 (all tried)",
        "     next      dojo hint account     dojo replay account no_deposit_is_lost:1221",
        "               dojo explain RACE-LOST-UPDATE",
    ]


def test_a_command_that_is_too_long_stays_in_one_piece() -> None:
    card = CheckCard(Check("x", LOST), STORY, "x" * 60 + ":1", "--file 'my file.py'")
    commands = [line.strip() for line in render_check("account", card).splitlines()]
    assert commands[-1] == f"dojo replay account {'x' * 60}:1 --file 'my file.py'"


def test_the_first_failure_comes_in_full_and_the_others_in_a_line_each() -> None:
    lines = render_report(card_of(Passed((SIX,)), LOST, STUCK, LOST)).splitlines()
    assert lines[0] == "account: failed on Python 3.13.0, 1 of 4 checks pass"
    assert lines[2] == "RACE-LOST-UPDATE  one vanished"
    assert lines[-2:] == ["also", "  LOCK-CYCLE  they wait"]


def test_many_other_failures_are_counted() -> None:
    failures = [Failed(Diagnosis("CONTRACT", f"number {number}")) for number in range(12)]
    assert render_report(card_of(*failures)).splitlines()[-1] == "  and 5 more"


def test_where_the_others_would_be_too_much_they_are_counted() -> None:
    failures = [Failed(Diagnosis("CONTRACT", f"number {number}")) for number in range(12)]
    assert render_report(card_of(*failures), others=0).splitlines()[-2:] == ["", "and 11 more: dojo run account"]
    assert "more" not in render_report(card_of(LOST), others=0)


def test_green_says_what_was_shown_and_teaches() -> None:
    checks = (CheckCard(Check("one", Passed((SIX,)))), CheckCard(Check("another", Passed(plans=4))))
    card = ReportCard("account", "3.13.0", "account.py", checks, "t", "Accepted: a queue.", "What if not?")
    assert render_report(card).splitlines() == [
        "account: passed in all 6 interleavings and 4 runs with real processes (Python",
        "  3.13.0)",
        "",
        "  ok  one      all 6 interleavings",
        "  ok  another  4 runs with real processes",
        "",
        "  Accepted: a queue.",
        "",
        "  What if not?",
    ]


def test_what_was_not_covered_is_said_beside_green() -> None:
    explored = Explored(6, exhausted=False, bound=2, not_covered=("a real socket was used",))
    assert "  not covered: a real socket was used" in render_report(card_of(Passed((explored,)))).splitlines()


EXPLORED = {
    "its only interleaving": Explored(1, exhausted=True),
    "all 1,212 interleavings": Explored(1_212, exhausted=True),
    "300 interleavings, all with at most 2 preemptions among them, and 9 sampled (SURW, POS and PCT)": Explored(
        309, exhausted=False, bound=2, sampled=9, strategy="dpor, then surw, pos and pct"
    ),
    "300 interleavings, all with at most 2 preemptions among them, and 5,000 sampled": Explored(
        5_300, exhausted=False, bound=2, sampled=5_000
    ),
    "3 interleavings, all with at most 1 preemption among them": Explored(3, exhausted=False, bound=1),
    "3 interleavings, all without a preemption among them": Explored(3, exhausted=False, bound=0),
    "3 interleavings, with gaps": Explored(3, exhausted=False, not_covered=("exec runs unseen",)),
    "100 interleavings of many": Explored(100, exhausted=False),
}


@pytest.mark.parametrize("text", EXPLORED)
def test_a_claim_is_no_larger_than_the_search(text: str) -> None:
    assert render_explored(EXPLORED[text]) == text


def test_several_explorations_claim_what_the_weakest_can() -> None:
    verdict = Passed((SIX, Explored(10, exhausted=False, bound=2), Explored(10, exhausted=False, bound=1)))
    assert render_shown(verdict) == "26 interleavings, all with at most 1 preemption among them"


def test_outcomes_that_look_the_same_are_counted_together() -> None:
    outcomes = (
        Outcome(Raised("KeyError", "1", PLACE), 2, "1", 0),
        Outcome(Raised("KeyError", "2", PLACE), 3, "2", 0),
        returned(7),
    )
    assert render_outcomes(outcomes, None) == ["KeyError in 5 of 6 interleavings, 7 in 1"]


def test_long_outcomes_have_a_line_each() -> None:
    outcomes = (returned(["x" * 30], 2), returned(["y" * 300]))
    lines = render_outcomes(outcomes, SIX)
    assert len(lines) == 2
    assert lines[1].endswith(".. in 1 (all tried)")


def test_a_hang_shows_every_process() -> None:
    stacks = (ProcessStack(0, "the scenario", ((PLACE, "relay"),)), ProcessStack(1, "the writer", ()))
    verdict = Hung(
        Diagnosis("QUEUE-JOIN-UNDRAINED", "it hangs"), Evidence(PLACE, stacks=stacks, output="one\ntwo\x1b[1m")
    )
    text = render_check("relay", CheckCard(Check("x", verdict)))
    assert "     the scenario\n       account.py:14 in relay   self._balance = balance + amount" in text
    assert "     the writer" in text
    assert "\x1b" not in text


def test_an_authors_mistake_is_shown_as_such() -> None:
    card = fault("x", KataError("grader-bug", "test_account.py, line 3: NameError"))
    text = render_check("account", card)
    assert text == "KataError (grader-bug)  test_account.py, line 3: NameError"


def test_a_fault_comes_before_a_failure_and_a_rejection_before_that() -> None:
    wrong = Fault(Diagnosis("FAULT", "no"))
    assert card_of(LOST, wrong).verdict == "fault"
    assert card_of(LOST, Rejected(Diagnosis("CONTRACT", "no"))).verdict == "rejected"


def test_what_is_written_and_wrong_comes_before_what_is_not_written() -> None:
    unwritten = NotAttempted(Diagnosis("STUB", "no"))
    assert card_of(LOST, unwritten).verdict == "failed"
    assert card_of(unwritten, LOST).verdict == "not-attempted"


def test_every_line_fits_eighty_columns() -> None:
    wide = Failed(Diagnosis("CONTRACT", "word " * 60), Evidence(PLACE, why="because " * 40, output="x" * 300))
    assert all(len(line) <= 80 for line in render_report(card_of(wide, LOST)).splitlines())
