"""One check from its first line to its verdict: what it explored and supervised, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from dojo.bench import Bench
from dojo.diagnosis import told_by
from dojo.errors import KataError
from dojo.exploration import Exploration, Replayed, explore
from dojo.model import Completed, Explored, Json, LeftAlive, Outcome, Raised, Spinning, Stuck
from dojo.processes.director import Plan
from dojo.supervision import Supervision
from dojo.wire import WireError, check_plain

PLANS: tuple[Plan, ...] = ("first", "last", "all")
START_METHODS = ("fork", "forkserver", "spawn")

Scenario = Callable[..., Json]


@dataclass(frozen=True, slots=True)
class Replay:
    """The one schedule that an exploration of a check is to be replaced by."""

    number: int
    schedule: str


@dataclass(slots=True)
class Conduct:
    """One check from its first line to its verdict: what it explored and supervised, and where it stands."""

    bench: Bench
    check: str
    replay: Replay | None = None
    origin: str = ""
    """The options of `dojo replay` that name this submission."""
    trials: list[Exploration | Supervision] = field(default_factory=list)
    current: tuple[Exploration | Supervision, Outcome | Completed] | None = None
    """What was handed out last: a failing assertion is about this."""

    def explore(
        self,
        scenario: Scenario,
        *arguments: Json,
        stuck: str | None = None,
        raises: str | None = None,
        leaves_threads: str | None = None,
        spins: str | None = None,
        waits: str | None = None,
        budget: int | None = None,
        any_wakeup: bool = False,
    ) -> Exploration:
        """Try every interleaving of `scenario(kata, *arguments)` that can make a difference.

        With `any_wakeup`, `notify` wakes any one of the waiters and a wait may end without a `notify`, once in each
        thread: the documentation of `Condition` allows both, though CPython does neither. With `spins`, a loop of the
        submission that looks again and again at what nobody has changed ends the scenario, and this is said of it; with
        `waits`, so does whoever finds a lock held and has to wait for it, be it for a moment.
        """
        self.bench.check_names()
        texts = {Stuck: waits or stuck, Raised: raises, LeftAlive: leaves_threads, Spinning: spins}
        told = {kind: told_by(text, self.where) for kind, text in texts.items() if text}
        name, plain = _scenario_name(scenario), _plain(arguments, scenario)
        number = 1 + sum(isinstance(trial, Exploration) for trial in self.trials)
        nothing = Explored(0, exhausted=False)
        rules = {"any_wakeup": any_wakeup, "no_spinning": spins is not None, "no_waiting": waits is not None}
        exploration = Exploration(self.bench, self._notice, number, name, plain, (), nothing, told, rules)
        if self.replay is not None and self.replay.number == number:
            raise Replayed(*exploration.replay(self.replay.schedule))
        explore(exploration, budget)
        self.trials.append(exploration)
        self.current = None
        return exploration

    def supervise(
        self,
        scenario: Scenario,
        *arguments: Json,
        start_method: str = "fork",
        plans: Sequence[Plan] = ("first",),
        hung: str | None = None,
        left: str | None = None,
        died: str | None = None,
    ) -> Supervision:
        """Run `scenario(kata, stage, *arguments)` with real processes, once for each plan."""
        self.bench.check_names()
        unknown = [repr(plan) for plan in plans if plan not in PLANS]
        if unknown or not plans or start_method not in START_METHODS:
            raise KataError(
                "bad-plan",
                f"{self.where} asks for plans {tuple(plans)} and start method {start_method!r}: "
                f"there are {', '.join(PLANS)}, and {', '.join(START_METHODS)}",
            )
        texts = {"hung": hung, "left": left, "died": died}
        told = {kind: told_by(text, self.where) for kind, text in texts.items() if text}
        name, plain = _scenario_name(scenario), _plain(arguments, scenario)
        supervision = Supervision(self.bench, self._notice, name, plain, start_method, tuple(plans), told)
        self.trials.append(supervision)
        self.current = None
        return supervision

    def _notice(self, trial: Exploration | Supervision, outcome: Outcome | Completed | None) -> None:
        self.current = None if outcome is None else (trial, outcome)

    @property
    def where(self) -> str:
        """The check, as a message for its author names it."""
        return f"{self.bench.grader.name}, check {self.check!r},"


def _scenario_name(scenario: Scenario) -> str:
    name = getattr(scenario, "__name__", "")
    if getattr(scenario, "__qualname__", "") != name or not name.isidentifier():
        raise KataError("no-scenario", f"{scenario!r} is no scenario: write a function at the top of the grader's file")
    return name


def _plain(arguments: tuple[Json, ...], scenario: Scenario) -> tuple[Json, ...]:
    try:
        check_plain(list(arguments), "arguments")
    except WireError as error:
        raise KataError("bad-argument", f"scenario {scenario.__name__!r} is given what is no JSON: {error}") from None
    return arguments
