"""Known patterns of wrong interleavings, found in the steps of one trace."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dojo.model import LOCK_VERBS, Step, Task, Trace

_READERS = frozenset({"get", "keys", "values", "items", "copy", "index", "count", "__len__", "__contains__", "len"})
_CHECK = re.compile(r"^(if|elif|while|assert)\b|\bif\b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the steps of a trace prove."""

    code: str
    why: str
    marks: tuple[int, ...]
    """Numbers of the steps that make the point, the decisive one last."""
    note: str
    """One line; {0}, {1}, ... stand for the marked steps."""
    variables: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()


def find_pattern(trace: Trace) -> Pattern | None:
    """Return the pattern that explains best why this trace went wrong; None where nothing is proven."""
    for find in (_overtaken_update, _overtaken_check, _changed_while_iterating, _half_done, _slept_too_short):
        pattern = find(trace)
        if pattern is not None:
            return pattern
    return None


# ------------------------------------------------------------------------------------- what a step does


def is_write(step: Step) -> bool:
    """Tell whether `step` can change what it acts on."""
    if step.verb == "call":
        return step.subject.rpartition(".")[2] not in _READERS
    return step.verb == "write"


def is_read(step: Step) -> bool:
    """Tell whether `step` looks at what it acts on."""
    return step.verb in ("read", "test", "iterate", "call")


def is_check(step: Step) -> bool:
    """Tell whether what `step` reads decides what is done next."""
    text = step.place.text.strip() if step.place else ""
    return step.verb == "test" or (is_read(step) and bool(_CHECK.search(text)))


def _by_variable(trace: Trace) -> dict[str, list[Step]]:
    accesses: dict[str, list[Step]] = {}
    for step in trace.steps:
        if step.variable is not None and step.verb not in LOCK_VERBS:
            accesses.setdefault(step.variable, []).append(step)
    return accesses


def name_of(trace: Trace, number: int) -> str:
    """Return what the trace calls a task: "T1"."""
    return next((task.name for task in trace.tasks if task.number == number), f"T{number}")


def line(step: Step) -> str:
    """Return " (line 14)", or nothing where the place is not known."""
    return f" (line {step.place.line})" if step.place else ""


# --------------------------------------------------------------------------------- read, other's write, write


def _overtaken_update(trace: Trace) -> Pattern | None:
    """A reads, B writes, A writes what it computed from its read."""
    for accesses in _by_variable(trace).values():
        for write in accesses:
            read = _last_read_before(accesses, write)
            if read is None or is_check(read) or not _may_be_computed(read, write):
                continue
            between = _others_write(accesses, read, write)
            if between is not None:
                return _explain_update(trace, read, between, write)
    return None


def _last_read_before(accesses: Sequence[Step], write: Step) -> Step | None:
    """Return the read by the same task that `write` can have been computed from."""
    if write.verb != "write" or not write.by_learner:
        return None
    for step in reversed([step for step in accesses if step.task == write.task and step.number < write.number]):
        if step.verb == "read":
            return step
        if is_write(step):
            return None
    return None


def _others_write(accesses: Sequence[Step], first: Step, last: Step) -> Step | None:
    between = [step for step in accesses if first.number < step.number < last.number]
    return next((step for step in between if step.task != first.task and is_write(step)), None)


def _may_be_computed(read: Step, write: Step) -> bool:
    """Tell whether the value written can have come out of the value read: numbers from numbers, and so on."""
    old, new = _literal(read.value), _literal(write.value)
    if isinstance(old, str) or isinstance(new, str):
        return isinstance(old, str) and isinstance(new, str) and old != "" and old in new
    if isinstance(old, bool) or isinstance(new, bool):
        return False
    if isinstance(old, int | float) or isinstance(new, int | float):
        return isinstance(old, int | float) and isinstance(new, int | float)
    return old is not None and type(old) is type(new)


def _literal(text: str | None) -> object:
    """Return the value that a trace shows, as far as its text is a literal."""
    if text is None:
        return None
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _explain_update(trace: Trace, read: Step, between: Step, write: Step) -> Pattern:
    mine, other = name_of(trace, write.task), name_of(trace, between.task)
    gap = _gap_in_lock(trace, read, between, write)
    marks = (read.number, between.number, write.number)
    variables = (read.variable,) if read.variable else ()
    if gap is not None:
        return Pattern(
            code="LOCK-SPLIT",
            why=f"{mine} let go of {gap.subject} between its read{line(read)} and its write{line(write)}."
            f" In that gap {other} changed the value{line(between)}, and that change is lost.",
            marks=(read.number, gap.number, between.number, write.number),
            note="computed from step {0}; the lock was let go in step {1}: the write of step {2} is lost",
            variables=variables,
            locks=(gap.subject,),
        )
    if _has_own_locks(trace, read, between, write):
        return Pattern(
            code="LOCK-PER-CALL",
            why=f"{mine} held {write.holds[-1]} and {other} held {between.holds[-1]}:"
            f" two different locks, so neither kept the other out.",
            marks=marks,
            note="computed from step {0}: the write of step {1}, made under another lock, is lost",
            variables=variables,
            locks=(*write.holds, *between.holds),
        )
    return Pattern(
        code="RACE-LOST-UPDATE",
        why=_unguarded(read, between, write)
        or f"{mine} computed what it writes{line(write)} from its read{line(read)}."
        f" {other} wrote in between{line(between)}.",
        marks=marks,
        note="computed from step {0}: the write of step {1} is lost",
        variables=variables,
        locks=tuple(dict.fromkeys((*between.holds, *write.holds))),
    )


def _unguarded(read: Step, between: Step, write: Step) -> str:
    """Say which side stands outside a lock that the other side holds."""
    if not between.holds and write.holds and read.place and between.place:
        return f"Line {between.place.line} writes without {write.holds[-1]} what line {read.place.line} reads under it."
    if between.holds and not read.holds and read.place and between.place:
        lock = between.holds[-1]
        return f"Line {read.place.line} reads without {lock} what line {between.place.line} writes under it."
    return ""


def _gap_in_lock(trace: Trace, read: Step, between: Step, write: Step) -> Step | None:
    """Return the release, between the read and the write, of the lock that all three steps stand under."""
    ours, others, after = (_locks_at(trace, step) for step in (read, between, write))
    common = [name for lock, name in ours.items() if lock in others and lock in after]
    for step in trace.steps:
        is_between = step.task == read.task and read.number < step.number < between.number
        if is_between and step.verb == "release" and step.subject in common:
            return step
    return None


def _has_own_locks(trace: Trace, read: Step, between: Step, write: Step) -> bool:
    mine = _locks_at(trace, read).keys() & _locks_at(trace, write).keys()
    others = _locks_at(trace, between).keys()
    return bool(mine) and bool(others) and not mine & others


def _locks_at(trace: Trace, step: Step) -> dict[str, str]:
    """Return the locks that the task of `step` holds there: what tells each apart from all others -> its name.

    A name alone will not do: two locks that are made anew for each call have the same one.
    """
    found = {}
    for name in step.holds:
        taken = [
            one.variable
            for one in trace.steps
            if one.task == step.task and one.number < step.number and one.verb == "acquire" and one.subject == name
        ]
        found[(taken and taken[-1]) or name] = name
    return found


# --------------------------------------------------------------------------------- check, other's write, act


def _overtaken_check(trace: Trace) -> Pattern | None:
    """A tests, B changes what was tested, A acts on its test."""
    for accesses in _by_variable(trace).values():
        for check in accesses:
            if not is_check(check) or not check.by_learner:
                continue
            act = _first_act(accesses, check)
            between = act and _others_write(accesses, check, act)
            if act is not None and between is not None:
                return _explain_check(trace, check, between, act)
    return None


def _first_act(accesses: Sequence[Step], check: Step) -> Step | None:
    """Return the first change by the same task after `check`, unless it looked again and decided anew."""
    for step in accesses:
        if step.number <= check.number or step.task != check.task:
            continue
        if is_write(step):
            return step
        if is_check(step):
            return None
    return None


def _explain_check(trace: Trace, check: Step, between: Step, act: Step) -> Pattern:
    mine, other = name_of(trace, act.task), name_of(trace, between.task)
    gap = _gap_in_lock(trace, check, between, act)
    marks: tuple[int, ...] = (check.number, between.number, act.number)
    variables = (check.variable,) if check.variable else ()
    if gap is not None:
        why = f"{mine} let go of {gap.subject} between its test{line(check)} and its deed{line(act)}; {other} came in."
        note = "decided in step {0}; the lock was let go in step {1}: step {2} has changed it since"
        marks = (check.number, gap.number, between.number, act.number)
        return Pattern("LOCK-SPLIT", why, marks, note, variables, (gap.subject,))
    if _has_own_locks(trace, check, between, act):
        why = f"{mine} held {act.holds[-1]} and {other} held {between.holds[-1]}: two different locks."
        note = "decided in step {0}: step {1}, made under another lock, has changed it since"
        return Pattern("LOCK-PER-CALL", why, marks, note, variables, (*act.holds, *between.holds))
    why = _unguarded(check, between, act) or (
        f"{mine} acted{line(act)} on its test{line(check)}. {other} had changed what was tested{line(between)}."
    )
    note = "decided in step {0}: step {1} has changed it since"
    locks = tuple(dict.fromkeys((*between.holds, *act.holds)))
    return Pattern("RACE-CHECK-ACT", why, marks, note, variables, locks)


# ----------------------------------------------------------------------------------------- the other ones


def _changed_while_iterating(trace: Trace) -> Pattern | None:
    for accesses in _by_variable(trace).values():
        for first, last in _turns(accesses):
            between = _others_write(accesses, first, last)
            if between is not None and between.by_learner and between.verb == "call":
                mine, other = name_of(trace, first.task), name_of(trace, between.task)
                why = f"{mine} was walking through{line(first)} what {other} changed meanwhile{line(between)}."
                marks = (first.number, between.number, last.number)
                note = "still walking since step {0}: step {1} has changed the collection"
                return Pattern("RACE-ITERATION", why, marks, note, (first.variable,) if first.variable else ())
    return None


def _turns(accesses: Sequence[Step]) -> Iterator[tuple[Step, Step]]:
    latest: dict[int, Step] = {}
    for step in accesses:
        if step.verb == "iterate":
            if step.task in latest:
                yield latest[step.task], step
            latest[step.task] = step


def _half_done(trace: Trace) -> Pattern | None:
    """A only reads, B writes two things that A reads one before and one after."""
    accesses = _by_variable(trace)
    writes = {name: [step for step in steps if is_write(step)] for name, steps in accesses.items()}
    for task in trace.tasks:
        reads = [
            step
            for name, steps in accesses.items()
            if writes[name] and all(write.task != task.number for write in writes[name])
            for step in steps
            if step.task == task.number and is_read(step)
        ]
        for first, second in itertools.combinations(sorted(reads, key=_number), 2):
            pattern = _torn(trace, writes, first, second)
            if pattern is not None:
                return pattern
    return None


def _number(step: Step) -> int:
    return step.number


def _torn(trace: Trace, writes: dict[str, list[Step]], first: Step, second: Step) -> Pattern | None:
    """B wrote one of two variables before A read it, and the other one after A read that, or the reverse."""
    if first.variable is None or second.variable is None or first.variable == second.variable or not first.by_learner:
        return None
    for one in writes[first.variable]:
        for other in writes[second.variable]:
            is_one_change = one.task == other.task and one.by_learner
            if is_one_change and (one.number < first.number) != (other.number < second.number):
                return _explain_torn(trace, (first, second), (one, other))
    return None


def _explain_torn(trace: Trace, reads: tuple[Step, Step], writes: tuple[Step, Step]) -> Pattern:
    began, ended = sorted(writes, key=_number)
    reader, writer = name_of(trace, reads[0].task), name_of(trace, began.task)
    why = (
        f"{writer} changes two things{line(began)} and{line(ended)} that belong together."
        f" {reader} read one of them before its change and the other after."
    )
    marks = tuple(sorted(step.number for step in (*reads, *writes)))
    variables = tuple(step.variable for step in reads if step.variable)
    return Pattern("RACE-TORN-READ", why, marks, "one read saw the old state, the other the new one", variables)


def _slept_too_short(trace: Trace) -> Pattern | None:
    for step in trace.steps:
        if step.verb in ("sleep", "timeout") and step.preempts and step.by_learner:
            why = f"{name_of(trace, step.task)} went on after its {step.verb}{line(step)} before the others were done."
            return Pattern("SLEEP-SYNC", why, (step.number,), "the time is up, and the others are not done")
    return None


def label(task: Task) -> str:
    """Return "T1 deposit(20)"."""
    return f"{task.name} {task.label}".strip()
