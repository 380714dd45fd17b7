"""A schedule as a short string: one character for each decision between tasks that could go on."""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
STARTS = "+"
"""Before a schedule in which the start of a thread is a step."""


def render_schedule(choices: Sequence[int], *, starts: bool = False) -> str:
    """Return `choices` as text; tasks from 36 on are written as "(40)", and the empty schedule as "-"."""
    text = "".join(DIGITS[choice] if choice < len(DIGITS) else f"({choice})" for choice in choices) or "-"
    return STARTS + text if starts else text


def has_starts(text: str) -> bool:
    """Tell whether the start of a thread is a step in a schedule."""
    return text.startswith(STARTS)


def parse_schedule(text: str) -> list[int]:
    """Return the choices of a schedule; raise ValueError where `text` is none."""
    choices: list[int] = []
    rest = text.removeprefix(STARTS)
    if rest == "-":
        return choices
    while rest:
        if rest[0] == "(":
            number, closing, rest = rest[1:].partition(")")
            if not closing or not number.isdecimal():
                raise ValueError(f"not a schedule: {text!r}")
            choices.append(int(number))
        else:
            if rest[0] not in DIGITS:
                raise ValueError(f"not a schedule: {text!r} holds {rest[0]!r}")
            choices.append(DIGITS.index(rest[0]))
            rest = rest[1:]
    return choices
