"""One test method of CPython, run as the scenario of one execution."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import unittest
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from unittest import mock

from dojo.explore.execution import EXECUTION
from tests.proofs.cpython.library import TestLibrary, entered, many_steps
from tests.proofs.cpython.walk import PatientWalk

SECONDS = 300


@dataclass(frozen=True, slots=True)
class Ran:
    """How one test method ended under one seed."""

    verdict: str
    """passed, failed, skipped, stuck, spinning or hung."""
    detail: str = ""


class OutOfTime(BaseException):
    """A test took longer than any of them should, in real time."""


def test_ids(library: TestLibrary, module_name: str) -> list[str]:
    """Return "Class.method" for every test of the module."""
    module = library.load(module_name)
    ids = []
    for value in list(vars(module).values()):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ == module_name:
            ids += [f"{value.__name__}.{method}" for method in unittest.TestLoader().getTestCaseNames(value)]
    return sorted(set(ids))


def run_test(library: TestLibrary, module_name: str, test_id: str, seed: int, *, mortal: bool = False) -> Ran:
    """Run one test method from scratch: library restored, test modules executed anew.

    `mortal`: objects end when nobody holds them, although the log knows them.
    """
    library.forget_tests()
    library.restore()
    class_name, method = test_id.split(".")
    result = unittest.TestResult()

    with contextlib.ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        stack.enter_context(many_steps())
        stack.enter_context(deadline(SECONDS))
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
        warnings.simplefilter("ignore")
        module = library.load(module_name)
        stack.enter_context(entered({module_name: module}))
        stack.enter_context(mock.patch("unittest._log.logging", library.load("logging")))
        suite = unittest.TestSuite([getattr(module, class_name)(method)])
        EXECUTION.mortal = mortal
        try:
            EXECUTION.run(PatientWalk(seed), lambda: suite.run(result))
        except OutOfTime:
            return Ran("hung", f"more than {SECONDS} seconds")
        finally:
            EXECUTION.mortal = False
    return ending_of(result)


def ending_of(result: unittest.TestResult) -> Ran:
    problems = result.failures + result.errors
    if EXECUTION.over != "finished":
        return Ran(EXECUTION.over or "nothing", "; ".join(str(task.operation[0]) for task in EXECUTION.tasks))
    if problems:
        return Ran("failed", problems[0][1])
    if result.unexpectedSuccesses:
        return Ran("failed", "an unexpected success")
    if result.skipped:
        return Ran("skipped", result.skipped[0][1])
    return Ran("passed", "" if not EXECUTION.unhandled else f"unhandled: {EXECUTION.unhandled[0][1]!r}")


@contextlib.contextmanager
def deadline(seconds: int) -> Iterator[None]:
    """Raise `OutOfTime` after so many seconds of real time."""

    def give_up(signum: int, frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, give_up)
    pid = os.getpid()
    signal.alarm(seconds)
    try:
        yield
    finally:
        if os.getpid() != pid:
            os._exit(0)
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
