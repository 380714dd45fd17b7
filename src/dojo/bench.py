"""Where one check's jobs are run: the sandbox, the submission, and what each way to end means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, assert_never

from dojo.catalog import Kata
from dojo.errors import InternalError, KataError
from dojo.model import (
    Crashed,
    Diagnosis,
    Evidence,
    Hung,
    Json,
    NotPassed,
    Place,
    ProcessStack,
    Rejected,
)
from dojo.processes.director import Director
from dojo.sandbox.jobs import Answered, Died, Disrupted, Ended, Exceeded, Job, JobKind, Limits, Stalled
from dojo.sandbox.sandbox import Sandbox

OUTPUT_TAIL = 2_000
_REQUEST = str(InternalError("", "")).rstrip()


class Runner(Protocol):
    """What a bench needs of the sandbox."""

    def run(self, job: Job, *, director: Director | None, limits: Limits) -> Ended: ...


class SandboxRunner:
    """The one sandbox of a pytest session; passes on how far the jobs of the current check have come.

    A sandbox that is given belongs to the giver, who closes it.
    """

    def __init__(self, tell: Callable[..., object], given: Sandbox | None = None) -> None:
        self.check = ""
        self._tell = tell
        self._given = given
        self._sandbox = given or Sandbox()

    def run(self, job: Job, *, director: Director | None, limits: Limits) -> Ended:
        """Run one job and return how it ended."""
        return self._sandbox.run(job, limits=limits, director=director, progress=self._pass_on)

    def close(self) -> None:
        """End everything that still runs."""
        if self._given is None:
            self._sandbox.close()

    def _pass_on(self, progress: Json) -> None:
        self._tell(check=self.check, progress=progress)


class Verdicted(Exception):  # it carries a verdict, not an error
    """Ends a check early: the verdict is clear."""

    def __init__(self, verdict: NotPassed) -> None:
        super().__init__(verdict.diagnosis.sentence)
        self.verdict = verdict


@dataclass(slots=True)
class Bench:
    """Runs the jobs of the checks of one kata on one submission."""

    runner: Runner
    kata: Kata
    submission: Path
    grader: Path
    limits: Limits = field(default_factory=Limits)
    rejected: NotPassed | None = None
    has_names: bool = False

    def check_names(self) -> None:
        """Raise Verdicted where the submission does not import or lacks a name; it is imported once for that."""
        if not self.has_names:
            job = Job("names", self.kata.slug, str(self.submission), options=self._options({}))
            try:
                payload_of(
                    self.runner.run(job, limits=self.limits, director=None),
                    self.submission.name,
                )
            except Verdicted as verdicted:
                self.rejected = verdicted.verdict
            self.has_names = True
        if self.rejected is not None:
            raise Verdicted(self.rejected)

    def run(
        self,
        kind: JobKind,
        scenario: str,
        arguments: tuple[Json, ...],
        *,
        options: Mapping[str, Json],
        director: Director | None = None,
    ) -> Ended:
        """Run one job of this kata and return how it ended."""
        job = Job(
            kind,
            self.kata.slug,
            str(self.submission),
            str(self.grader),
            scenario,
            arguments,
            self._options(options),
        )
        return self._without_grader(self.runner.run(job, limits=self.limits, director=director))

    def _without_grader(self, ended: Ended) -> Ended:
        """Leave out of the stacks what is none of the learner's business."""
        if not isinstance(ended, Stalled | Exceeded):
            return ended
        return replace(ended, stacks=tuple(replace(stack, frames=self._frames_of(stack)) for stack in ended.stacks))

    def _frames_of(self, stack: ProcessStack) -> tuple[tuple[Place, str], ...]:
        return tuple(frame for frame in stack.frames if frame[0].path != self.grader.name)

    def _options(self, options: Mapping[str, Json]) -> dict[str, Json]:
        return {**options, "requires": list(self.kata.requires)}


def limits_of(kata: Kata) -> Limits:
    """Return the limits of `kata`, or raise KataError where its entry names one that does not exist."""
    try:
        return Limits(**kata.limits)  # type: ignore[arg-type]  # numbers, checked by the catalog
    except TypeError as error:
        raise KataError("unknown-limit", f"kata {kata.slug!r} has limits {sorted(kata.limits)}: {error}") from None


def payload_of(ended: Ended, submission: str) -> dict[str, Json]:
    """Return what the child answered ("ok" or "raised"); raise Verdicted, KataError or InternalError otherwise."""
    match ended:
        case Answered():
            return _answer(ended.payload)
        case Died():
            sentence = f"the process of the check {ended.reason}"
            raise Verdicted(Crashed(Diagnosis("CONTRACT", sentence), _evidence(ended.output, ended.errors)))
        case Disrupted():
            sentence = "the submission killed the process that had started it"
            raise Verdicted(Crashed(Diagnosis("CONTRACT", sentence), _evidence(ended.output, ended.errors)))
        case Exceeded():
            raise Verdicted(_exceeded(ended, submission))
        case Stalled():
            how = "nothing moves any more" if ended.still else "it goes round and gets nowhere"
            raise Verdicted(hung(ended, submission, f"the call does not come back: {how}"))
    assert_never(ended)


def hung(ended: Stalled | Exceeded, submission: str, sentence: str, code: str = "CONTRACT") -> Hung:
    """Return the verdict on a tree of processes that does not come back."""
    evidence = Evidence(
        place=learners_place(ended.stacks, submission),
        stacks=ended.stacks,
        output=tail(ended.output, ended.errors),
    )
    return Hung(Diagnosis(code, sentence), evidence)


def learners_place(stacks: tuple[ProcessStack, ...], submission: str) -> Place | None:
    """Return the innermost line of the submission in the first process that stands in it."""
    places = (place for stack in stacks for place, _ in stack.frames)
    return next((place for place in places if place.path == submission), None)


def tail(output: str, errors: str) -> str:
    """Return the end of what was printed."""
    return (output + errors)[-OUTPUT_TAIL:]


def _evidence(output: str, errors: str) -> Evidence:
    return Evidence(output=tail(output, errors))


def _exceeded(ended: Exceeded, submission: str) -> NotPassed:
    sentence = f"the submission used more {ended.what} than the check allows ({_amount(ended)})"
    if ended.what == "wall clock":
        return hung(ended, submission, f"the call did not come back within {ended.limit:g} s")
    evidence = Evidence(
        place=learners_place(ended.stacks, submission),
        stacks=ended.stacks,
        output=tail(ended.output, ended.errors) if ended.what != "output" else "",
    )
    return Crashed(Diagnosis("CONTRACT", sentence), evidence)


def _amount(ended: Exceeded) -> str:
    if ended.what in ("memory", "output"):
        return f"{ended.limit / (1 << 20):g} MiB"
    return f"{ended.limit:g} s" if ended.what == "processor time" else f"{ended.limit:,.0f}"


def _answer(payload: dict[str, Json]) -> dict[str, Json]:
    if "ok" in payload or "raised" in payload:
        return payload
    if "kata_error" in payload:
        raise KataError("grader-bug", str(payload["kata_error"]))
    if "internal_error" in payload:
        # The child's own error has asked for a report already; ours asks once.
        raise InternalError("child", str(payload["internal_error"]).replace(_REQUEST, ""))
    rejected = payload.get("rejected")
    if not isinstance(rejected, dict):
        raise InternalError("child", f"the child answered {sorted(payload)}.")
    sentence = str(rejected.get("sentence", "the submission does not import"))
    code = "UNCONTROLLED" if rejected.get("code") == "UNCONTROLLED" else "CONTRACT"
    raise Verdicted(Rejected(Diagnosis(code, sentence), Evidence(place=_place(rejected.get("place")))))


def _place(data: Json) -> Place | None:
    if not isinstance(data, dict) or not isinstance(data.get("line"), int):
        return None
    line = data["line"]
    assert isinstance(line, int)
    return Place(str(data.get("path", "")), line, str(data.get("text", "")))
