"""One schedule of one check, shown step by step."""

from __future__ import annotations

import textwrap

from dojo.diagnosis import diagnose
from dojo.errors import UsageError
from dojo.learn.session import Subject, replay_check
from dojo.model import Returned, Stuck
from dojo.report.words import render_ending
from dojo.sandbox.sandbox import Sandbox
from dojo.trace import Focus, render_all, render_waits


def parse_replay(text: str) -> tuple[str, int, str]:
    """Split what a report prints after `dojo replay KATA`: check, which of its explorations, schedule."""
    head, colon, schedule = text.rpartition(":")
    check, _, number = head.partition("/")
    if not colon or not check or not (number or "1").isdecimal():
        raise UsageError(
            "bad-replay", f"{text!r} is not CHECK:SCHEDULE: copy the whole line that begins with dojo replay"
        )
    return check, int(number or "1"), schedule


def render_replay(subject: Subject, text: str, sandbox: Sandbox | None = None) -> str:
    """Return every step of the schedule that `text` names, and how it ends."""
    check, number, schedule = parse_replay(text)
    trace, ending = replay_check(subject, check, number, schedule, sandbox=sandbox)
    finding = diagnose(ending, trace)
    lines = [f"{subject.kata.slug}, check {check}, schedule {schedule}", ""]
    lines += render_all(trace, Focus(finding.variables, finding.locks, finding.marks, finding.note))
    if isinstance(ending, Stuck):
        lines += ["", *render_waits(trace.tasks, ending.waits, subject.path.name)]
    how = "returns" if isinstance(ending, Returned) else "ends in"
    lines += ["", f"  the scenario {how} {render_ending(ending)}"]
    if finding.why:
        lines += textwrap.wrap(
            f"{finding.diagnosis.code}: {finding.why}", 80, initial_indent="  ", subsequent_indent="  "
        )
    return "\n".join(lines)
