"""Every classic program takes as many executions as ever until its mistake is found; the twin without it never fails.

The long ones only with DOJO_PROOFS=all in the environment.
"""

from __future__ import annotations

import os

import pytest

from tests.quality.classic_programs import executions_until_found, explore, load_numbers, names, numbers_of

ALL = os.environ.get("DOJO_PROOFS") == "all"
# Executions; the whole default exploration takes some thousands where a program cannot be exhausted.
LONG = 600
# One execution of these takes many thousands of steps.
HEAVY = ("safestack", "twostage_100")


def _selected(variant: str) -> list[str]:
    """Return the programs whose pinned number of executions is small, or all of them."""
    pinned = load_numbers()
    return [name for name in names() if ALL or (name not in HEAVY and pinned.get(name, {}).get(variant, 0) <= LONG)]


def test_every_program_is_pinned() -> None:
    assert sorted(load_numbers()) == names()


def test_the_default_budget_finds_every_mistake_but_one() -> None:
    assert {name for name in names() if numbers_of(name).found == 0} == {"safestack"}


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", _selected("found"))
def test_it_takes_as_many_executions_as_ever_until_the_mistake_is_found(name: str) -> None:
    assert (executions_until_found(name) or 0) == numbers_of(name).found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", _selected("buggy"))
def test_a_mistake_takes_as_many_executions_as_ever(name: str) -> None:
    numbers = numbers_of(name)
    assert explore(name, "buggy") == (numbers.buggy, numbers.buggy_claim, numbers.found or None)


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", _selected("fixed"))
def test_the_twin_never_fails(name: str) -> None:
    numbers = numbers_of(name)
    assert explore(name, "fixed") == (numbers.fixed, numbers.fixed_claim, None)
