"""The places at which instrumented code calls hooks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """One place in the source at which a hook is called."""

    path: str
    line: int
    verb: str
    member: str
    """The attribute, variable or method name; empty for items and whole containers."""
    subject: str
    """How the source writes what is accessed."""
    by_learner: bool


SITES: list[Site] = []
"""Every place that hooks name, by number, for the life of this process."""
