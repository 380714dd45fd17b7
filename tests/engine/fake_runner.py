"""A sandbox that answers what a test tells it to, and a check around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dojo.bench import Bench
from dojo.catalog import Kata
from dojo.conduct import Conduct
from dojo.grading import grade
from dojo.model import Census, Ending, Explored, Json, Outcome, Place, Returned, Step, Task, Trace
from dojo.report.card import CheckCard
from dojo.sandbox.jobs import Answered, Ended, Job
from dojo.wire import to_json

KATA = Kata(
    slug="account",
    group="threads",
    title="A bank account that loses money",
    topic="Lock",
    stub="RACE-LOST-UPDATE",
    requires=("Account", "Account.deposit"),
    hints=("Who else?", "Exclusion.", "with ...:"),
    accepted="One other accepted design: an owner thread.",
    what_if="What if there were two?",
)


def _step(number: int, task: int, verb: str, value: str, line: int) -> Step:
    text = "balance = self._balance" if verb == "read" else "self._balance = balance + amount"
    return Step(number, task, verb, "_balance", value, Place("account.py", line, text), True, "1._balance")


LOST_UPDATE = Trace(
    (Task(0, "main"), Task(1, "T1", "deposit(20)"), Task(2, "T2", "deposit(50)")),
    (
        _step(1, 1, "read", "0", 13),
        _step(2, 2, "read", "0", 13),
        _step(3, 2, "write", "50", 14),
        _step(4, 1, "write", "20", 14),
    ),
    "1221",
    1,
)
SIX = Explored(6, exhausted=True)


def answered(ok: Json, **census: object) -> Answered:
    return Answered({"ok": ok}, "", "", Census(**census))  # type: ignore[arg-type]


def explored(*outcomes: Outcome, how_far: Explored = SIX) -> Answered:
    return answered({"outcomes": [to_json(outcome) for outcome in outcomes], "explored": to_json(how_far)})


def traced(ending: Ending, trace: Trace = LOST_UPDATE, *, same: bool = True) -> Answered:
    return answered({"trace": to_json(trace), "ending": to_json(ending), "same": same})


def returned(value: Json, count: int = 1, schedule: str = "1221", preemptions: int = 0) -> Outcome:
    return Outcome(Returned(value), count, schedule, preemptions)


class FakeRunner:
    """Answers each kind of job with what it was given for it, one after the other, and remembers the jobs."""

    def __init__(self, **answers: Ended | list[Ended]) -> None:
        self.answers: dict[str, Ended | list[Ended]] = {"names": answered(None), **answers}
        self.jobs: list[Job] = []

    def run(self, job: Job, *, director: object, limits: object) -> Ended:
        self.jobs.append(job)
        answer = self.answers[job.kind]
        return answer.pop(0) if isinstance(answer, list) else answer


def conduct_with(**answers: Ended | list[Ended]) -> Conduct:
    folder = Path("/dojo")
    grader = folder / "graders/threads/test_account.py"
    bench = Bench(FakeRunner(**answers), KATA, folder / "account.py", grader)
    return Conduct(bench, "no_deposit_is_lost")


def graded(expectation: Callable[[Conduct], object], **answers: Ended | list[Ended]) -> CheckCard:
    """Run an expectation as the plugin does, and return its card."""
    conduct = conduct_with(**answers)
    try:
        expectation(conduct)
    except Exception as error:
        return grade(conduct, error)
    return grade(conduct, None)


def two_deposits(kata: object) -> None:
    """A scenario; the sandbox that runs it is a fake."""
