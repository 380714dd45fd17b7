"""What a terminal gets beyond plain text: colour, and a line that moves while there is something to wait for."""

from __future__ import annotations

import re
import sys
from types import TracebackType
from typing import TextIO

from rich.console import Console
from rich.status import Status
from rich.text import Text

from dojo.model import Json
from dojo.report.card import CheckCard

_STYLES = (
    (re.compile(r"^[A-Z]+(-[A-Z]+)+  |^(CONTRACT|STUB|ZOMBIE|PICKLE|FAULT)  "), "bold red"),
    (re.compile(r"^\S+: passed.*"), "bold green"),
    (re.compile(r"^\S+: (?!passed)\S+ on Python.*"), "bold"),
    (re.compile(r"^  ok "), "green"),
    (re.compile(r"^ +>> ?\d+.*"), "bold yellow"),
    (re.compile(r"^ +`-- .*"), "yellow"),
    (re.compile(r"^     (why|outcomes|next|printed|not seen)\b"), "dim"),
    (re.compile(r"\bdojo (hint|replay|explain|run)\b.*"), "cyan"),
)


def print_report(text: str, stream: TextIO | None = None) -> None:
    """Print a report; on a terminal with colour, which never says anything that the text does not."""
    console = Console(file=stream or sys.stdout, highlight=False, soft_wrap=True)
    if not console.is_terminal:
        print(text, file=stream or sys.stdout)
        return
    for line in text.splitlines():
        console.print(_painted(line))


def _painted(line: str) -> Text:
    text = Text(line)
    for pattern, style in _STYLES:
        for match in pattern.finditer(line):
            text.stylize(style, *match.span())
    return text


class ProgressLine:
    """One line on standard error, on a terminal only: which check runs, and how many interleavings it has tried."""

    def __init__(self) -> None:
        # The stream itself, not the name: pytest's output is redirected while this line moves.
        self._console = Console(file=sys.stderr)
        self._status: Status | None = None
        self._kata, self._done, self._checks = "", 0, 0

    def __enter__(self) -> ProgressLine:
        if self._console.is_terminal:
            self._status = self._console.status("collecting the checks")
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._status is not None:
            self._status.stop()

    def begin(self, kata: str, checks: int) -> None:
        """Hear that the grading of a kata begins."""
        self._kata, self._done, self._checks = kata, 0, checks

    def start(self, check: str) -> None:
        """Hear that a check begins."""
        self._show(check, "")

    def progress(self, check: str, progress: Json) -> None:
        """Hear how far a check has come."""
        tried = progress.get("executions") if isinstance(progress, dict) else None
        self._show(check, f", {tried:,} interleavings tried" if isinstance(tried, int) else "")

    def end(self, card: CheckCard) -> None:
        """Hear that a check has its verdict."""
        self._done += 1

    def _show(self, check: str, more: str) -> None:
        if self._status is not None:
            self._status.update(Text(f"{self._kata} {self._done + 1}/{self._checks}  {check}{more}"))
