"""Traces written by hand, a line for each step: "T1 13 read _balance -> 0 under self._lock"."""

from __future__ import annotations

import re

from dojo.model import Place, Step, Task, Trace

_LINE = re.compile(
    r"(?P<task>main|T\d+) (?P<line>-|\d+)(?P<preempts>!?) (?P<verb>\w+) (?P<subject>\S+)"
    r"(?: (?:->|<-) (?P<value>.*?))?(?: under (?P<holds>[^{]*?))?(?: \{(?P<text>.*)\})?"
)


def trace(text: str, **labels: str) -> Trace:
    """Return the trace that `text` describes; `labels` are what the tasks were asked to do, by name."""
    steps = tuple(_step(number, line.strip()) for number, line in enumerate(text.strip().splitlines(), 1))
    numbers = sorted({step.task for step in steps})
    tasks = tuple(Task(number, _name(number), labels.get(_name(number), "")) for number in numbers)
    return Trace(tasks, steps, "1221", 1)


def _name(number: int) -> str:
    return f"T{number}" if number else "main"


def _step(number: int, line: str) -> Step:
    match = _LINE.fullmatch(line)
    assert match, f"not a step: {line!r}"
    task = 0 if match["task"] == "main" else int(match["task"][1:])
    is_learners = match["line"] != "-"
    place = Place("account.py", int(match["line"]), match["text"] or "") if is_learners else None
    subject = match["subject"]
    # "items.append" is a call on the variable "items".
    variable = subject.rpartition(".")[0] if match["verb"] == "call" else subject
    return Step(
        number,
        task,
        match["verb"],
        subject,
        match["value"] or None,
        place,
        is_learners,
        variable,
        tuple(match["holds"].split(", ")) if match["holds"] else (),
        preempts=bool(match["preempts"]),
    )
