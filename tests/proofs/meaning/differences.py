"""Tests that end differently with an instrumented module, each with the reason why that cannot be helped."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "test_builtins_have_signatures": "looks at every name among the builtins, where the hooks stand too",
    "test_inline_table_recursion_limit": "goes to within a few calls of the recursion limit; a hook is one call more",
}
"""Part of the id of a test -> why."""


def reason_for(test: str) -> str | None:
    return next((reason for part, reason in REASONS.items() if part in test), None)
