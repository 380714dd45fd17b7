"""One kata graded by pytest inside this process, with pytest's own output kept off the screen."""

from __future__ import annotations

import contextlib
import io
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from dojo.catalog import Kata, Target
from dojo.errors import InternalError, UsageError
from dojo.model import Ending, Json, Trace
from dojo.report.attached import card_in, replay_in
from dojo.report.card import CheckCard, ReportCard, fault
from dojo.sandbox.sandbox import Sandbox


class Watch(Protocol):
    """Is told how far the grading has come."""

    def begin(self, kata: str, checks: int) -> None: ...

    def start(self, check: str) -> None: ...

    def progress(self, check: str, progress: Json) -> None: ...

    def end(self, card: CheckCard) -> None: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """What is graded: a file, or the exercise or the solution of the kata."""

    root: Path
    kata: Kata
    file: Path | None = None
    target: Target = "exercises"

    @property
    def path(self) -> Path:
        return self.file or self.kata.submission(self.root / self.target)


@dataclass
class Collector:
    """The pytest plugin that takes the reports instead of a terminal."""

    subject: Subject
    sandbox: Sandbox | None = None
    watch: Watch | None = None
    cards: list[CheckCard] = field(default_factory=list)
    replayed: tuple[Trace, Ending, bool] | None = None
    interrupted: bool = False

    def pytest_dojo_sandbox(self) -> Sandbox | None:
        """Give the one that was given to us."""
        return self.sandbox

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Say how many checks there are."""
        if self.watch:
            self.watch.begin(self.subject.kata.slug, len(session.items))

    def pytest_runtest_logstart(self, location: tuple[str, int | None, str]) -> None:
        """Say which check is next."""
        if self.watch:
            self.watch.start(location[2].removeprefix("test_"))

    def pytest_dojo_progress(self, check: str, progress: Json) -> None:
        """Pass on how far the current check has come."""
        if self.watch:
            self.watch.progress(check, progress)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the card of a check, or make one where something else went wrong."""
        card = card_in(report.user_properties)
        self.replayed = self.replayed or replay_in(report.user_properties)
        if card is None and (report.failed or report.skipped):
            card = _lost(report)
        # The property stays on the item, so that the report of its teardown carries it again.
        if card is not None and card.name not in [known.name for known in self.cards]:
            self.cards.append(card)
            if self.watch:
                self.watch.end(card)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A grader that does not import is a fault too."""
        if report.failed:
            self.cards.append(_broken("collection", report.longreprtext))

    def pytest_internalerror(self, excrepr: object) -> None:
        """So is a pytest that fails."""
        self.cards.append(_broken("pytest", str(excrepr)))

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Remember it: pytest itself only returns another exit code."""
        # A session that ends since a grader does not import is interrupted by pytest, not by the user.
        self.interrupted = not isinstance(excinfo.value, pytest.Session.Interrupted)


def grade_kata(subject: Subject, sandbox: Sandbox | None = None, watch: Watch | None = None) -> ReportCard:
    """Run every check of a kata and return the report; raise KeyboardInterrupt where the user ended it.

    The processes of the checks are those of `sandbox`; without one they are started for this kata alone.
    """
    collector = Collector(subject, sandbox, watch)
    said = _run_pytest(collector, str(subject.kata.grader(subject.root)), [])
    if said and not collector.cards:
        raise InternalError(
            "pytest-failed", f"pytest came to no check in {subject.root}: {' '.join(said.split())[-600:]}."
        )
    kata = subject.kata
    return ReportCard(
        kata=kata.slug,
        python=platform.python_version(),
        submission=subject.path.name,
        checks=tuple(collector.cards),
        title=kata.title,
        accepted=kata.accepted,
        what_if=kata.what_if,
    )


def replay_check(
    subject: Subject, check: str, number: int, schedule: str, *, sandbox: Sandbox | None = None
) -> tuple[Trace, Ending]:
    """Run one schedule in place of an exploration of a check and return its trace; UsageError where it does not fit."""
    collector = Collector(subject, sandbox)
    _run_pytest(collector, f"{subject.kata.grader(subject.root)}::test_{check}", [f"--dojo-replay={number}:{schedule}"])
    if collector.replayed is not None:
        trace, ending, fits = collector.replayed
        if not fits:
            raise UsageError(
                "no-such-schedule",
                f"schedule {schedule} does not fit check {check!r} of {subject.path.name}: it chooses a thread that "
                "cannot go on there, or goes on after the end; copy it from a report on this very file",
            )
        return trace, ending
    card = next((card for card in collector.cards if card.failure), None)
    if card is None or card.failure is None:
        raise UsageError("no-such-check", f"kata {subject.kata.slug!r} has no check {check!r} that explores so often")
    if card.is_fault:
        raise InternalError("replay", f"{card.error} {card.failure.diagnosis.sentence}")
    raise UsageError("not-reached", f"check {check!r} does not come so far: {card.failure.diagnosis.sentence}")


def _run_pytest(collector: Collector, what: str, options: list[str]) -> str:
    """Run pytest, and return what it said where it came to no check."""
    subject = collector.subject
    root = str(subject.root)
    # No configuration: neither the learner's own pytest settings nor those of the dojo's tests have a say here.
    arguments = ["-c", os.devnull, "--rootdir", root, "--confcutdir", root, "-p", "no:cacheprovider", "--capture=sys"]
    arguments += [f"--submission={subject.file}" if subject.file else f"--target={subject.target}"]
    with _quiet() as said:
        code = pytest.main([*arguments, *options, what], plugins=[collector])
    if collector.interrupted:
        raise KeyboardInterrupt
    return said() if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.INTERNAL_ERROR) else ""


@contextlib.contextmanager
def _quiet() -> Iterator[Callable[[], str]]:
    """Keep pytest's output to itself, and other people's plugins out of it; give a function that returns the output."""
    name = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            yield said.getvalue
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _lost(report: pytest.TestReport) -> CheckCard:
    check = report.location[2].removeprefix("test_")
    what = "was skipped" if report.skipped else f"ended in its {report.when}"
    return _broken(check, f"check {check!r} {what}: {report.longreprtext or report.longrepr}")


def _broken(check: str, text: str) -> CheckCard:
    return fault(check, InternalError("no-verdict", text))
