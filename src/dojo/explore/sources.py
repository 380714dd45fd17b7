"""From frames to places: whose code a frame runs, and what the line says."""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import FrameType, TracebackType

from dojo.model import Place


class Sources:
    """The texts of the submission and the grader of one job."""

    def __init__(self, submission: str, grader: str, texts: dict[str, str]) -> None:
        self.submission = submission
        self.grader = grader
        self._lines = {path: text.splitlines() for path, text in texts.items()}

    def place(self, path: str, line: int) -> Place:
        lines = self._lines.get(path, [])
        text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return Place(os.path.basename(path), line, text)

    def place_of(self, frames: Iterable[FrameType | TracebackType]) -> Place | None:
        """Return the innermost place in the submission, or else in the grader, or None."""
        fallback: Place | None = None
        for entry in frames:
            if isinstance(entry, TracebackType):
                path, line = entry.tb_frame.f_code.co_filename, entry.tb_lineno
            else:
                path, line = entry.f_code.co_filename, entry.f_lineno
            if path == self.submission:
                return self.place(path, line)
            if path == self.grader and fallback is None:
                fallback = self.place(path, line)
        return fallback
