"""CPython's own tests of threads pass on the re-executed library, in executions with random schedules.

The quick ones under one seed in every run; all of them, under more seeds, with DOJO_PROOFS=all in the environment, or
as a table: `python -m tests.proofs.cpython.show`.
"""

from __future__ import annotations

import os
import warnings

import pytest

from tests.proofs.cpython.library import TestLibrary
from tests.proofs.cpython.suite import MODULES, TABLE, is_installed, run_module

ALL = os.environ.get("DOJO_PROOFS") == "all"
SEEDS = range(3 if ALL else 1)


class Missing(UserWarning):
    """A part of CPython's test package is not installed."""


@pytest.fixture(scope="module")
def library() -> TestLibrary:
    return TestLibrary()


@pytest.mark.filterwarnings("always::tests.proofs.test_cpython_threads.Missing")
@pytest.mark.timeout(3600 if ALL else 120)
@pytest.mark.parametrize("module", MODULES)
def test_the_tests_of_this_version_pass(library, module):
    if not is_installed(module):
        if module != "test_concurrent_futures":
            warnings.warn(f"test.{module} is not installed: the proof is incomplete here", Missing, stacklevel=1)
        pytest.skip(f"test.{module} is not installed")
    tally = run_module(library, module, SEEDS, slow=ALL)
    assert not tally.surprising
    assert tally.passed or tally.skipped or tally.not_applicable


def test_every_reason_is_used():
    used = {*TABLE["not_applicable"].values(), *TABLE["fails"].values()}
    assert set(TABLE["reasons"]) <= used
