"""The vocabulary: frozen values that cross the borders between the parts of the dojo.

Everything here is plain data. `wire.py` turns it into JSON and back for process borders.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

StartMethod = Literal["fork", "forkserver", "spawn"]
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the learner's (or the grader's) source; `path` is a file name without folders."""

    path: str
    line: int
    text: str = ""


# ------------------------------------------------------------------------------------------ one execution


@dataclass(frozen=True, slots=True)
class Task:
    """A controlled thread of one execution, or a process of a supervised scenario."""

    number: int
    name: str
    """What a report calls it: "T1"; the task that runs the scenario is "main"."""
    label: str = ""
    """What it was asked to do, as a call: "deposit(20)"."""


LOCK_VERBS = frozenset({"acquire", "try", "release", "wait", "timeout", "notify", "wake"})
"""The verbs of steps that act on a lock, or on the lock that a condition makes for a waiter."""


@dataclass(frozen=True, slots=True)
class Step:
    """One visible operation of one task, as it happened."""

    number: int
    task: int
    verb: str
    """read, write, call, acquire, try (it was not free), release, wait, timeout, notify, wake, start, join, end, sleep,
    iterate, test."""
    subject: str
    """What it acted on in the learner's words: "_balance", "self._lock", "_items.append"."""
    value: str | None
    """The value read or written, short; None where there is none."""
    place: Place | None
    by_learner: bool
    """False: the step stands in the grader's scenario or in the standard library called by it."""
    variable: str | None = None
    """Identifies what was accessed, the same for two steps on the same member of the same object."""
    holds: tuple[str, ...] = ()
    """The locks that the task holds while it does this, outermost first."""
    preempts: bool = False
    """Another task could have gone on, and was made to wait for this step."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One task that cannot go on, for what, and who could let it."""

    task: int
    what: str
    place: Place | None
    holder: int | None = None
    holder_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps of one execution, with everything a story needs."""

    tasks: tuple[Task, ...]
    steps: tuple[Step, ...]
    schedule: str
    preemptions: int
    waits: tuple[Wait, ...] = ()


# ------------------------------------------------------------------------------- how a scenario can end


@dataclass(frozen=True, slots=True)
class Returned:
    """The scenario returned an observation."""

    value: Json


@dataclass(frozen=True, slots=True)
class Raised:
    """The scenario, or one of its threads, ended in an exception that nobody caught."""

    type: str
    message: str
    place: Place | None
    task: int = 0


@dataclass(frozen=True, slots=True)
class Stuck:
    """No task can ever go on again: a deadlock, or a waiter that nobody will wake."""

    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class Spinning:
    """The bound on steps was reached: the tasks run and get nowhere."""

    steps: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class LeftAlive:
    """The scenario returned while threads that it, or the learner's code, started were still alive."""

    tasks: tuple[Task, ...]
    places: tuple[Place, ...]


Ending = Returned | Raised | Stuck | Spinning | LeftAlive


@dataclass(frozen=True, slots=True)
class Outcome:
    """One distinct way that a scenario can end, over all explored schedules."""

    ending: Ending
    count: int
    schedule: str
    """The simplest schedule found that ends so: fewest preemptions, then fewest steps."""
    preemptions: int

    @property
    def value(self) -> Json:
        """The observation, where the scenario returned one."""
        assert isinstance(self.ending, Returned), f"no observation: {self.ending}"
        return self.ending.value


@dataclass(frozen=True, slots=True)
class Explored:
    """How far an exploration went: what a verdict may claim."""

    executions: int
    exhausted: bool
    """Every interleaving that can make a difference was tried, without any bound."""
    bound: int | None = None
    """All schedules with at most so many preemptions were tried; None where exhausted or where nothing is claimed."""
    sampled: int = 0
    """Executions of a random strategy after the systematic search."""
    strategy: str = "dpor"
    not_covered: tuple[str, ...] = ()
    """What the search could not control, a sentence each."""
    real: int = 0
    """Runs on real threads beside it, all of which ended as the model says."""


# --------------------------------------------------------------------------------- supervised processes


@dataclass(frozen=True, slots=True)
class Record:
    """One call of a recorder in any process of a supervised scenario, in the order in which the supervisor saw them."""

    recorder: str
    value: Json
    process: int
    """0 is the scenario's own process, 1, 2, ... the others in the order in which they were first heard of."""


@dataclass(frozen=True, slots=True)
class QuietPoint:
    """A moment at which no process of the tree could go on, except through a gate."""

    waiting: tuple[str, ...]
    """The labels of the calls that waited at gates, in the order of their arrival."""


@dataclass(frozen=True, slots=True)
class ProcessStack:
    """What one process was doing when the supervisor looked: innermost frame first."""

    process: int
    role: str
    frames: tuple[tuple[Place, str], ...]
    """(place, function name), the learner's and the standard library's."""


@dataclass(frozen=True, slots=True)
class Census:
    """What a scenario left behind, counted from outside once nothing moved any more."""

    alive: tuple[str, ...] = ()
    zombies: int = 0


@dataclass(frozen=True, slots=True)
class Completed:
    """The scenario returned; `output` and `errors` are what the whole tree printed."""

    value: Json
    records: tuple[Record, ...]
    quiet: tuple[QuietPoint, ...]
    census: Census
    output: str
    errors: str


# -------------------------------------------------------------------------------------------- verdicts


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A stable code and one sentence in the kata's words."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a verdict that is not "passed"."""

    place: Place | None = None
    trace: Trace | None = None
    why: str = ""
    """One or two sentences that the trace proves."""
    outcomes: tuple[Outcome, ...] = ()
    explored: Explored | None = None
    stacks: tuple[ProcessStack, ...] = ()
    output: str = ""
    """The end of what the submission printed, where that helps."""
    schedule: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """The check holds, in everything that was tried."""

    explored: tuple[Explored, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    plans: int = 0
    """Runs with real processes, each under one plan."""


@dataclass(frozen=True, slots=True)
class NotPassed:
    """Shared by every verdict but `Passed`."""

    diagnosis: Diagnosis
    evidence: Evidence = field(default_factory=Evidence)


class Failed(NotPassed):
    """A wrong observation."""


class Deadlocked(NotPassed):
    """Threads wait for each other, or for a wake-up that cannot come."""


class Hung(NotPassed):
    """A real process or an uncontrolled call did not come back."""


class Livelocked(NotPassed):
    """Threads run and get nowhere."""


class Crashed(NotPassed):
    """The process of the check died, or used more than it may."""


class Leaked(NotPassed):
    """Something was left behind: a thread, a process, a descriptor."""


class Rejected(NotPassed):
    """The submission does not import, or lacks a name."""


class NotAttempted(NotPassed):
    """The submission says itself that it is not written yet."""


class Fault(NotPassed):
    """Ours or the machine's; never the learner's, never a grade."""


Verdict = Passed | Failed | Deadlocked | Hung | Livelocked | Crashed | Leaked | Rejected | NotAttempted | Fault

VerdictName = Literal[
    "passed", "failed", "deadlocked", "hung", "livelocked", "crashed", "leaked", "rejected", "not-attempted", "fault"
]
VERDICT_NAMES: Mapping[type, VerdictName] = {
    Passed: "passed",
    Failed: "failed",
    Deadlocked: "deadlocked",
    Hung: "hung",
    Livelocked: "livelocked",
    Crashed: "crashed",
    Leaked: "leaked",
    Rejected: "rejected",
    NotAttempted: "not-attempted",
    Fault: "fault",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a grader with its verdict."""

    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of one kata against one submission."""

    kata: str
    python: str
    submission: str
    checks: tuple[Check, ...]
