"""The explorer's side of a job: from request to answer."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest

from dojo import model, wire
from dojo.errors import InternalError, KataError
from dojo.explore.service import explore_job, trace_job
from dojo.loading import Rejection, load_source

KATA = """
    class Counter:
        def __init__(self): self.value = 0
        def add(self, amount): self.value += amount
"""
GRADER = """
    from dojo import together
    def two_adds(kata, first, second):
        counter = kata.Counter()
        together((counter.add, first), (counter.add, second))
        return counter.value
"""


class Case:
    """A kata and a grader in files."""

    def __init__(self, folder: Path, kata: str = KATA, grader: str = GRADER) -> None:
        self.folder = folder
        self.kata, self.grader = folder / "counter.py", folder / "test_counter.py"
        self.kata.write_text(textwrap.dedent(kata), encoding="utf-8")
        self.grader.write_text(textwrap.dedent(grader), encoding="utf-8")
        self.told: list[Any] = []

    def job(self, **options: object) -> dict[str, Any]:
        return {
            "kata": "counter",
            "grader": str(self.grader),
            "scenario": "two_adds",
            "arguments": [20, 50],
            "options": options,
        }

    def explore(self, **options: object) -> Any:
        return explore_job(self.job(**options), load_source(self.kata), self.told.append)

    def trace(self, **options: object) -> Any:
        return trace_job(self.job(**options), load_source(self.kata), self.told.append)


def test_an_exploration_answers_with_its_outcomes_and_how_far_it_went(tmp_path: Path) -> None:
    answer = Case(tmp_path).explore()
    outcomes = [wire.from_json(model.Outcome, outcome) for outcome in answer["outcomes"]]
    assert [(outcome.value, outcome.preemptions) for outcome in outcomes] == [(70, 0), (20, 1), (50, 2)]
    explored = wire.from_json(model.Explored, answer["explored"])
    assert (explored.executions, explored.exhausted, explored.sampled) == (4, True, 0)


def test_a_budget_limits_the_search(tmp_path: Path) -> None:
    explored = wire.from_json(model.Explored, Case(tmp_path).explore(budget=1)["explored"])
    assert not explored.exhausted or explored.executions <= 14


def test_a_trace_is_recorded_after_it_was_made_simple(tmp_path: Path) -> None:
    answer = Case(tmp_path).trace(schedule="2221111")
    trace, ending = wire.from_json(model.Trace, answer["trace"]), wire.from_json(model.Ending, answer["ending"])
    assert (ending, answer["same"], trace.preemptions) == (model.Returned(70), True, 0)
    assert [task.label for task in trace.tasks] == ["", "add(20)", "add(50)"]


def test_two_lambdas_in_a_line_are_called_after_their_own_calls(tmp_path: Path) -> None:
    lambdas = "together(lambda: counter.add(first), lambda: counter.add(second))"
    grader = GRADER.replace("together((counter.add, first), (counter.add, second))", lambdas)
    trace = wire.from_json(model.Trace, Case(tmp_path, grader=grader).trace(schedule="-")["trace"])
    assert [task.label for task in trace.tasks] == ["", "add(20)", "add(50)"]


def test_without_shrinking_the_schedule_stays(tmp_path: Path) -> None:
    answer = Case(tmp_path).trace(schedule="1121", shrink=False)
    trace = wire.from_json(model.Trace, answer["trace"])
    assert trace.schedule == "1121"


def test_an_ending_that_is_another_one_is_said(tmp_path: Path) -> None:
    wanted = wire.to_json(model.Returned(50))
    answer = Case(tmp_path).trace(schedule="-", ending=wanted)
    assert (answer["same"], wire.from_json(model.Ending, answer["ending"])) == (False, model.Returned(70))


def test_every_outcome_can_be_traced(tmp_path: Path) -> None:
    case = Case(tmp_path)
    for outcome in case.explore()["outcomes"]:
        answer = case.trace(schedule=outcome["schedule"], ending=outcome["ending"])
        assert (answer["same"], answer["ending"]) == (True, outcome["ending"])


def test_progress_is_sent_as_data(tmp_path: Path) -> None:
    kata = KATA.replace("self.value += amount", "\n            for _ in range(3): self.value += amount")
    case = Case(tmp_path, kata)
    case.explore(budget=600)
    assert case.told[0] == {"executions": 250}


def test_a_grader_that_does_not_compile_is_the_authors_mistake(tmp_path: Path) -> None:
    with pytest.raises(KataError) as caught:
        Case(tmp_path, grader="def").explore()
    assert caught.value.slug == "grader-syntax"
    assert str(caught.value).startswith("test_counter.py does not compile: ")


def test_a_submission_that_fails_at_import_is_rejected_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Rejection) as caught:
        Case(tmp_path, kata="x = 1\ny = x / 0\n").explore()
    assert caught.value.place == model.Place("counter.py", 2, "y = x / 0")


def test_a_submission_that_starts_a_process_at_import_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(Rejection) as caught:
        Case(tmp_path, kata="import os\nchild = os.fork()\n").explore()
    assert str(caught.value) == (
        "counter.py, line 2, calls os.fork, which starts a process: the dojo explores the threads of one process"
    )
    assert caught.value.code == "UNCONTROLLED"
    assert caught.value.place == model.Place("counter.py", 2, "child = os.fork()")


def test_a_submission_that_draws_on_something_else_is_found_out(tmp_path: Path) -> None:
    kata = f"""
        from pathlib import Path
        class Counter:
            value = 0
            def add(self, amount):
                seen = Path({str(tmp_path / "seen")!r})
                seen.write_text(str(int(seen.read_text()) + 1 if seen.exists() else 0))
                self.value = int(seen.read_text())
    """
    with pytest.raises(InternalError) as caught:
        Case(tmp_path, kata).trace(schedule="-", shrink=False)
    assert caught.value.slug == "not-deterministic"
    assert str(caught.value) == (
        "schedule '-' ended differently when it was recorded. "
        "This is a fault of the dojo, not of the submission: report it with this text."
    )


def test_a_schedule_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a schedule: '1!' holds '!'"):
        Case(tmp_path).trace(schedule="1!")
