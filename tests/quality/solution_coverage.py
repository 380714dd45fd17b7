"""Hold that each reference solution is executed to the last line under its own grader.

Usage: python tests/quality/solution_coverage.py (from the top of the checkout)
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]

# A solution is loaded by its own grader and by no other, so that one run of all graders will do.
# A tracer does not follow into the child the one frame that forked; whatever the child calls from there is seen.
CONFIGURATION = """\
[run]
parallel = true
sigterm = true
source = {solutions}
concurrency = thread,greenlet
patch = subprocess,fork,_exit
disable_warnings = no-data-collected

[report]
show_missing = true
fail_under = 100
exclude_also =
    if pid == 0:
"""


def coverage(folder: Path, *arguments: str) -> int:
    """Run one coverage command on the data in `folder`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PYTEST_"))}
    environment |= {"COVERAGE_RCFILE": str(folder / "coverage.ini"), "COVERAGE_FILE": str(folder / "data")}
    return subprocess.run(
        [sys.executable, "-m", "coverage", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def main() -> int:
    """Run the graders on the solutions and return the exit code of the report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "coverage.ini").write_text(CONFIGURATION.format(solutions=ROOT / "solutions"))
        code = coverage(folder, "run", "-m", "pytest", "-q", "-n", "2", "graders", "--target", "solutions")
        # A process that is killed while it writes leaves a file that nobody can read: combine says so, and goes on.
        return code or coverage(folder, "combine", "--quiet") or coverage(folder, "report")


if __name__ == "__main__":
    sys.exit(main())
