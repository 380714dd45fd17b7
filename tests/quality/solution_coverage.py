"""Hold that each reference solution is executed to the last line and branch under its own grader.

Usage: python tests/quality/solution_coverage.py (from the top of the checkout)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from src_coverage import CONCURRENCY, ROOT

# A solution is loaded by its own grader and by no other, so that one run of all graders will do.
# Which processes are measured, and how: see pyproject.toml and src_coverage.py. Here some end by SIGTERM, too.
CONFIGURATION = """\
[run]
branch = true
parallel = true
sigterm = true
source = {solutions}
concurrency = {concurrency}
patch = subprocess,_exit
plugins = terminated
disable_warnings = no-data-collected

[report]
show_missing = true
fail_under = 100
"""


def coverage(folder: Path, *arguments: str) -> int:
    """Run one coverage command on the data in `folder`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "PYTEST_"))}
    environment |= {
        "COVERAGE_RCFILE": str(folder / "coverage.ini"),
        "COVERAGE_FILE": str(folder / "data"),
        "PYTHONPATH": str(folder),
    }
    return subprocess.run(
        [sys.executable, "-m", "coverage", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def main() -> int:
    """Run the graders on the solutions and return the exit code of the report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(Path(__file__).with_name("terminated.py"), folder)
        configuration = CONFIGURATION.format(solutions=ROOT / "solutions", concurrency=CONCURRENCY)
        (folder / "coverage.ini").write_text(configuration)
        code = coverage(folder, "run", "-m", "pytest", "-q", "-n", "2", "graders", "--target", "solutions")
        # A process that is killed while it writes leaves a file that nobody can read: combine says so, and goes on.
        return code or coverage(folder, "combine", "--quiet") or coverage(folder, "report")


if __name__ == "__main__":
    sys.exit(main())
