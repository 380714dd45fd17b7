"""The graders are ordinary pytest files: pytest's own ways to run them work."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.katas.bank import ROOT, environment


def pytest_run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def passed(output: str) -> int:
    match = re.search(r"(\d+) passed", output)
    return int(match[1]) if match else 0


def test_checks_are_chosen_by_name():
    code, output = pytest_run("graders/threads/test_race_condition.py", "-k", "deposit", "--target", "solutions")
    assert code == 0, output
    assert "deselected" in output
    assert passed(output) > 0


def test_a_stub_fails_and_pytest_says_so():
    code, output = pytest_run("graders/threads/test_race_condition.py", "-k", "deposit")
    assert code == 1, output
    assert "RACE-LOST-UPDATE" in output
    assert "Traceback" not in output


def test_a_file_is_graded_in_place_of_the_exercise():
    submission = "tests/submissions/threads/race_condition/right_rlock_and_locked_property.py"
    code, output = pytest_run("graders/threads/test_race_condition.py", "-k", "deposit", "--submission", submission)
    assert code == 0, output


def test_a_folder_laid_out_like_the_exercises_is_graded():
    code, output = pytest_run("graders/threads", "-k", "deposit", "--submission", "solutions")
    assert code == 0, output


def test_no_grader_is_collected_by_a_plain_pytest():
    code, output = pytest_run("--collect-only", "-q")
    assert code == 0, output
    assert "graders/" not in output
