"""Known patterns of wake-ups that went wrong, found in the steps of one trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dojo.model import LOCK_VERBS, Step, Trace, Wait
from dojo.patterns import Pattern, is_check, is_read, is_write, line, name_of

# ------------------------------------------------------------------------------- woken, and not looked again


def find_unchecked_wake_up(trace: Trace) -> Pattern | None:
    """A tests and waits; somebody changes what it had tested; A is woken and goes on without testing again."""
    wake_ups = list(_wake_ups(trace))
    for notify, woken in wake_ups:
        section = next((step.number for step in _later(trace, notify) if step.verb == "release"), None)
        # What the notifier itself did there is what it notifies of.
        found = _unchecked(trace, notify, woken, since=section) if section else None
        if found is not None:
            return found
    for notify, woken in reversed(wake_ups):
        found = _unchecked(trace, notify, woken, since=0)
        if found is not None:
            return found
    return _woken_by_the_clock(trace, [woken for _, woken in wake_ups])


def _unchecked(trace: Trace, notify: Step, woken: Step, *, since: int) -> Pattern | None:
    test = _test_before(trace, woken.task, woken.number)
    if test is None:
        return None
    tested = _tested(trace, test)
    deed = _first_access(trace, tested, woken)
    if deed is None or _is_same_line(test, deed):
        return None
    changes = _changes(trace, tested, test)
    between = [step for step in changes if since < step.number < deed.number]
    if not between:
        return None
    look = tested[between[-1].variable]
    telling = _first_access(trace, {look.variable: look}, woken)
    is_telling = telling is not None and not _is_same_line(test, telling)
    return _explain_unchecked(trace, (look, notify, between[-1], telling if telling and is_telling else deed))


def _explain_unchecked(trace: Trace, steps: tuple[Step, Step, Step, Step]) -> Pattern:
    test, notify, change, deed = steps
    mine, other = name_of(trace, test.task), name_of(trace, change.task)
    return Pattern(
        code="WAKE-IF-NOT-WHILE",
        why=f"{mine} tested{line(test)}, waited, and was woken{line(notify)}. It went on{line(deed)} without testing"
        f" again, although {other} had changed what it had tested{line(change)}.",
        marks=tuple(sorted({step.number for step in steps})),
        note="went on without testing again",
        variables=(change.variable,) if change.variable else (),
    )


def _woken_by_the_clock(trace: Trace, notified: Sequence[Step]) -> Pattern | None:
    """A waits with a timeout, nobody wakes it, and it goes on without testing again."""
    for woken in trace.steps:
        test = _test_before(trace, woken.task, woken.number) if woken.verb == "wait" and woken not in notified else None
        deed = _first_access(trace, _tested(trace, test), woken) if test else None
        if test is not None and deed is not None and not _is_same_line(test, deed):
            why = f"The time was up before anybody had woken {name_of(trace, woken.task)}{line(woken)}; it went on."
            return Pattern("SLEEP-SYNC", why, (woken.number,), "the time is up, and the others are not done")
    return None


# ------------------------------------------------------------------------------------------ asleep for ever


def find_lost_wake_up(trace: Trace, sleepers: Sequence[Wait]) -> Pattern | None:
    """Say what became of the wake-up that the sleepers of a deadlock wait for, as far as the trace shows it."""
    return _wrong_waiter(trace, sleepers) or _change_without_wake_up(trace, sleepers)


def _wrong_waiter(trace: Trace, sleepers: Sequence[Wait]) -> Pattern | None:
    """One is woken, can do nothing with it and sleeps again; on the same condition another sleeps at another line."""
    waits = {wait.task: wait for wait in sleepers}
    for notify, woken in reversed(list(_wake_ups(trace))):
        mine = waits.get(woken.task)
        if mine is None or any(is_write(step) for step in _later(trace, woken) if _is_data(step)):
            continue
        for other in sleepers:
            last = max((step.number for step in trace.steps if step.task == other.task), default=len(trace.steps))
            is_another = other.what == mine.what and other.place and mine.place and other.place.line != mine.place.line
            if is_another and last < notify.number:
                return _explain_wrong_waiter(trace, other, last, (notify, woken))
    return None


def _explain_wrong_waiter(trace: Trace, other: Wait, asleep_since: int, wake_up: tuple[Step, Step]) -> Pattern:
    notify, woken = wake_up
    mine, waker, sleeper = (name_of(trace, task) for task in (woken.task, notify.task, other.task))
    return Pattern(
        code="WAKE-WRONG-WAITER",
        why=f"The notify of {waker}{line(notify)} woke {mine}, which could do nothing with it and went back to sleep"
        f"{line(woken)}. {sleeper} waits on the same condition for something else, and slept on.",
        marks=(asleep_since, notify.number, woken.number),
        note="woken by step {1}, and back to sleep at once: the wake-up is used up",
        locks=(woken.subject,),
    )


def _change_without_wake_up(trace: Trace, sleepers: Sequence[Wait]) -> Pattern | None:
    """A tests and goes to sleep; somebody changes what it had tested, and does not wake it."""
    for wait in sleepers:
        test = _test_before(trace, wait.task, len(trace.steps) + 1)
        tested = _tested(trace, test) if test else {}
        changes = _changes(trace, tested, test) if test else []
        if changes:
            change = changes[-1]
            look = tested[change.variable]
            mine, other = name_of(trace, wait.task), name_of(trace, change.task)
            return Pattern(
                code="WAKE-LOST",
                why=f"{mine} tested{line(look)} and went to sleep. {other} changed what it had tested{line(change)},"
                f" and nobody woke it.",
                marks=(look.number, change.number),
                note=f"tested in step {{0}}; step {{1}} has changed it, and {mine} sleeps on",
                variables=(change.variable,) if change.variable else (),
            )
    return None


# --------------------------------------------------------------------------------------------------- steps


def _wake_ups(trace: Trace) -> Iterator[tuple[Step, Step]]:
    """Yield each notify with the step in which the task that it woke goes on."""
    for woken in trace.steps:
        before = trace.steps[: woken.number - 1] if woken.verb == "wait" else ()
        for step in before:
            if step.verb == "notify" and step.variable == woken.variable and step.task != woken.task:
                yield step, woken
                break


def _is_data(step: Step) -> bool:
    return step.by_learner and step.variable is not None and step.verb not in LOCK_VERBS


def _later(trace: Trace, step: Step) -> list[Step]:
    return [each for each in trace.steps if each.task == step.task and each.number > step.number]


def _is_same_line(one: Step, other: Step) -> bool:
    return one.place is not None and other.place is not None and one.place.line == other.place.line


def _test_before(trace: Trace, task: int, number: int) -> Step | None:
    """Return the last test that `task` made before the step of that number."""
    steps = [step for step in trace.steps[: number - 1] if step.task == task and _is_data(step)]
    return next((step for step in reversed(steps) if is_check(step)), None)


def _tested(trace: Trace, test: Step) -> dict[str | None, Step]:
    """Return everything that the line of the test looked at, with the last look."""
    steps = [step for step in trace.steps[: test.number] if step.task == test.task and _is_data(step)]
    return {step.variable: step for step in steps if is_read(step) and _is_same_line(step, test)}


def _first_access(trace: Trace, tested: dict[str | None, Step], woken: Step) -> Step | None:
    """Return the first step after the wake-up on anything that was tested; of that line the one that changes it."""
    steps = [step for step in _later(trace, woken) if _is_data(step) and step.variable in tested]
    if not steps:
        return None
    return next((step for step in steps if is_write(step) and _is_same_line(step, steps[0])), steps[0])


def _changes(trace: Trace, tested: dict[str | None, Step], test: Step) -> list[Step]:
    """Return what others changed, after the test, of what it had looked at."""
    others = [step for step in trace.steps[test.number :] if step.task != test.task and _is_data(step)]
    return [step for step in others if is_write(step) and step.variable in tested]
