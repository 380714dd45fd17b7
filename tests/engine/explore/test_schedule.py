"""Schedules as text, there and back."""

from __future__ import annotations

import pytest

from dojo.explore.schedule import parse_schedule, render_schedule


@pytest.mark.parametrize(
    ("choices", "text"),
    [([], "-"), ([0, 1, 1, 0], "0110"), ([10, 35], "az"), ([36], "(36)"), ([1, 499, 2], "1(499)2")],
)
def test_a_schedule_is_one_character_a_choice(choices: list[int], text: str) -> None:
    assert render_schedule(choices) == text
    assert parse_schedule(text) == choices


def test_nothing_is_the_empty_schedule_too() -> None:
    assert parse_schedule("") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0A1", "not a schedule: '0A1' holds 'A'"),
        ("01-", "not a schedule: '01-' holds '-'"),
        ("0 1", "not a schedule: '0 1' holds ' '"),
        ("1(36", "not a schedule: '1(36'"),
        ("()", "not a schedule: '()'"),
        ("(-1)", "not a schedule: '(-1)'"),
        ("1)", "not a schedule: '1)' holds ')'"),
        ("\u0661", "not a schedule: '\u0661' holds '\u0661'"),
    ],
)
def test_what_is_no_schedule_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_schedule(text)
    assert str(caught.value) == message
