"""What the fixture `supervise` hands to a grader: one run with real processes for each plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dojo.bench import Bench, Verdicted, hung, payload_of, tail
from dojo.diagnosis import Told
from dojo.model import Completed, Crashed, Diagnosis, Evidence, Failed, Json, Leaked, NotAttempted, Place
from dojo.processes.director import Director, Plan
from dojo.sandbox.jobs import Answered, Died, Ended, Stalled

RUNS = 5
"""How often a run is made at most whose connections the kernel loses: so often in a row, it is the submission."""
NOT_WRITTEN = "the submission says that it is not written yet: it raises NotImplementedError"


@dataclass(slots=True)
class Supervision:
    """One run of a scenario with real processes for each plan; iterating runs them."""

    bench: Bench
    notice: Callable[[Supervision, Completed | None], None]
    """Is told what is handed out, and None once everything was."""
    scenario: str
    arguments: tuple[Json, ...]
    start_method: str
    plans: tuple[Plan, ...]
    told: Mapping[str, Told]
    completed: int = 0

    def __iter__(self) -> Iterator[Completed]:
        """Run plan after plan; raise where the scenario did not come back, or left something behind."""
        for plan in self.plans:
            outcome = self._run(plan)
            self.completed += 1
            self.notice(self, outcome)
            yield outcome
        if len(self.plans) > 1:
            self.notice(self, None)

    @property
    def is_seen(self) -> bool:
        return self.completed == len(self.plans)

    def _run(self, plan: Plan) -> Completed:
        ended, director = self._run_unsevered(plan)
        payload = self._payload(ended)
        assert isinstance(ended, Answered)
        if "raised" in payload:
            raise Verdicted(self._raised(payload["raised"], ended))
        self._check_nothing_left(ended)
        return Completed(
            payload["ok"],
            director.records,
            director.quiet,
            ended.census,
            ended.output,
            ended.errors,
        )

    def _run_unsevered(self, plan: Plan) -> tuple[Ended, Director]:
        """Run again where the kernel lost a connection: what hangs then is not the submission's doing."""
        options: dict[str, Json] = {"start_method": self.start_method}
        runs = 0
        while True:
            runs += 1
            director = Director(plan)
            ended = self.bench.run("supervise", self.scenario, self.arguments, options=options, director=director)
            if runs == RUNS or not (isinstance(ended, Stalled) and ended.severed):
                return ended, director

    def _payload(self, ended: Ended) -> dict[str, Json]:
        told = self.told.get("hung")
        submission = self.bench.submission.name
        if told and isinstance(ended, Stalled) and _is_borne_out(told, ended):
            raise Verdicted(hung(ended, submission, told.sentence, told.code or "CONTRACT"))
        died = self.told.get("died")
        if died and isinstance(ended, Died):
            evidence = Evidence(output=tail(ended.output, ended.errors))
            raise Verdicted(Crashed(Diagnosis(died.code or "CONTRACT", died.sentence), evidence))
        return payload_of(ended, submission)

    def _raised(self, raised: Json, ended: Answered) -> Failed | NotAttempted:
        answer = raised if isinstance(raised, dict) else {}
        place = _innermost(answer.get("frames"), self.bench.submission.name)
        if answer.get("type") == "NotImplementedError" and place is not None:
            return NotAttempted(Diagnosis("STUB", NOT_WRITTEN), Evidence(place=place))
        message = f": {answer.get('message')}" if answer.get("message") else ""
        told = self.told.get("died") or Told(f"the scenario raised {answer.get('type')}{message}")
        evidence = Evidence(place=place, output=tail(ended.output, ended.errors))
        return Failed(Diagnosis(told.code or "CONTRACT", told.sentence), evidence)

    def _check_nothing_left(self, ended: Answered) -> None:
        census, told = ended.census, self.told.get("left")
        if not (census.alive or census.zombies):
            return
        alive = f"{', '.join(census.alive)}, still alive," if census.alive else ""
        dead = ""
        if census.zombies:
            dead = "a child that ended and was not reaped"
            dead = dead if census.zombies == 1 else f"{census.zombies} children that ended and were not reaped"
        found = " and ".join(part for part in (alive, dead) if part).rstrip(",")
        code = "CHILD-LEAK" if census.alive else "ZOMBIE"
        sentence = f"the call came back and left behind {found}"
        if told:
            raise Verdicted(
                Leaked(Diagnosis(told.code or code, told.sentence), Evidence(why=f"It left behind {found}."))
            )
        raise Verdicted(Leaked(Diagnosis(code, sentence)))


def _is_borne_out(told: Told, ended: Stalled) -> bool:
    """Tell whether what the author says of a hang can be so; another one gets no code."""
    is_alone = len(ended.stacks) == 1
    if told.code == "PIPE-NO-EOF":
        # Whoever should have closed the pipe has gone.
        return is_alone
    return not (told.code == "PIPE-FULL" and is_alone)


def _innermost(frames: Json, submission: str) -> Place | None:
    """Return the last line of the submission that an exception passed through."""
    for frame in reversed(frames if isinstance(frames, list) else []):
        if isinstance(frame, dict) and frame.get("path") == submission and isinstance(frame.get("line"), int):
            line = frame["line"]
            assert isinstance(line, int)
            return Place(submission, line, str(frame.get("text", "")))
    return None
