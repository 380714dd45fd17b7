import json

import pytest

from dojo.model import (
    Check,
    Deadlocked,
    Diagnosis,
    Evidence,
    Explored,
    Failed,
    Outcome,
    Passed,
    Place,
    Stuck,
    Verdict,
    Wait,
)
from dojo.report.attached import card_in, card_property
from dojo.report.card import CheckCard, ReportCard, fault
from dojo.report.json import document, render_report
from tests.engine.fake_runner import LOST_UPDATE, SIX, returned
from tests.engine.report.schema import problems

PLACE = Place("account.py", 14, "self._balance = balance + amount")
WAITS = (Wait(1, "self._lock", PLACE, 2, PLACE),)
LOST = Failed(
    Diagnosis("RACE-LOST-UPDATE", "one vanished"),
    Evidence(PLACE, LOST_UPDATE, "T2 wrote in between.", (returned(70, 4), returned(20)), SIX),
)
STUCK = Deadlocked(
    Diagnosis("LOCK-CYCLE", "they wait"), Evidence(outcomes=(Outcome(Stuck(WAITS), 2, "12", 1),), explored=SIX)
)
VERDICTS: dict[str, Verdict] = {
    "passed": Passed((SIX, Explored(2_000, exhausted=False, bound=2, sampled=500)), (returned([1, None, "x"]),)),
    "processes": Passed(plans=4),
    "failed": LOST,
    "deadlocked": STUCK,
}


def card_of(*verdicts: Verdict) -> ReportCard:
    checks = tuple(CheckCard(Check(f"check_{number}", verdict)) for number, verdict in enumerate(verdicts))
    return ReportCard("account", "3.13.0", "account.py", checks)


@pytest.mark.parametrize("name", VERDICTS)
def test_every_document_fits_the_schema(name: str) -> None:
    assert list(problems(document(card_of(VERDICTS[name])))) == []


def test_a_fault_fits_the_schema_too() -> None:
    card = ReportCard("account", "3.13.0", "account.py", (fault("x", ValueError("no")),))
    assert list(problems(document(card))) == []
    assert document(card)["verdict"] == "fault"


def test_the_schema_is_not_blind() -> None:
    wrong = document(card_of(LOST)) | {"version": 2, "more": 1}
    del wrong["code"]
    assert sorted(problems(wrong)) == ["$.version: 2 is not 1", "$: 'code' is missing", "$: 'more' is unknown"]


def test_the_verdict_is_that_of_the_first_check_that_fails() -> None:
    assert document(card_of(VERDICTS["passed"], STUCK, LOST))["code"] == "LOCK-CYCLE"


def test_the_document_is_one_line_of_ascii() -> None:
    text = render_report(card_of(Failed(Diagnosis("CONTRACT", "snowman \u2603\n"))))
    assert text.isascii() and "\n" not in text
    assert json.loads(text)["message"] == "snowman \u2603\n"


def test_no_check_at_all_is_no_pass() -> None:
    assert document(card_of())["verdict"] == "fault"


@pytest.mark.parametrize("name", VERDICTS)
def test_a_card_survives_the_way_through_pytests_report(name: str) -> None:
    card = CheckCard(Check("x", VERDICTS[name]), ("a", "b"), "x:12", "--target solutions")
    assert card_in([("other", 1), card_property(card)]) == card
