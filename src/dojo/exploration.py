"""What the fixture `explore` hands to a grader: the distinct outcomes of a scenario over all interleavings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dojo.bench import Bench, payload_of
from dojo.diagnosis import Told
from dojo.errors import InternalError
from dojo.model import Ending, Explored, Json, Outcome, Returned, Trace
from dojo.wire import WireError, from_json, to_json


class Replayed(Exception):  # it carries a result, not an error
    """Ends a check that was run for the sake of one schedule."""

    def __init__(self, trace: Trace, ending: Ending, fits: bool) -> None:
        super().__init__(str(ending))
        self.trace = trace
        self.ending = ending
        self.fits = fits
        """No choice of the schedule was impossible, or left over."""


class BadEnding(Exception):  # it carries an outcome, not an error
    """Ends a check whose scenario does not return in some schedule."""

    def __init__(self, exploration: Exploration, outcome: Outcome) -> None:
        super().__init__(str(outcome.ending))
        self.exploration = exploration
        self.outcome = outcome


@dataclass(slots=True)
class Exploration:
    """The distinct outcomes of one scenario over all explored interleavings, simplest schedule first."""

    bench: Bench
    notice: Callable[[Exploration, Outcome | None], None]
    """Is told what is handed out, and None once everything was."""
    number: int
    """Which exploration of its check this is, from 1."""
    scenario: str
    arguments: tuple[Json, ...]
    found: tuple[Outcome, ...]
    explored: Explored
    told: Mapping[type, Told]
    """The author's words, by kind of ending."""
    rules: Mapping[str, bool] = field(default_factory=dict)
    """What every execution is subject to: the fields of `dojo.explore.rules.Rules` that a grader may set."""
    is_seen: bool = False

    def __iter__(self) -> Iterator[Outcome]:
        """Hand out the outcomes; raise where a scenario did not return."""
        for outcome in self.found:
            self.notice(self, outcome)
            if not isinstance(outcome.ending, Returned):
                raise BadEnding(self, outcome)
            yield outcome
        self.is_seen = True
        if len(self.found) > 1:
            # What is said from here on is about all of them.
            self.notice(self, None)

    def __len__(self) -> int:
        return len(self.found)

    @property
    def bad(self) -> Outcome | None:
        """The first outcome without an observation."""
        return next((outcome for outcome in self.found if not isinstance(outcome.ending, Returned)), None)

    def load_trace(self, outcome: Outcome) -> tuple[Trace, Ending]:
        """Run the schedule of `outcome` once more, recorded and shrunk; the ending says more than before."""
        trace, ending, is_same = self._trace_job(outcome.schedule, outcome.ending, shrink=True)
        if not is_same:
            raise InternalError(
                "not-deterministic",
                f"schedule {outcome.schedule!r} of {self.scenario} ended in {outcome.ending}, and when run again in "
                f"{ending}. Where the submission draws random numbers, this is why.",
            )
        return trace, ending

    def replay(self, schedule: str) -> tuple[Trace, Ending, bool]:
        """Run `schedule` once, recorded as it is; the last value says whether it fits the submission at all."""
        return self._trace_job(schedule, None, shrink=False)

    def _trace_job(self, schedule: str, ending: Ending | None, *, shrink: bool) -> tuple[Trace, Ending, bool]:
        wanted = None if ending is None else to_json(ending)
        options: dict[str, Json] = {"schedule": schedule, "ending": wanted, "shrink": shrink, "rules": {**self.rules}}
        ended = self.bench.run("trace", self.scenario, self.arguments, options=options)
        answer = answer_of(payload_of(ended, self.bench.submission.name), "trace")
        same = answer.get("same")
        trace = read_part(Trace, answer.get("trace"), "trace")
        return trace, read_part(Ending, answer.get("ending"), "ending"), same is True


def explore(exploration: Exploration, budget: int | None) -> None:
    """Fill in what the search finds."""
    options: dict[str, Json] = {"budget": budget, "rules": {**exploration.rules}}
    ended = exploration.bench.run("explore", exploration.scenario, exploration.arguments, options=options)
    answer = answer_of(payload_of(ended, exploration.bench.submission.name), "explore")
    outcomes = read_part(tuple[Outcome, ...], answer.get("outcomes"), "outcomes")
    exploration.found = tuple(sorted(outcomes, key=lambda outcome: outcome.preemptions))
    exploration.explored = read_part(Explored, answer.get("explored"), "explored")
    if not exploration.found:
        raise InternalError("no-outcome", f"the exploration of {exploration.scenario} gave no outcome.")


def answer_of(payload: dict[str, Json], job: str) -> dict[str, Json]:
    """Return the object that a service answered, or raise InternalError."""
    answer = payload.get("ok")
    if isinstance(answer, dict):
        return answer
    raise InternalError("child", f"the {job} job answered {str(payload)[:300]}.")


def read_part(kind: Any, data: Json, part: str) -> Any:
    """Return the model value that a part of an answer stands for, or raise InternalError."""
    try:
        return from_json(kind, data)
    except WireError as error:
        raise InternalError("child", f"the {part} that came back cannot be read: {error}.") from error
