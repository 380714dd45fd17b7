"""How a scenario ended, and its trace -> a stable code, one sentence, and what proves it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from dojo.errors import KataError, UsageError
from dojo.model import Diagnosis, Ending, LeftAlive, Place, Raised, Returned, Spinning, Step, Stuck, Task, Trace, Wait
from dojo.patterns import Pattern, find_pattern, label
from dojo.races import find_races
from dojo.wakeups import find_lost_wake_up, find_unchecked_wake_up

_CODED = re.compile(r"(?P<code>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*):\s+(?P<sentence>.*)", re.DOTALL)
_REWRITTEN = re.compile(r"\s*(assert |\+  ?where |\+  ?and )")
_CHANGED_IN_ITERATION = re.compile(r"changed size during iteration|mutated during iteration")


@dataclass(frozen=True, slots=True)
class Lesson:
    """What `dojo explain CODE` teaches about one code."""

    code: str
    title: str
    meaning: str
    repair: str
    see: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the author of a grader says about a failure."""

    sentence: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnosis with what proves it; `marks` are steps of the trace, the decisive one last."""

    diagnosis: Diagnosis
    place: Place | None = None
    why: str = ""
    variables: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    note: str = ""


@cache
def load_lessons() -> Mapping[str, Lesson]:
    """Read what each code means, in the order of the course."""
    text = resources.files("dojo").joinpath("diagnoses.toml").read_text(encoding="utf-8")
    return {code: Lesson(code=code, **texts) for code, texts in tomllib.loads(text).items()}


def find_lesson(code: str) -> Lesson:
    """Return what `code` means; a near match is named where there is no such code."""
    lessons = load_lessons()
    lesson = lessons.get(code.upper())
    if lesson is None:
        near = difflib.get_close_matches(code.upper(), lessons, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"the codes are {', '.join(lessons)}"
        raise UsageError("unknown-code", f"no code {code!r}: {hint}")
    return lesson


def told_by(text: str, where: str) -> Told:
    """Split "CODE: sentence", and drop what pytest adds to an assertion's message."""
    lines = [line for line in text.splitlines() if line.strip()]
    kept = next((line.strip() for line in lines if not _REWRITTEN.match(line)), "")
    if not kept and lines:
        kept = f"the check `{lines[0].strip()}` does not hold"
    coded = _CODED.fullmatch(kept)
    if coded is None:
        return Told(kept or "the check does not hold")
    code = coded["code"]
    if code not in load_lessons():
        raise KataError("unknown-code", f"{where} names the code {code!r}, which does not exist: see docs/messages.md")
    return Told(coded["sentence"].strip(), code)


def diagnose(ending: Ending, trace: Trace | None, told: Told | None = None) -> Finding:
    """Return the finding for an ending that is wrong; a code is given only where the evidence shows it."""
    return _with_authors_words(_find(ending, trace), told)


def _find(ending: Ending, trace: Trace | None) -> Finding:
    match ending:
        case Returned():
            return _of_wrong_value(trace)
        case Raised():
            return _of_exception(ending, trace)
        case Stuck():
            return _of_deadlock(ending, trace)
        case Spinning():
            return _of_livelock(ending)
        case LeftAlive():
            return _of_left_threads(ending, trace)


_BEYOND_DOUBT = frozenset({"LOCK-SELF", "LOCK-NOT-RELEASED"})
"""Whatever an author thinks that a deadlock of a scenario means: a lock that nobody will let go explains it."""


def _with_authors_words(finding: Finding, told: Told | None) -> Finding:
    if told is None:
        return finding
    agrees = told.code in (None, finding.diagnosis.code)
    if not agrees and finding.diagnosis.code in _BEYOND_DOUBT:
        return finding
    code = told.code or finding.diagnosis.code
    pattern = {} if agrees else {"note": "", "marks": (), "why": ""}
    kept = {name: getattr(finding, name) for name in ("place", "why", "variables", "locks", "marks", "note")}
    return Finding(Diagnosis(code, told.sentence), **{**kept, **pattern})


def _from_pattern(pattern: Pattern | None, trace: Trace | None, sentence: str, place: Place | None) -> Finding:
    if trace is None:
        return Finding(Diagnosis("CONTRACT", sentence), place)
    if pattern is None:
        return _unexplained(trace, sentence, place)
    decisive = next(step for step in trace.steps if step.number == pattern.marks[-1])
    return Finding(
        Diagnosis(pattern.code, sentence),
        _learners_place(decisive, trace, pattern) or place,
        pattern.why,
        pattern.variables,
        pattern.locks,
        pattern.marks,
        pattern.note,
    )


def _unexplained(trace: Trace, sentence: str, place: Place | None) -> Finding:
    """No pattern fits; where a data race is in the trace, say so: it is a fact, and the reader may go on from it."""
    for first, second in find_races(trace):
        if first.place and second.place:
            names = [_name(step, trace) for step in (first, second)]
            why = (
                f"{names[0]} (line {first.place.line}) and {names[1]} (line {second.place.line}) both touch"
                f" {second.subject}, and no lock, start or join orders them."
            )
            variables = (second.variable,) if second.variable else ()
            return Finding(Diagnosis("CONTRACT", sentence), place, why, variables)
    return _gave_up(trace, sentence) or Finding(Diagnosis("CONTRACT", sentence), place)


def _gave_up(trace: Trace, sentence: str) -> Finding | None:
    """Somebody found a lock held, did not wait for it, and never got it."""
    for step in trace.steps:
        if step.verb != "try" or not step.by_learner or step.place is None or step.variable is None:
            continue
        same = [other for other in trace.steps if other.verb == "acquire" and other.variable == step.variable]
        if any(other.task == step.task and other.number > step.number for other in same):
            continue
        taken = next((other for other in reversed(same) if other.number < step.number), None)
        since = f", taken by {_name(taken, trace)} at line {taken.place.line}" if taken and taken.place else ""
        why = (
            f"{_name(step, trace)} found {step.subject} {step.value} (line {step.place.line}){since}."
            " It did not wait, and never got it."
        )
        marks = (taken.number, step.number) if taken else (step.number,)
        note = f"{step.value}: it goes on without it"
        return Finding(Diagnosis("CONTRACT", sentence), step.place, why, (), (step.variable,), marks, note)
    return None


def _name(step: Step, trace: Trace) -> str:
    return next(task for task in trace.tasks if task.number == step.task).name


def _pattern_of(trace: Trace | None) -> Pattern | None:
    if trace is None:
        return None
    # First: `if` for `while` is a test overtaken in a gap of the lock too, but the gap is what waiting is for.
    return find_unchecked_wake_up(trace) or find_pattern(trace)


def _learners_place(decisive: Step, trace: Trace, pattern: Pattern) -> Place | None:
    if decisive.by_learner and decisive.place is not None:
        return decisive.place
    marked = [step for step in trace.steps if step.number in pattern.marks and step.by_learner and step.place]
    return marked[-1].place if marked else None


# ---------------------------------------------------------------------------------------- one for each ending


def _of_wrong_value(trace: Trace | None) -> Finding:
    return _from_pattern(_pattern_of(trace), trace, "the observation is not what the contract says", None)


def _of_exception(ending: Raised, trace: Trace | None) -> Finding:
    who = _task(ending.task, trace)
    said = f": {ending.message}" if ending.message else ""
    sentence = f"{label(who) or 'the scenario'} raised {ending.type}{said}"
    if _CHANGED_IN_ITERATION.search(ending.message):
        found = _from_pattern(_pattern_of(trace), trace, sentence, ending.place)
        why = found.why or "A collection was changed while it was being walked through."
        return Finding(Diagnosis("RACE-ITERATION", sentence), ending.place, why, found.variables)
    found = _from_pattern(_pattern_of(trace), trace, sentence, ending.place)
    return Finding(
        found.diagnosis,
        ending.place or found.place,
        found.why,
        found.variables,
        found.locks,
        found.marks,
        found.note,
    )


def _of_livelock(ending: Spinning) -> Finding:
    lines = ", ".join(dict.fromkeys(f"{place.path}:{place.line}" for place in ending.places))
    why = f"They go round at {lines}." if lines else ""
    place = ending.places[0] if ending.places else None
    return Finding(Diagnosis("BUSY-WAIT", "the threads run in circles and get nowhere"), place, why)


def _of_left_threads(ending: LeftAlive, trace: Trace | None) -> Finding:
    tasks = [_task(task.number, trace) if trace else task for task in ending.tasks]
    verb = "was" if len(tasks) == 1 else "were"
    sentence = f"the call came back while {_listed([label(task) for task in tasks])} {verb} still alive"
    stands = ending.places[0] if ending.places else None
    started = _start_of(tasks[0], trace) if tasks else None
    facts = [f"was started at line {started.line}"] if started else []
    facts += [f"stands at line {stands.line}"] if stands else []
    why = f"{label(tasks[0])} {' and '.join(facts)}." if facts else ""
    return Finding(Diagnosis("THREAD-LEAK", sentence), started or stands, why)


def _start_of(task: Task, trace: Trace | None) -> Place | None:
    """Return the line of the learner's that started `task`; tasks start in the order of their numbers."""
    starts = [step for step in trace.steps if step.verb == "start"] if trace else []
    start = starts[task.number - 1] if 0 < task.number <= len(starts) else None
    return start.place if start and start.by_learner else None


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _task(number: int, trace: Trace | None) -> Task:
    tasks = trace.tasks if trace else ()
    nameless = Task(number, f"T{number}" if number else "main")
    return next((task for task in tasks if task.number == number), nameless)


# ------------------------------------------------------------------------------------------------ deadlocks


def _of_deadlock(ending: Stuck, trace: Trace | None) -> Finding:
    waits = {wait.task: wait for wait in ending.waits}
    for find in (_waits_for_itself, _waits_for_the_gone, _wait_in_a_circle, _waits_for_a_sleeper, _waits_to_be_woken):
        finding = find(waits, trace)
        if finding is not None:
            return finding
    place = next((wait.place for wait in ending.waits if wait.place), None)
    return Finding(Diagnosis("CONTRACT", "every thread waits, and none can go on"), place)


def _waits_for_itself(waits: Mapping[int, Wait], trace: Trace | None) -> Finding | None:
    for wait in waits.values():
        if wait.holder == wait.task:
            sentence = f"{label(_task(wait.task, trace))} waits for {wait.what}, which it holds itself"
            why = _took(wait, trace) + (f" and asks for it again at line {wait.place.line}." if wait.place else ".")
            return Finding(Diagnosis("LOCK-SELF", sentence), wait.place, why, locks=(wait.what,))
    return None


def _waits_for_the_gone(waits: Mapping[int, Wait], trace: Trace | None) -> Finding | None:
    """Somebody waits for a lock whose holder has ended, or has gone back to the scenario with it."""
    for wait in waits.values():
        if wait.holder is None or wait.holder == wait.task or _is_join(wait):
            continue
        holder = waits.get(wait.holder)
        if not (_has_ended(wait.holder, trace) if holder is None else _has_left(wait, holder)):
            continue
        sentence = f"{label(_task(wait.task, trace))} waits for {wait.what}, which will never be let go"
        why = f"{_took(wait, trace)} and left with it."
        place = wait.holder_place or wait.place
        return Finding(Diagnosis("LOCK-NOT-RELEASED", sentence), place, why, locks=(wait.what,))
    return None


def _has_ended(task: int, trace: Trace | None) -> bool:
    """Tell whether the trace shows its end: where nobody may wait, others could still go on and let the lock go."""
    return trace is not None and any(step.verb == "end" and step.task == task for step in trace.steps)


def _is_join(wait: Wait) -> bool:
    return "end" in wait.what.split() or wait.what.startswith("join")


def _has_left(wait: Wait, holder: Wait) -> bool:
    """Tell whether the holder took the lock in the learner's code and waits in the grader's by now."""
    if holder.place is None or wait.holder_place is None:
        return False
    return _is_join(holder) and holder.place.path != wait.holder_place.path


def _wait_in_a_circle(waits: Mapping[int, Wait], trace: Trace | None) -> Finding | None:
    for start in waits:
        circle = _circle_from(start, waits)
        if len(circle) < 2:
            continue
        locks = tuple(wait.what for wait in circle if not _is_join(wait))
        names = _listed([label(_task(wait.task, trace)) for wait in circle])
        sentence = f"{names} wait for each other: none of them can go on"
        blocked = next((wait for wait in circle if wait.place), circle[0])
        if len(locks) < len(circle):
            why = "One of them waits for a thread to end, and holds what that thread needs."
            return Finding(Diagnosis("LOCK-HELD-WHILE-BLOCKING", sentence), blocked.place, why, locks=locks)
        why = "Each holds what the next one needs: they took their locks in different orders."
        return Finding(Diagnosis("LOCK-CYCLE", sentence), blocked.place, why, locks=locks)
    return None


def _circle_from(start: int, waits: Mapping[int, Wait]) -> list[Wait]:
    path: list[int] = []
    current: int | None = start
    while current is not None and current in waits and current not in path:
        path.append(current)
        current = waits[current].holder
    return [waits[number] for number in path] if current == start else []


def _waits_for_a_sleeper(waits: Mapping[int, Wait], trace: Trace | None) -> Finding | None:
    """Somebody waits for a lock whose holder waits to be woken."""
    for wait in waits.values():
        holder = None if wait.holder is None or _is_join(wait) else waits.get(wait.holder)
        if holder is None or holder.holder is not None:
            continue
        who = label(_task(holder.task, trace))
        sentence = f"{label(_task(wait.task, trace))} waits for {wait.what}, whose holder waits to be woken"
        why = f"{who} holds {wait.what} while it waits for somebody else."
        place = wait.holder_place or holder.place
        return Finding(Diagnosis("LOCK-HELD-WHILE-BLOCKING", sentence), place, why, locks=(wait.what,))
    return None


def _waits_to_be_woken(waits: Mapping[int, Wait], trace: Trace | None) -> Finding | None:
    sleepers = [wait for wait in waits.values() if wait.holder is None and not _is_join(wait)]
    if not sleepers:
        return None
    first = next((wait for wait in sleepers if wait.place), sleepers[0])
    names = _listed([label(_task(wait.task, trace)) for wait in sleepers])
    one = len(sleepers) == 1
    sentence = f"{names} {'waits' if one else 'wait'} to be woken, and nobody is left who could"
    lost = find_lost_wake_up(trace, sleepers) if trace else None
    if lost is not None:
        return replace(_from_pattern(lost, trace, sentence, None), place=first.place)
    return Finding(Diagnosis("WAKE-LOST", sentence), first.place, locks=(first.what,))


def _took(wait: Wait, trace: Trace | None) -> str:
    """Return "T1 took self._lock at line 9": who holds what `wait` is for, and since where."""
    assert wait.holder is not None, "nobody holds it"
    at = f" at line {wait.holder_place.line}" if wait.holder_place else ""
    return f"{label(_task(wait.holder, trace))} took {wait.what}{at}"
