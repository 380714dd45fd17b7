"""The hints of a kata, one more at a time."""

from __future__ import annotations

import textwrap

from dojo.catalog import Kata


def render_hints(kata: Kata, shown: int, *, every: bool) -> str:
    """Return hint number `shown`, or every hint up to it, and whether there is another."""
    total = len(kata.hints)
    numbers = range(1, shown + 1) if every else range(shown, shown + 1)
    lines = [f"{kata.slug}: {kata.title}"]
    for number in numbers:
        lines += ["", f"hint {number} of {total}", *_wrapped(kata.hints[number - 1])]
    if shown < total:
        lines += ["", f"another one: dojo hint {kata.slug}"]
    elif not every:
        lines += ["", f"that was the last one; all of them: dojo hint {kata.slug} --all"]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    """Wrap prose; lines that are indented, as code is, stay as they are."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        is_code = any(line.startswith((" ", "\t")) for line in paragraph.splitlines())
        lines += [f"  {line}" for line in (paragraph.splitlines() if is_code else textwrap.wrap(paragraph, 78))]
    return lines
