"""The pytest plugin: the fixtures `explore` and `supervise`, the options, and our own text where a check fails.

It minds the files graders/<group>/test_<kata>.py and nothing else, so that a repository's other tests run as ever.
"""

from __future__ import annotations

import shlex
import unittest
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import pytest

from dojo.bench import Bench, SandboxRunner, limits_of
from dojo.catalog import Kata, load_katas
from dojo.conduct import START_METHODS, Conduct, Replay
from dojo.errors import KataError
from dojo.exploration import Replayed
from dojo.grading import grade
from dojo.model import Json
from dojo.report.attached import card_in, card_property, replay_property
from dojo.report.card import CheckCard, fault
from dojo.report.text import render_check
from dojo.sandbox.sandbox import Sandbox

FAULT_EXIT = 3

_CONDUCT = pytest.StashKey[Conduct]()
_CARD = pytest.StashKey[CheckCard]()
_REPLAYED = pytest.StashKey[Replayed]()
_BENCHES = pytest.StashKey[dict[Path, Bench]]()
_RUNNER = pytest.StashKey[SandboxRunner]()


class Hooks:
    """The hooks that this plugin calls."""

    @pytest.hookspec(firstresult=True)
    def pytest_dojo_sandbox(self) -> Sandbox | None:
        """Give the sandbox in which the checks run, for many sessions in one process; who gives it closes it."""

    @pytest.hookspec
    def pytest_dojo_progress(self, check: str, progress: Json) -> None:
        """Hear how far the job of a check has come."""


# ------------------------------------------------------------------------------------------ options, session


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    pluginmanager.add_hookspecs(Hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("dojo", "Concurrency Dojo")
    group.addoption("--submission", metavar="PATH", help="what to grade: a file, or a folder laid out like exercises/")
    group.addoption(
        "--target", choices=("exercises", "solutions"), default="exercises", help="which folder of the dojo to grade"
    )
    group.addoption(
        "--dojo-replay",
        metavar="NUMBER:SCHEDULE",
        help="run one schedule in place of the check's first, second ... exploration (for `dojo replay`)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_BENCHES] = {}
    config.stash[_RUNNER] = SandboxRunner(config.hook.pytest_dojo_progress, config.hook.pytest_dojo_sandbox())
    config.pluginmanager.register(FaultWatch(), "dojo-fault-watch")


def pytest_unconfigure(config: pytest.Config) -> None:
    runner = config.stash.get(_RUNNER, None)
    if runner is not None:
        runner.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    given = config.getoption("--submission")
    graders = {item.path for item in items if is_grader(item.path)}
    if given and not Path(given).is_dir() and len(graders) > 1:
        raise pytest.UsageError(
            f"--submission {given} is one file, and the checks of {len(graders)} katas are selected: "
            "name one grader, or give a folder laid out like exercises/"
        )


class FaultWatch:
    """Turns the session's exit code into 3 where a check ended in a fault: that is nobody's grade."""

    def __init__(self) -> None:
        self.has_fault = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at every report; under xdist those of the workers come through here too."""
        card = card_in(report.user_properties)
        self.has_fault |= card is not None and card.is_fault

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Set the exit code once everything has run."""
        if self.has_fault:
            session.exitstatus = FAULT_EXIT


def pytest_sessionfinish(session: pytest.Session) -> None:
    session.config.stash[_RUNNER].close()


def is_grader(path: Path) -> bool:
    """Tell whether a file is a grader: graders/<group>/test_<kata>.py."""
    return path.parent.parent.name == "graders" and path.name.startswith("test_") and path.suffix == ".py"


# ------------------------------------------------------------------------------------------------ fixtures


@pytest.fixture
def explore(request: pytest.FixtureRequest) -> Any:
    """Try every interleaving of a scenario: `for outcome in explore(scenario, *arguments)`."""
    return _conduct(request).explore


@pytest.fixture
def supervise(request: pytest.FixtureRequest) -> Any:
    """Run a scenario with real processes, once for each plan: `for outcome in supervise(scenario, *arguments)`."""
    return _conduct(request).supervise


@pytest.fixture(params=START_METHODS)
def start_method(request: pytest.FixtureRequest) -> str:
    """Each of multiprocessing's start methods in turn."""
    return str(request.param)


def _conduct(request: pytest.FixtureRequest) -> Conduct:
    conduct = request.node.stash.get(_CONDUCT, None)
    if conduct is None:
        raise KataError("no-grader", f"{request.node.path} is no grader: explore and supervise work in graders/ only")
    return cast("Conduct", conduct)


# ------------------------------------------------------------------------------------------- a check's life


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if is_grader(item.path):
        item.stash[_CONDUCT] = Conduct(_bench(item), check_name(item), _replay(item.config), _origin(item.config))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    conduct = item.stash.get(_CONDUCT, None)
    if conduct is None:
        return (yield)
    item.config.stash[_RUNNER].check = conduct.check
    result, ended = None, None
    try:
        result = yield
    except (pytest.skip.Exception, unittest.SkipTest, pytest.exit.Exception, KeyboardInterrupt):
        raise
    except Replayed as replayed:
        item.stash[_REPLAYED] = replayed
        return None
    # The check ends here, whatever ended it; the verdict takes the place of the exception.
    except BaseException as error:  # noqa: BLE001
        ended = error
    card = item.stash[_CARD] = _grade(conduct, ended)
    if card.failure is not None:
        # Without a traceback: pytest would read and parse the source of each frame, for a text that ours replaces.
        raise pytest.fail.Exception(card.failure.diagnosis.sentence, pytrace=False) from ended
    return result


def _grade(conduct: Conduct, error: BaseException | None) -> CheckCard:
    if isinstance(error, pytest.fail.Exception):
        return fault(conduct.check, error)
    return grade(conduct, error)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if not is_grader(item.path):
        return report
    if call.when == "call" and _REPLAYED in item.stash:
        replayed = item.stash[_REPLAYED]
        report.user_properties.append(replay_property(replayed.trace, replayed.ending, fits=replayed.fits))
        return report
    card = item.stash.get(_CARD, None) if call.when == "call" else None
    if call.when == "setup" and call.excinfo is not None and not report.skipped:
        card = fault(check_name(item), call.excinfo.value)
    if card is not None:
        report.user_properties.append(card_property(card))
        if card.failure is not None:
            report.longrepr = render_check(kata_name(item.path), card)
    return report


# ------------------------------------------------------------------------------------------ what is graded


def check_name(item: pytest.Item) -> str:
    """Return what the reports call a check: the function's name without "test_"."""
    return item.name.removeprefix("test_")


def kata_name(grader: Path) -> str:
    """Return the slug of the kata that a grader is for."""
    return grader.stem.removeprefix("test_")


def _bench(item: pytest.Item) -> Bench:
    benches = item.config.stash[_BENCHES]
    if item.path not in benches:
        root = item.path.parents[2]
        kata = _kata(root, item.path)
        runner = item.config.stash[_RUNNER]
        submission = _submission(item.config, root, kata)
        benches[item.path] = Bench(runner, kata, submission, item.path, limits_of(kata))
    return benches[item.path]


def _kata(root: Path, grader: Path) -> Kata:
    slug, group = kata_name(grader), grader.parent.name
    found = [kata for kata in load_katas(root) if (kata.slug, kata.group) == (slug, group)]
    if not found:
        raise KataError("not-in-index", f"{grader.name} is for no kata: add {group}/{slug} to exercises/katas.toml")
    return found[0]


def _submission(config: pytest.Config, root: Path, kata: Kata) -> Path:
    given = config.getoption("--submission")
    if not given:
        return kata.submission(root / str(config.getoption("--target")))
    path = Path(config.invocation_params.dir, str(given)).absolute()
    return kata.submission(path) if path.is_dir() else path


def _replay(config: pytest.Config) -> Replay | None:
    given = config.getoption("--dojo-replay")
    if not given:
        return None
    number, _, schedule = str(given).partition(":")
    return Replay(int(number), schedule)


def _origin(config: pytest.Config) -> str:
    """Return the options of `dojo replay` that name the same submission."""
    given = config.getoption("--submission")
    here = config.invocation_params.dir
    if given and not Path(here, given).is_dir():
        path = Path(here, given)
        return f"--file {shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))}"
    return "--target solutions" if config.getoption("--target") == "solutions" and not given else ""
