"""A trace as the story that a person reads: one lane for each task, in plain ASCII."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dojo.model import LOCK_VERBS, Step, Task, Trace, Wait

WIDTH = 80
MOST_LANES = 3
MOST_COLUMNS = 2
FIRST_SCREEN = 10

_INDENT = 5
_NUMBER = 4
_GAP = 2
_VALUE_WIDTH = 12
_ARROWS = {"write": "<-"}


@dataclass(frozen=True, slots=True)
class Focus:
    """What of a trace the story is about; empty fields leave the choice to the renderer."""

    variables: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    marks: tuple[int, ...] = ()
    """Numbers of the steps that make the point, the decisive one last."""
    note: str = ""
    """Stands under the decisive step; {0}, {1}, ... are the numbers of the marked steps as shown."""


def render_story(trace: Trace, focus: Focus, *, rows: int = FIRST_SCREEN) -> list[str]:
    """Return the table of the steps that `focus` is about, shortened to `rows` rows."""
    chosen = _choose_steps(trace, focus)
    if not chosen:
        return []
    tasks = _choose_lanes(trace, chosen, focus)
    if len(tasks) < 2 and not focus.marks:
        return []
    numbers = {task.number for task in tasks}
    chosen = [step for step in chosen if step.task in numbers]
    omitted = {step.number for step in trace.steps if _matters(step) and step.task in numbers}
    omitted |= {step.number for step in chosen}
    return _render_table(tasks, _shorten(chosen, focus, rows), focus, omitted)


def render_all(trace: Trace, focus: Focus) -> list[str]:
    """Return the table of every step, in as many lanes as there are tasks with steps."""
    active = {step.task for step in trace.steps}
    tasks = [task for task in trace.tasks if task.number in active]
    return _render_table(tasks, list(trace.steps), focus, set())


def render_waits(tasks: Sequence[Task], waits: Sequence[Wait], home: str = "") -> list[str]:
    """Return who waits for what, since which line, and who holds it since which line; lines are of the file `home`."""
    names = {task.number: task.name for task in tasks}
    lines = []
    for wait in waits:
        task = next((task for task in tasks if task.number == wait.task), Task(wait.task, f"T{wait.task}"))
        who = f"{task.name} {task.label}".strip()
        is_home = wait.place is not None and home in ("", wait.place.path)
        at = f" at {'line ' if is_home else wait.place.path + ':'}{wait.place.line}" if wait.place else ""
        lines += _wrapped(f"{who} waits{at} {_for_what(wait, names)}", " " * _INDENT)
    return lines


def _for_what(wait: Wait, names: dict[int, str]) -> str:
    if wait.holder is None:
        return f"for {wait.what}"
    holder = names.get(wait.holder, f"T{wait.holder}")
    if wait.what == "the end of a thread":
        return f"for the end of {holder}"
    since = f" since line {wait.holder_place.line}" if wait.holder_place else ""
    if wait.holder == wait.task:
        return f"for {wait.what}, which it holds itself{since}"
    return f"for {wait.what}, held by {holder}{since}"


# ---------------------------------------------------------------------------------- which steps are shown


def shared_variables(trace: Trace) -> tuple[str, ...]:
    """Return what at least two tasks touched and at least one changed, in the order of the first step."""
    touched: dict[str, set[int]] = {}
    changed = set()
    for step in trace.steps:
        if step.variable is None or step.verb in LOCK_VERBS:
            continue
        touched.setdefault(step.variable, set()).add(step.task)
        if step.verb in ("write", "call"):
            changed.add(step.variable)
    return tuple(variable for variable, tasks in touched.items() if len(tasks) > 1 and variable in changed)


def _choose_steps(trace: Trace, focus: Focus) -> list[Step]:
    variables = focus.variables or (() if focus.locks else shared_variables(trace))
    chosen = []
    for step in trace.steps:
        on_lock = step.verb in LOCK_VERBS and (step.variable in focus.locks or step.subject in focus.locks)
        on_variable = step.variable is not None and step.variable in variables
        if on_lock or on_variable or step.number in focus.marks:
            chosen.append(step)
    return chosen


def _choose_lanes(trace: Trace, chosen: Sequence[Step], focus: Focus) -> list[Task]:
    marked = {step.task for step in chosen if step.number in focus.marks}
    active = marked or {step.task for step in chosen if step.by_learner} or {step.task for step in chosen}
    lanes = [task for task in trace.tasks if task.number in active]
    return lanes[:MOST_LANES]


def _matters(step: Step) -> bool:
    """Tell whether leaving out `step` is worth a row of dots: reading something else changes nothing."""
    return step.by_learner and step.verb not in ("read", "test", "iterate")


def _shorten(chosen: list[Step], focus: Focus, rows: int) -> list[Step]:
    """Drop what comes after the decisive step; keep the marked ones, and of the others those nearest before it."""
    if focus.marks:
        chosen = [step for step in chosen if step.number <= focus.marks[-1]]
    if len(chosen) <= rows:
        return chosen
    decisive = focus.marks[-1] if focus.marks else chosen[-1].number
    kept = {step.number for step in chosen if step.number in focus.marks}
    nearest = sorted(chosen, key=lambda step: abs(decisive - step.number))
    for step in nearest:
        if len(kept) >= max(rows - 2, 1):
            break
        kept.add(step.number)
    return [step for step in chosen if step.number in kept]


# --------------------------------------------------------------------------------------------- the table


@dataclass(frozen=True, slots=True)
class _Columns:
    lanes: tuple[Task, ...]
    lane: int
    variables: tuple[tuple[str, str], ...]
    """(variable, heading)"""


def _render_table(tasks: Sequence[Task], steps: list[Step], focus: Focus, omitted: set[int]) -> list[str]:
    columns = _layout(tasks, steps, focus)
    shown = {step.number: number for number, step in enumerate(steps, 1)}
    lines = [*_heading(columns)]
    values = {variable: _first_value(steps, variable) for variable, _ in columns.variables}
    previous = steps[0].number - 1 if steps else 0
    for step in steps:
        if any(number in omitted for number in range(previous + 1, step.number)) and previous >= steps[0].number:
            lines.append(" " * (_INDENT + _NUMBER + _GAP) + "...")
        previous = step.number
        if step.variable in values and (step.value is not None or step.verb == "write"):
            values[step.variable] = step.value or "?"
        lines.append(_row(step, shown[step.number], columns, values, is_decisive=step.number in focus.marks[-1:]))
        if focus.note and step.number in focus.marks[-1:]:
            lines += _note(focus, shown)
    return lines


def _layout(tasks: Sequence[Task], steps: Sequence[Step], focus: Focus) -> _Columns:
    written = (step.variable for step in steps if step.verb == "write" and step.variable)
    valued = {step.variable for step in steps if step.value}
    wanted = [name for name in focus.variables or dict.fromkeys(written) if name in valued]
    variables = tuple((name, _subject(steps, name)) for name in wanted)
    if len(tasks) >= MOST_LANES:
        variables = ()
    variables = variables[:MOST_COLUMNS]
    taken = _INDENT + _NUMBER + sum(_GAP + _width(steps, variable, name) for variable, name in variables)
    lane = max((WIDTH - taken) // max(len(tasks), 1) - _GAP, 12)
    return _Columns(tuple(tasks), min(lane, 34), variables)


def _subject(steps: Sequence[Step], variable: str) -> str:
    subject = next(step.subject for step in steps if step.variable == variable)
    return _cut(subject.removeprefix("self."), _VALUE_WIDTH)


def _width(steps: Sequence[Step], variable: str, name: str) -> int:
    longest = max((len(step.value or "") for step in steps if step.variable == variable), default=0)
    return max(len(name), min(longest, _VALUE_WIDTH))


def _first_value(steps: Sequence[Step], variable: str) -> str:
    first = next((step for step in steps if step.variable == variable), None)
    return first.value or "" if first and first.verb == "read" else ""


def _heading(columns: _Columns) -> Iterator[str]:
    titles = [_cut(f"{task.name} {task.label}".strip(), columns.lane) for task in columns.lanes]
    cells = [title.ljust(columns.lane) for title in titles] + [name for _, name in columns.variables]
    yield (" " * _INDENT + "step" + " " * _GAP + (" " * _GAP).join(cells)).rstrip()
    rules = ["-" * columns.lane for _ in titles] + ["-" * len(name) for _, name in columns.variables]
    yield " " * _INDENT + "----" + " " * _GAP + (" " * _GAP).join(rules)


def _row(step: Step, number: int, columns: _Columns, values: dict[str, str], *, is_decisive: bool) -> str:
    marker = f">>{number:>2}" if is_decisive else f"{number:>4}"
    cells = [(_cell(step, columns.lane) if task.number == step.task else "") for task in columns.lanes]
    cells = [cell.ljust(columns.lane) for cell in cells]
    for variable, name in columns.variables:
        is_touched = variable == step.variable
        cells.append((_cut(values[variable], _VALUE_WIDTH) if is_touched else "").ljust(len(name)))
    return (" " * _INDENT + marker + " " * _GAP + (" " * _GAP).join(cells)).rstrip()


def _cell(step: Step, width: int) -> str:
    """Return "14 write _balance <- 20"; where that is too long the verb goes first, then the end of the name."""
    line = f"{step.place.line} " if step.place and step.by_learner else ""
    value = "" if step.value is None else f" {_ARROWS.get(step.verb, '->')} {step.value}"
    subject = step.subject.removeprefix("self.")
    text = f"{line}{step.verb} {subject}".rstrip()
    if value and len(text) + len(value) > width:
        text = f"{line}{subject}"
    if len(text) + len(value) > width:
        text = _cut(text, max(width - len(value), width // 2))
    return _cut(text + value, width)


def _note(focus: Focus, shown: dict[int, int]) -> list[str]:
    numbers = [shown.get(mark, mark) for mark in focus.marks]
    return _wrapped("`-- " + focus.note.format(*numbers), " " * (_INDENT + _NUMBER + _GAP))


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "    ")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 2, 0)] + ".."
