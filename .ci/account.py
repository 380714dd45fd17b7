"""Hold the account that tox gave of itself against the interpreters of this machine, and print what ran.

Usage: account.py RESULT_JSON TOX_INI. The last line is "total: N passed, N failed, N skipped"; exits 1 unless every
environment passed, but for those whose interpreter is not there.
"""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?|xfailed|xpassed)\b")
SUMMARY = re.compile(r"^=+ (?:\d+ [a-z]+(?:, )?)+ in .*=+$")
PYTHON = re.compile(r"py(\d)(\d+)(t?)")


@dataclass
class Tests:
    """How many tests of one pytest run ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Tests) -> None:
        """Count the tests of `other` too."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def environments(ini: Path) -> list[str]:
    """Return the names in tox's env_list."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ini)
    return re.split(r"[,\s]+", parser["tox"]["env_list"].strip())


def is_there(environment: str) -> bool:
    """Say whether the interpreter of an environment such as py314t can be started; true for all other names."""
    match = PYTHON.fullmatch(environment)
    if match is None:
        return True
    program = shutil.which(f"python{match[1]}.{match[2]}{match[3]}")
    return program is not None and subprocess.run([program, "-c", ""], capture_output=True, check=False).returncode == 0


def tests_of(environment: dict[str, Any]) -> Tests | None:
    """Read the closing line of the last pytest run of an environment; None where it ran no pytest."""
    lines = [line for run in environment.get("test", []) for line in run["output"].splitlines()]
    summaries = [line for line in lines if SUMMARY.match(re.sub(r"\x1b\[[0-9;]*m", "", line))]
    if not summaries:
        return None
    tests = Tests()
    for number, kind in COUNT.findall(re.sub(r"\x1b\[[0-9;]*m", "", summaries[-1])):
        if kind in ("passed", "xfailed"):
            tests.passed += int(number)
        elif kind == "skipped":
            tests.skipped += int(number)
        else:
            tests.failed += int(number)
    return tests


def judge(name: str, environment: dict[str, Any], *, there: bool) -> tuple[str, Tests]:
    """Return what to say about one environment, and its tests; a wrong one counts at least one failure."""
    result = environment.get("result")
    if result is None or result.get("skipped"):
        return ("did not run, and its interpreter is here", Tests(failed=1)) if there else ("no interpreter", Tests())
    tests = tests_of(environment)
    if tests is None and PYTHON.fullmatch(name):
        return "ran no test", Tests(failed=1)
    tests = tests or Tests()
    if not result["success"]:
        return "failed", Tests(tests.passed, max(tests.failed, 1), tests.skipped)
    return "passed", tests


def main(report: Path, ini: Path) -> int:
    """Print the account and return the exit code."""
    found = json.loads(report.read_text())["testenvs"] if report.exists() else {}
    total = Tests()
    print("\nenvironment  python        seconds  tests  result")
    for name in environments(ini):
        environment = found.get(name, {})
        said, tests = judge(name, environment, there=is_there(name))
        total.add(tests)
        version = environment.get("python", {}).get("version", "-").split()[0]
        seconds = environment.get("result", {}).get("duration", 0.0)
        print(f"{name:12} {version:12} {seconds:8.0f} {tests.passed + tests.failed:6}  {said}")
    print(f"total: {total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 0 if total.passed and not total.failed else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
