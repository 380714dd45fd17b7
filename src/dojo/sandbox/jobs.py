"""What the trusted side asks a check's process to do, and the ways in which that can end.

The API of the sandbox, in four lines:

    with Sandbox() as sandbox:
        director = Director(plan="last")                    # only for "supervise"
        ended = sandbox.run(job, limits=Limits(), director=director, progress=print)
        director.records, director.quiet                    # what the gates and recorders saw
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dojo.model import Census, Json, ProcessStack

JobKind = Literal["explore", "trace", "supervise", "names"]
Budget = Literal["memory", "output", "processor time", "wall clock", "gate calls"]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do in a process of its own, beside the learner's code.

    `options` by kind: "names" {"requires": [...]}, "supervise" {"start_method": "fork"},
    "explore" and "trace" whatever `dojo.explore.service` reads.
    Every kind may carry "requires": the names are checked before anything else is done.
    """

    kind: JobKind
    kata: str
    """The slug: the name under which the submission is imported."""
    submission: str
    """Absolute path of the learner's file."""
    grader: str = ""
    """Absolute path of the grader's file; not needed for "names"."""
    scenario: str = ""
    """The name of a function of the grader's module."""
    arguments: tuple[Json, ...] = ()
    options: dict[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use, over its whole tree of processes; seconds and bytes."""

    memory: int = 1 << 30
    output: int = 64 << 20
    processor_seconds: float = 60.0
    wall_seconds: float = 300.0
    """A backstop only: a hang is found by stillness, long before."""
    gate_calls: int = 20_000


@dataclass(frozen=True, slots=True)
class Answered:
    """The child's one answer, as it sent it.

    `payload` is a JSON object with exactly one of these keys:
    "ok" (the observation, or what the service returned), "raised" {"type", "message", "frames": [{"path", "line",
    "text", "function"}], "traceback"}, "rejected" {"sentence", "place": {"path", "line", "text"} | null},
    "kata_error" (text: the grader does not import, ...), "internal_error" (text).
    """

    payload: dict[str, Json]
    output: str
    errors: str
    census: Census


@dataclass(frozen=True, slots=True)
class Died:
    """The scenario's process ended, or cut its own channel, before it answered."""

    code: int | None
    """The exit code, or the negative number of the signal; None where the process lived but its channel was broken."""
    reason: str
    """A clause for a sentence: "was ended by SIGSEGV", "left with os._exit(3)", "closed its channel"."""
    output: str
    errors: str


@dataclass(frozen=True, slots=True)
class Stalled:
    """Nothing in the tree could go on any more, and no answer had come."""

    stacks: tuple[ProcessStack, ...]
    still: bool
    """False: something still woke up now and then (a polling loop), and got nowhere."""
    output: str
    errors: str
    severed: bool = False
    """A connection had lost its other end (`dojo.processes.severed`): the stall says nothing about the submission."""


@dataclass(frozen=True, slots=True)
class Exceeded:
    """The tree used more than it may."""

    what: Budget
    limit: float
    output: str
    errors: str
    stacks: tuple[ProcessStack, ...] = ()
    """Filled for "processor time" and "wall clock": what it was doing."""


@dataclass(frozen=True, slots=True)
class Disrupted:
    """The submission killed the process that had started it; everything it left was found and killed."""

    output: str
    errors: str


Ended = Answered | Died | Stalled | Exceeded | Disrupted
