"""A schedule as a short string: one character for each decision between tasks that could go on."""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def render_schedule(choices: Sequence[int]) -> str:
    """Return `choices` as text; tasks from 36 on are written as "(40)", and the empty schedule as "-"."""
    return "".join(DIGITS[choice] if choice < len(DIGITS) else f"({choice})" for choice in choices) or "-"


def parse_schedule(text: str) -> list[int]:
    """Return the choices of a schedule; raise ValueError where `text` is none."""
    choices: list[int] = []
    rest = "" if text == "-" else text
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
