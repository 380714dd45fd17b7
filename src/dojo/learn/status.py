"""Where a learner stands: the course, kata by kata."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dojo.catalog import Kata
from dojo.learn.progress import Progress, find_current


def render_course(katas: Sequence[Kata], progress: Progress) -> str:
    """Return the list of katas with what has passed and which one is next."""
    current = find_current(katas, progress)
    width = max(len(kata.slug) for kata in katas)
    lines = []
    for kata in katas:
        state = "passed" if progress.has_passed(kata) else "next" if kata is current else ""
        lines.append(f"  {state:<6}  {kata.slug.ljust(width)}  {kata.title}"[:80].rstrip())
    return "\n".join(lines)


def render_nearby(katas: Sequence[Kata], progress: Progress) -> str:
    """Return how far the course has come, and the lines of it around the current kata."""
    current = find_current(katas, progress)
    place = katas.index(current) if current in katas else len(katas)
    lines = render_course(katas, progress).splitlines()[max(place - 1, 0) : place + 2]
    count = sum(map(progress.has_passed, katas))
    return "\n".join([f"{count} of {len(katas)} katas pass; the whole course: dojo list", "", *lines])


def render_place(root: Path, kata: Kata) -> str:
    """Return where the lesson of `kata` is read and where its exercise is edited."""
    lesson, exercise = kata.lesson(root), kata.submission(root / "exercises")
    return f"  read  {_shown(lesson)}\n  edit  {_shown(exercise)}"


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
