"""Generated programs behave the same with hooks and without: values, errors, lines, order of evaluation."""

from __future__ import annotations

import os
import sys
import warnings

from hypothesis import HealthCheck, given, settings

from tests.proofs.meaning.observing import WAYS, difference, run
from tests.proofs.meaning.programs import PRELUDE, numbered_program, programs

COUNT = int(os.environ.get("DOJO_PROGRAMS", "100"))


def apart(source: str) -> str:
    """Return in words how the ways of running `source` differ; empty: they do not, or it is no program."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            expected = run(source, "plain")
        except SyntaxError:
            return ""
        if "RecursionError" in repr(expected):
            # How deep is too deep, and how that is said, depends on the calls of hooks in between.
            return ""
        return "\n".join(filter(None, (difference(source, way, expected) for way in WAYS[1:])))


@settings(max_examples=COUNT // 2, derandomize=True, deadline=None, database=None, suppress_health_check=[*HealthCheck])
@given(programs())
def test_a_program_that_hypothesis_draws_means_the_same(source: str) -> None:
    found = apart(source)
    assert not found, found


def test_numbered_programs_mean_the_same() -> None:
    # Others on each version.
    first = sys.version_info.minor * COUNT
    for seed in range(first, first + COUNT):
        source = numbered_program(seed)
        found = apart(source)
        assert not found, f"program {seed}:\n{source[len(PRELUDE) :]}\n{found}"
