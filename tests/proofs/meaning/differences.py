"""Tests that end differently with an instrumented module, each with the reason why that cannot be helped."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "test_builtins_have_signatures": "looks at every name among the builtins, where the hooks stand too",
}
"""Part of the id of a test -> why."""


def reason_for(test: str) -> str | None:
    return next((reason for part, reason in REASONS.items() if part in test), None)
