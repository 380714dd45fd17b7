import io
import re
from collections.abc import Callable

import pytest

from dojo.learn import screen
from dojo.learn.screen import ProgressLine, print_report
from dojo.model import Check, Passed
from dojo.report.card import CheckCard

REPORT = "account: failed on Python 3.13.0, 0 of 1 check pass\n\nRACE-LOST-UPDATE  one vanished\n     >> 4  write"


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def without_escapes(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_a_file_gets_plain_text() -> None:
    stream = io.StringIO()
    print_report(REPORT, stream)
    assert stream.getvalue() == REPORT + "\n"


def test_a_terminal_gets_colour_and_the_same_text() -> None:
    stream = Terminal()
    print_report(REPORT, stream)
    assert "\x1b[1;31mRACE-LOST-UPDATE" in stream.getvalue()
    assert without_escapes(stream.getvalue()) == REPORT + "\n"


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    print_report(REPORT, stream)
    assert "\x1b[1;31m" not in stream.getvalue()
    assert "\x1b[3" not in stream.getvalue()


def follow(line: ProgressLine) -> None:
    line.begin("account", 2)
    line.start("no_deposit_is_lost")
    line.progress("no_deposit_is_lost", {"executions": 1_200})
    line.progress("no_deposit_is_lost", "something else")
    line.end(CheckCard(Check("no_deposit_is_lost", Passed(plans=1))))


@pytest.mark.parametrize(("make", "is_seen"), [(Terminal, True), (io.StringIO, False)])
def test_progress_is_shown_on_terminals_only(
    make: Callable[[], io.StringIO], is_seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = make()
    monkeypatch.setattr(screen.sys, "stderr", stream)
    with ProgressLine() as line:
        follow(line)
    assert ("account" in stream.getvalue() or "collecting" in stream.getvalue()) == is_seen
    assert stream.getvalue().count("\x1b[?25h") == (1 if is_seen else 0)
