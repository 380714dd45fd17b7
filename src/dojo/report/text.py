"""Reports for people: plain text, 80 columns, the consequence first."""

from __future__ import annotations

import shlex
import textwrap
from collections.abc import Sequence

from dojo.model import Evidence, NotPassed, Passed, Place, ProcessStack
from dojo.report.card import CheckCard, ReportCard
from dojo.report.words import merge_explored, render_all_shown, render_outcomes, render_shown

WIDTH = 80
_LABEL = 10
_INDENT = " " * 5
_MOST_FRAMES = 4
_MOST_OUTPUT_LINES = 8
_MOST_OTHERS = 6
_MOST_LINES = 10
_NAME = 46


def render_report(card: ReportCard, others: int = _MOST_OTHERS) -> str:
    """Return the report on one kata: the first failure in full, so many others as one line each."""
    if card.decisive is None and card.checks:
        return "\n".join(_success(card))
    return "\n".join(_failures(card, others))


def render_check(kata: str, card: CheckCard) -> str:
    """Return the report on one check that did not pass."""
    assert card.failure is not None, f"check {card.name!r} passed"
    return "\n".join(_failure(kata, card, card.failure))


# ------------------------------------------------------------------------------------------------ success


def _success(card: ReportCard) -> list[str]:
    width = min(max(len(check.name) for check in card.checks), _NAME)
    verdicts = [check.check.verdict for check in card.checks if isinstance(check.check.verdict, Passed)]
    lines = _hanging(f"{card.kata}: passed in ", f"{render_all_shown(verdicts)} (Python {card.python})", 2)
    lines.append("")
    for check, verdict in zip(card.checks, verdicts, strict=True):
        line = f"  ok  {check.name.ljust(width)}  {render_shown(verdict)}"
        lines += [line] if len(line) <= WIDTH else [f"  ok  {check.name}", *_hanging(" " * 8, render_shown(verdict), 8)]
    for sentence in _not_covered(card.checks):
        lines += _hanging("  not covered: ", sentence, 6)
    taught = [text for text in (card.accepted, card.what_if) if text]
    for text in taught:
        lines += ["", *_wrap(text, "  ")]
    return lines


def _not_covered(checks: Sequence[CheckCard]) -> list[str]:
    verdicts = [card.check.verdict for card in checks]
    explored = [verdict.explored for verdict in verdicts if isinstance(verdict, Passed) and verdict.explored]
    return list(dict.fromkeys(sentence for several in explored for sentence in merge_explored(several).not_covered))


# ------------------------------------------------------------------------------------------------ failure


def _failures(card: ReportCard, others: int) -> list[str]:
    first = card.decisive
    if first is None or first.failure is None:
        return [f"{card.kata}: no check ran"]
    passed = sum(1 for check in card.checks if check.failure is None)
    lines = [f"{card.kata}: {card.verdict} on Python {card.python}, {passed} of {_checks(len(card.checks))} pass", ""]
    lines += _failure(card.kata, first, first.failure)
    return lines + _others(card, first, others)


def _checks(count: int) -> str:
    return "1 check" if count == 1 else f"{count} checks"


def _others(card: ReportCard, first: CheckCard, most: int) -> list[str]:
    said = {_one_line(first)}
    others = []
    for check in card.checks:
        if check.failure is not None and _one_line(check) not in said:
            said.add(_one_line(check))
            others.append(_cut(f"  {_one_line(check)}", WIDTH))
    if not others:
        return []
    if not most:
        return ["", f"and {len(others)} more: dojo run {card.kata}"]
    more = [f"  and {len(others) - most} more"] if len(others) > most else []
    return ["", "also", *others[:most], *more]


def _one_line(card: CheckCard) -> str:
    assert card.failure is not None
    return f"{card.failure.diagnosis.code}  {card.failure.diagnosis.sentence}"


def _failure(kata: str, card: CheckCard, verdict: NotPassed) -> list[str]:
    evidence = verdict.evidence
    lines = _headline(card, verdict)
    lines += _where(evidence.place)
    if card.story:
        lines += ["", *card.story]
    for stack in evidence.stacks:
        lines += ["", *_stack(stack)]
    facts = [*_facts(evidence), *_next(kata, card, verdict)]
    return [*lines, "", *facts] if facts else lines


def _headline(card: CheckCard, verdict: NotPassed) -> list[str]:
    sentence = verdict.diagnosis.sentence
    if card.is_fault:
        first, *rest = f"{card.error or verdict.diagnosis.code}  {sentence}".splitlines()
        # What follows is a traceback: whoever repairs this needs it as it is.
        return [*_wrap(first, ""), *(_printable(line) for line in rest if line.strip())]
    return _hanging(f"{verdict.diagnosis.code}  ", sentence, 2)


def _where(place: Place | None) -> list[str]:
    if place is None:
        return []
    return [_cut(f"  {place.path}:{place.line}   {place.text.strip()}".rstrip(), WIDTH)]


def _stack(stack: ProcessStack) -> list[str]:
    lines = [f"{_INDENT}{stack.role}"]
    for place, function in stack.frames[:_MOST_FRAMES]:
        lines.append(_cut(f"{_INDENT}  {place.path}:{place.line} in {function}   {place.text.strip()}".rstrip(), WIDTH))
    return lines


def _facts(evidence: Evidence) -> list[str]:
    lines = []
    if evidence.why:
        lines += _labelled("why", evidence.why)
    if evidence.outcomes:
        heads = ["outcomes", *[""] * (_MOST_LINES)]
        for head, part in zip(heads, render_outcomes(evidence.outcomes, evidence.explored), strict=False):
            lines += _labelled(head, part)
    if evidence.explored:
        for sentence in evidence.explored.not_covered:
            lines += _labelled("not seen", sentence)
    if evidence.output.strip():
        printed = evidence.output.strip().splitlines()[-_MOST_OUTPUT_LINES:]
        lines += [_INDENT + "printed", *(_cut(f"{_INDENT}  | {_printable(line)}", WIDTH) for line in printed)]
    return lines


def _next(kata: str, card: CheckCard, verdict: NotPassed) -> list[str]:
    """Return what to do now: commands that can be pasted as they stand, as many as fit on a line."""
    if card.is_fault:
        return []
    hint, explain = f"dojo hint {kata}", f"dojo explain {verdict.diagnosis.code}"
    replay = f"dojo replay {kata} {shlex.quote(card.replay)} {card.origin}".rstrip() if card.replay else ""
    room = WIDTH - len(_INDENT) - _LABEL
    if len(replay) > room:
        # It has to be pasted as it is, so it may not be broken: it gets as much of a line as there is.
        return [*_in_columns([hint, explain], room), f"  {replay}"]
    return _in_columns([command for command in (hint, replay, explain) if command], room)


def _in_columns(commands: Sequence[str], room: int) -> list[str]:
    lines: list[str] = []
    for command in commands:
        joined = f"{lines[-1]}     {command}" if lines else ""
        if lines and len(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(command)
    heads = ["next", *[""] * (len(lines) - 1)]
    return [f"{_INDENT}{head.ljust(_LABEL)}{line}" for head, line in zip(heads, lines, strict=True)]


# ------------------------------------------------------------------------------------------------- layout


def _labelled(label: str, text: str) -> list[str]:
    return _hanging(f"{_INDENT}{label.ljust(_LABEL)}", text, len(_INDENT) + _LABEL)


def _hanging(head: str, text: str, indent: int) -> list[str]:
    text = _printable(text)
    return textwrap.wrap(text, WIDTH, initial_indent=head, subsequent_indent=" " * indent) or [head.rstrip()]


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _printable(text: str) -> str:
    """Return `text` with whatever could steer a terminal shown as an escape."""
    return "".join(char if char.isprintable() or char in "\n\t" else repr(char)[1:-1] for char in text)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 2] + ".."
