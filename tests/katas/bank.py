"""The bank: complete submissions, right and wrong, each with what must be said about it in its first line."""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from dojo.catalog import Kata
from dojo.report.attached import card_in
from dojo.report.card import CheckCard, ReportCard
from dojo.sandbox.sandbox import Sandbox

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "submissions"
FIRST_LINE = re.compile(
    r"# (?:right: (?P<design>\S.*)|wrong: (?P<mistake>\S.*) -> (?P<verdict>[a-z-]+) (?P<code>[A-Z-]+))"
)


@dataclass(frozen=True)
class Submission:
    """One file of the bank."""

    path: Path
    is_right: bool
    sentence: str
    verdict: str
    code: str

    @property
    def kata(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return self.path.relative_to(BANK).with_suffix("").as_posix()


def load_submission(path: Path) -> Submission:
    """Read what a file of the bank announces."""
    with path.open(encoding="utf-8") as file:
        line = file.readline().rstrip("\n")
    match = FIRST_LINE.fullmatch(line)
    kind = path.name.partition("_")[0]
    if match is None or kind != ("right" if match["design"] else "wrong"):
        raise ValueError(
            f"{path}: {line!r} is not '# right: design' or '# wrong: mistake -> verdict CODE', as the name says"
        )
    if match["design"]:
        return Submission(path, is_right=True, sentence=match["design"], verdict="passed", code="")
    return Submission(path, is_right=False, sentence=match["mistake"], verdict=match["verdict"], code=match["code"])


def load_bank() -> list[Submission]:
    """Return the whole bank, sorted by name."""
    return [load_submission(path) for path in sorted(BANK.glob("*/*/*.py"))]


SHARES = 5


def share_of(everything: list[T]) -> list[T]:
    """Return what this version of Python grades in an ordinary run: a fifth, another one on each of 3.11 to 3.15.

    All of it on every version takes more than an hour; DOJO_BANK=all asks for that.
    """
    if os.environ.get("DOJO_BANK") == "all":
        return everything
    return everything[sys.version_info.minor % SHARES :: SHARES]


def environment() -> dict[str, str]:
    """Return the environment for a command that a learner would start: nothing of the pytest around it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


def dojo(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a learner does, from the top of the checkout."""
    command = [sys.executable, "-m", "dojo", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


SANDBOX = Sandbox()
"""Of all gradings in this process: to start another one takes as long as many a submission."""
atexit.register(SANDBOX.close)


@dataclass
class Collector:
    """Takes the cards that the plugin attaches to pytest's reports."""

    cards: list[CheckCard] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def pytest_dojo_sandbox(self) -> Sandbox:
        return SANDBOX

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        card = card_in(report.user_properties)
        if card is not None and report.when != "teardown":
            self.cards.append(card)
        elif card is None and (report.failed or report.skipped):
            self.unexpected.append(f"{report.nodeid} {report.when}: {report.longreprtext}")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.unexpected.append(report.longreprtext)


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


def grade(kata: Kata, submission: Path, *options: str) -> ReportCard:
    """Grade one file by the kata's grader in this process: a bank is large, and a command for each file is slow.

    With `-x` among the options the first check that fails is the last one: it decides the verdict.
    """
    collector = Collector()
    arguments = [
        "-c",
        os.devnull,
        "--rootdir",
        str(ROOT),
        "--confcutdir",
        str(ROOT),
        "-p",
        "no:cacheprovider",
        "--capture=sys",
    ]
    with quietly():
        pytest.main(
            [*arguments, f"--submission={submission}", *options, str(kata.grader(ROOT))],
            plugins=[collector],
        )
    assert not collector.unexpected, "\n".join(collector.unexpected)
    return ReportCard(kata.slug, sys.version.split()[0], submission.name, tuple(collector.cards))


def told(card: ReportCard) -> str:
    """Return what was said about a submission, for a test that fails."""
    failures = [(each.name, each.check.verdict, each.failure.diagnosis) for each in card.checks if each.failure]
    lines = [f"  {name}: {type(verdict).__name__} {said.code}: {said.sentence}" for name, verdict, said in failures]
    return "\n".join([f"{card.kata} {card.submission}: {card.verdict} {card.diagnosis.code}", *lines])
