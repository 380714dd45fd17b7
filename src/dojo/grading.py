"""How a check ended -> its verdict, and the story that a person reads."""

from __future__ import annotations

import textwrap
import traceback
from pathlib import Path

from dojo.bench import Verdicted, tail
from dojo.conduct import Conduct
from dojo.diagnosis import Finding, Told, diagnose, told_by
from dojo.errors import DojoError, KataError
from dojo.exploration import BadEnding, Exploration
from dojo.model import (
    Check,
    Completed,
    Deadlocked,
    Diagnosis,
    Ending,
    Evidence,
    Failed,
    Json,
    Leaked,
    LeftAlive,
    Livelocked,
    NotAttempted,
    NotPassed,
    Outcome,
    Passed,
    Place,
    Raised,
    Rejected,
    Returned,
    Spinning,
    Stuck,
    Trace,
)
from dojo.report.card import CheckCard, fault
from dojo.supervision import NOT_WRITTEN, Supervision
from dojo.trace import Focus, render_story, render_waits

_VERDICTS: dict[type, type[NotPassed]] = {
    Returned: Failed,
    Raised: Failed,
    Stuck: Deadlocked,
    Spinning: Livelocked,
    LeftAlive: Leaked,
}
_MOST_QUIET_POINTS = 8


def grade(conduct: Conduct, error: BaseException | None) -> CheckCard:
    """Return the verdict on a check that has ended with `error`, or with none."""
    try:
        return _grade_error(conduct, error) if error is not None else _grade_end(conduct)
    except Verdicted as verdicted:
        return CheckCard(_check(conduct, verdicted.verdict))
    except DojoError as found:
        return fault(conduct.check, found)


def _check(conduct: Conduct, verdict: NotPassed | Passed) -> Check:
    assert isinstance(verdict, Passed | NotPassed)
    return Check(conduct.check, verdict)  # type: ignore[arg-type]  # every NotPassed that is made is one of its subclasses


# --------------------------------------------------------------------------------------- without an exception


def _grade_end(conduct: Conduct) -> CheckCard:
    if not conduct.trials:
        raise KataError("no-evidence", f"{conduct.where} called neither explore nor supervise: it has shown nothing")
    for trial in conduct.trials:
        bad = trial.bad if isinstance(trial, Exploration) else None
        if bad is not None and isinstance(trial, Exploration):
            return _grade_ending(conduct, trial, bad)
        if not trial.is_seen:
            raise KataError("not-looked-at", f"{conduct.where} did not look at every outcome of {trial.scenario!r}")
    explorations = [trial for trial in conduct.trials if isinstance(trial, Exploration)]
    supervisions = [trial for trial in conduct.trials if isinstance(trial, Supervision)]
    verdict = Passed(
        explored=tuple(exploration.explored for exploration in explorations),
        outcomes=tuple(outcome for exploration in explorations for outcome in exploration.found),
        plans=sum(supervision.completed for supervision in supervisions),
    )
    return CheckCard(Check(conduct.check, verdict))


# ------------------------------------------------------------------------------------------- with an exception


def _grade_error(conduct: Conduct, error: BaseException) -> CheckCard:
    if isinstance(error, Verdicted | DojoError):
        raise error
    if isinstance(error, BadEnding):
        return _grade_ending(conduct, error.exploration, error.outcome)
    if not isinstance(error, AssertionError):
        raise _bug_of_grader(conduct, error) from error
    if not conduct.trials:
        raise KataError("no-evidence", f"{conduct.where} fails before anything was tried: {error}") from error
    return _grade_assertion(conduct, told_by(str(error), conduct.where))


def _bug_of_grader(conduct: Conduct, error: BaseException) -> DojoError:
    frames = traceback.extract_tb(error.__traceback__)
    grader = conduct.bench.grader
    line = next((frame.lineno for frame in reversed(frames) if Path(frame.filename).name == grader.name), None)
    said = "".join(traceback.format_exception_only(error)).strip()
    where = f"{conduct.where} line {line}" if line else f"{conduct.where} outside of the grader's file"
    return KataError("grader-bug", f"{where}: the expectation raised {said}")


def _grade_assertion(conduct: Conduct, told: Told) -> CheckCard:
    if conduct.current is None:
        return _grade_all(conduct, told)
    trial, outcome = conduct.current
    if isinstance(trial, Exploration) and isinstance(outcome, Outcome):
        return _grade_outcome(conduct, trial, outcome, told)
    assert isinstance(outcome, Completed)
    return _grade_completed(conduct, outcome, told)


def _grade_all(conduct: Conduct, told: Told) -> CheckCard:
    """An assertion about all outcomes together: there is no one schedule to show."""
    last = conduct.trials[-1]
    evidence = Evidence()
    if isinstance(last, Exploration):
        evidence = Evidence(outcomes=last.found, explored=last.explored)
    return CheckCard(Check(conduct.check, Failed(Diagnosis(told.code or "CONTRACT", told.sentence), evidence)))


def _grade_completed(conduct: Conduct, outcome: Completed, told: Told) -> CheckCard:
    if _says_not_written(outcome.value):
        return CheckCard(Check(conduct.check, NotAttempted(Diagnosis("STUB", NOT_WRITTEN))))
    evidence = Evidence(output=tail(outcome.output, outcome.errors))
    verdict = Failed(Diagnosis(told.code or "CONTRACT", told.sentence), evidence)
    return CheckCard(Check(conduct.check, verdict), story=tuple(_render_quiet(outcome)))


def _render_quiet(outcome: Completed) -> list[str]:
    """Return what waited at the gates, quiet point by quiet point."""
    if not outcome.quiet:
        return []
    lines = ["     moments at which nothing could go on but these calls of the check's:"]
    for number, point in enumerate(outcome.quiet[:_MOST_QUIET_POINTS], 1):
        lines += textwrap.wrap(
            ", ".join(point.waiting), 80, initial_indent=f"     {number:>4}  ", subsequent_indent=" " * 11
        )
    more = len(outcome.quiet) - _MOST_QUIET_POINTS
    return [*lines, f"           and {more} more"] if more > 0 else lines


def _grade_ending(conduct: Conduct, exploration: Exploration, outcome: Outcome) -> CheckCard:
    ending = outcome.ending
    if isinstance(ending, Raised):
        if ending.type == "NotImplementedError" and _is_learners(conduct, ending.place):
            verdict = NotAttempted(Diagnosis("STUB", NOT_WRITTEN), Evidence(place=ending.place))
            return CheckCard(Check(conduct.check, verdict))
        if ending.type == "Uncontrolled":
            said = Diagnosis("UNCONTROLLED", ending.message)
            return CheckCard(Check(conduct.check, Rejected(said, Evidence(place=ending.place))))
        if ending.type == "NameError" and ending.place and ending.place.path == conduct.bench.grader.name:
            where = f"{ending.place.path}:{ending.place.line}"
            raise KataError("grader-bug", f"{where}: the scenario raised {ending.type}: {ending.message}")
    return _grade_outcome(conduct, exploration, outcome, exploration.told.get(type(ending)))


def _is_learners(conduct: Conduct, place: Place | None) -> bool:
    return place is not None and place.path == conduct.bench.submission.name


def _says_not_written(value: Json) -> bool:
    """Tell whether an observation holds, anywhere, that NotImplementedError was raised."""
    if isinstance(value, dict):
        return value.get("raised") == "NotImplementedError" or any(_says_not_written(item) for item in value.values())
    return isinstance(value, list) and any(_says_not_written(item) for item in value)


def _grade_outcome(conduct: Conduct, exploration: Exploration, outcome: Outcome, told: Told | None) -> CheckCard:
    ending = outcome.ending
    if isinstance(ending, Returned) and _says_not_written(ending.value):
        return CheckCard(Check(conduct.check, NotAttempted(Diagnosis("STUB", NOT_WRITTEN))))
    trace, ending = exploration.load_trace(outcome)
    finding = diagnose(ending, trace, told)
    evidence = Evidence(
        place=finding.place,
        trace=trace,
        why=finding.why,
        outcomes=exploration.found,
        explored=exploration.explored,
        schedule=trace.schedule,
    )
    verdict = _VERDICTS[type(ending)](finding.diagnosis, evidence)
    story = tuple(_story(conduct, ending, trace, finding))
    replay = _replay(conduct, exploration, trace)
    return CheckCard(_check(conduct, verdict), story=story, replay=replay, origin=conduct.origin)


def _story(conduct: Conduct, ending: Ending, trace: Trace, finding: Finding) -> list[str]:
    focus = Focus(finding.variables, finding.locks, finding.marks, finding.note)
    is_sequential = len({step.task for step in trace.steps if step.by_learner}) < 2
    table = [] if is_sequential and not finding.marks else render_story(trace, focus)
    waits = _render_deadlock(conduct, trace, ending) if isinstance(ending, Stuck) else []
    return [*table, *([""] if table and waits else []), *waits]


def _render_deadlock(conduct: Conduct, trace: Trace, ending: Stuck) -> list[str]:
    """Return who waits for whom, without those who only wait in the scenario for the others to end."""
    own = [wait for wait in ending.waits if not (wait.place and wait.place.path == conduct.bench.grader.name)]
    return render_waits(trace.tasks, own or ending.waits, conduct.bench.submission.name)


def _replay(conduct: Conduct, exploration: Exploration, trace: Trace) -> str:
    """Return what `dojo replay KATA` takes: the check, which of its explorations, and the schedule."""
    number = f"/{exploration.number}" if exploration.number > 1 else ""
    return f"{conduct.check}{number}:{trace.schedule}"
