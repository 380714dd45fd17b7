"""Measure src under its own tests, with branches, in every process: at least 95 % is executed.

Usage: python tests/quality/src_coverage.py [ARGUMENTS OF PYTEST] (from the top of the checkout)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENOUGH = 95
# Since 3.14 coverage.py listens to sys.monitoring: it belongs to the interpreter, so that no switch of greenlets and no
# fork escapes it, and costs next to nothing. Before that a trace function has to be told of every greenlet.
CONCURRENCY = "thread" if sys.version_info >= (3, 14) else "thread,greenlet"
# All else repeats what these execute, at many times the price: bank, texts, classics, CPython's tests, drawn programs.
MEASURED = [
    "tests/engine",
    # Recursion to the limit: here it is a callback of coverage.py that runs into it, in the midst of a lock's release.
    "--deselect=tests/engine/explore/test_hostile.py::test_it_ends_as_it_should[recursion_through_lock]",
    # It sets a trace function, and before 3.14 coverage.py has set one itself.
    "--deselect=tests/engine/explore/test_hostile.py::test_it_ends_as_it_should[leaks_trace_function]",
]


def coverage(*arguments: str) -> int:
    """Run one coverage command and return its exit code."""
    return subprocess.run([sys.executable, "-m", "coverage", *arguments], cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Run the tests and return the first exit code that is not 0."""
    coverage("erase")
    tests = ["-n", "3", "--dist", "worksteal", *MEASURED, *arguments]
    run = ["run", f"--concurrency={CONCURRENCY}", "-m", "pytest", *tests]
    # The data is reported even where a test fails.
    return coverage(*run) | coverage("combine", "--quiet") | coverage("report", f"--fail-under={ENOUGH}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
