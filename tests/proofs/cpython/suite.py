"""Which of CPython's tests are about what the dojo stands in for, and which of these cannot apply to it."""

from __future__ import annotations

import gc
import importlib.util
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from tests.proofs.cpython.library import TestLibrary
from tests.proofs.cpython.running import Ran, run_test, test_ids

# Module of the package `test` -> the tests in it that use threads.
MODULES: dict[str, tuple[str, ...]] = {
    "test_thread": ("*",),
    "test_threading": ("*",),
    "test_threading_local": ("*",),
    "test_queue": ("*",),
    "test_sched": ("*",),
    "test_contextlib": ("LockContextTestCase.*",),
    "test_context": ("*thread*",),
    "test_functools": ("*threaded*",),
    # One module until 3.11, a package from 3.12 on.
    "test_concurrent_futures": ("*",),
    "test_concurrent_futures.test_as_completed": ("*",),
    "test_concurrent_futures.test_future": ("*",),
    "test_concurrent_futures.test_init": ("*",),
    "test_concurrent_futures.test_shutdown": ("*",),
    "test_concurrent_futures.test_thread_pool": ("*",),
    "test_concurrent_futures.test_wait": ("*",),
}
TABLE = tomllib.loads((Path(__file__).parent / "table.toml").read_text(encoding="utf-8"))


def is_installed(module: str) -> bool:
    """Tell whether this interpreter has that module of its test package: distributions often leave it out."""
    try:
        spec = importlib.util.find_spec(f"test.{module}")
    except ImportError:
        return False
    return spec is not None and spec.origin is not None and not spec.origin.endswith("__init__.py")


def reason_in(table: dict[str, str], module: str, test: str) -> str | None:
    """Return what `table` says of a test; its keys are names, or patterns of names for whole classes."""
    name = f"{module.rpartition('.')[2]}.{test}"
    key = next((key for key in table if fnmatchcase(name, key)), None)
    return None if key is None else TABLE["reasons"].get(table[key], table[key])


def not_applicable(module: str, test: str) -> str | None:
    return reason_in(TABLE["not_applicable"], module, test)


def known_failure(module: str, test: str) -> str | None:
    return reason_in(TABLE["fails"], module, test)


def is_slow(module: str, test: str) -> bool:
    return is_listed("slow", module, test)


def is_listed(table: str, module: str, test: str) -> bool:
    return any(fnmatchcase(f"{module.rpartition('.')[2]}.{test}", pattern) for pattern in TABLE[table]["tests"])


def chosen_tests(library: TestLibrary, module: str) -> list[str]:
    """Return the tests of the module that use threads."""
    return [
        test
        for test in test_ids(library, f"test.{module}")
        if any(fnmatchcase(test, pattern) for pattern in MODULES[module])
    ]


@dataclass
class Tally:
    """What became of the tests of one module."""

    passed: list[str] = field(default_factory=list)
    not_applicable: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    """By the test itself."""
    failed: dict[str, str] = field(default_factory=dict)
    surprising: dict[str, str] = field(default_factory=dict)
    """Fails and is not in the table, or is in the table and passes."""


def run_module(library: TestLibrary, module: str, seeds: range, *, slow: bool) -> Tally:
    """Run the tests of the module that apply, each once for every seed; slow ones, where they are wanted, once."""
    tally = Tally()
    with frozen():
        for test in chosen_tests(library, module):
            reason = not_applicable(module, test)
            if reason is not None:
                tally.not_applicable[test] = reason
            elif not is_slow(module, test):
                _note(tally, module, test, list(endings(library, module, test, seeds)))
            elif slow:
                _note(tally, module, test, list(endings(library, module, test, seeds[:1])))
    return tally


@contextmanager
def frozen() -> Iterator[None]:
    """Keep the collections that the tests ask for away from all that was there before."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def endings(library: TestLibrary, module: str, test: str, seeds: range) -> Iterator[Ran]:
    for seed in seeds:
        ran = run_test(library, f"test.{module}", test, seed, mortal=is_listed("mortal", module, test))
        yield ran
        if ran.verdict != "passed":
            return


def _note(tally: Tally, module: str, test: str, rans: list[Ran]) -> None:
    last, excuse = rans[-1], known_failure(module, test)
    if last.verdict == "skipped":
        tally.skipped[test] = last.detail
    elif last.verdict == "passed" and excuse is None:
        tally.passed.append(test)
    elif last.verdict == "passed":
        tally.surprising[test] = "passes, though the table says that it fails"
    elif excuse is not None:
        tally.failed[test] = excuse
    else:
        tally.surprising[test] = f"{last.verdict} with seed {len(rans) - 1}: {last.detail}"
