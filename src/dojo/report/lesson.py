"""What a code means, as `dojo explain` prints it."""

from __future__ import annotations

import textwrap
from typing import Protocol


class Explained(Protocol):
    """What is known of a code."""

    @property
    def code(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def meaning(self) -> str: ...

    @property
    def repair(self) -> str: ...

    @property
    def see(self) -> str: ...


def render_lesson(lesson: Explained) -> str:
    """Return the lesson on one code in 80 columns."""
    parts = {"What it means": lesson.meaning, "The usual repair": lesson.repair, "How to see it": lesson.see}
    lines = [f"{lesson.code}  {lesson.title}"]
    for heading, text in parts.items():
        lines += ["", heading, *textwrap.wrap(text, 80, initial_indent="  ", subsequent_indent="  ")]
    return "\n".join(lines)
