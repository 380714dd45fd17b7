import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine.small_dojo import GRADER, SOLUTION, write_dojo

RIGHT = "graders/threads/test_account.py"
BUGGY = "graders/threads/test_counter.py"


@pytest.fixture
def dojo(tmp_path: Path) -> Path:
    write_dojo(tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    return tmp_path


def pytest_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-q", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_a_failure_is_told_in_our_words_only(dojo: Path) -> None:
    done = pytest_in(dojo, RIGHT)
    assert done.returncode == 1
    assert "RACE-LOST-UPDATE  one vanished: 20, expected 70" in done.stdout
    for foreign in ("AssertionError", "Traceback", "assert outcome", "\nE   "):
        assert foreign not in done.stdout


def test_the_solution_passes(dojo: Path) -> None:
    assert pytest_in(dojo, RIGHT, "--target", "solutions").returncode == 0


def test_a_single_file_can_be_graded(dojo: Path) -> None:
    (dojo / "mine.py").write_text(SOLUTION)
    assert pytest_in(dojo, RIGHT, "--submission", "mine.py").returncode == 0


def test_a_folder_laid_out_like_the_exercises_can_be_graded(dojo: Path) -> None:
    assert pytest_in(dojo, RIGHT, "--submission", "solutions").returncode == 0


def test_one_file_is_not_for_two_katas(dojo: Path) -> None:
    done = pytest_in(dojo, "graders", "--submission", "solutions/threads/account.py")
    assert done.returncode == 4
    assert "is one file, and the checks of 2 katas are selected" in done.stderr


def test_a_bug_of_a_grader_exits_with_3_and_is_the_authors(dojo: Path) -> None:
    done = pytest_in(dojo, BUGGY)
    assert done.returncode == 3
    assert "KataError (grader-bug)  test_counter.py, check 'no_deposit_is_lost', line 12:" in done.stdout


@pytest.mark.parametrize("workers", ["0", "2"])
def test_workers_make_no_difference(dojo: Path, workers: str) -> None:
    done = pytest_in(dojo, "graders", "-n", workers)
    assert done.returncode == 3
    assert "RACE-LOST-UPDATE  one vanished" in done.stdout
    assert "KataError (grader-bug)" in done.stdout
    assert "2 failed" in done.stdout


def test_a_selection_by_name_works(dojo: Path) -> None:
    done = pytest_in(dojo, "graders", "-k", "account and deposit")
    assert (done.returncode, "1 failed, 1 deselected" in done.stdout) == (1, True)


def test_a_check_that_shows_nothing_is_no_pass(dojo: Path) -> None:
    (dojo / RIGHT).write_text("def test_nothing(explore):\n    pass\n")
    done = pytest_in(dojo, RIGHT)
    assert done.returncode == 3
    assert "KataError (no-evidence)" in done.stdout


def test_every_check_says_that_the_submission_does_not_import(dojo: Path) -> None:
    grader = (dojo / RIGHT).read_text()
    (dojo / RIGHT).write_text(
        grader + grader.partition("def test_")[1] + "again" + grader.partition("def test_")[2][18:]
    )
    (dojo / "exercises/threads/account.py").write_text("class Account\n")
    done = pytest_in(dojo, RIGHT)
    assert done.returncode == 1
    assert done.stdout.count("syntax error") >= 2
    assert "2 failed" in done.stdout


def test_tests_elsewhere_are_left_alone(dojo: Path) -> None:
    other = dojo / "tests" / "test_other.py"
    other.parent.mkdir()
    other.write_text(
        "import pytest\n\n@pytest.fixture\ndef explore():\n    return 7\n\n"
        "def test_own_fixture(explore):\n    assert explore == 7\n\n"
        "def test_plain_assert():\n    assert 1 == 2\n"
    )
    done = pytest_in(dojo, "tests")
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert "assert 1 == 2" in done.stdout


def test_explore_outside_of_a_grader_is_refused(dojo: Path) -> None:
    (dojo / "test_stray.py").write_text("def test_stray(explore):\n    explore(print)\n")
    assert "is no grader: explore and supervise work in graders/ only" in pytest_in(dojo, "test_stray.py").stdout


def test_a_grader_that_is_for_no_kata_is_the_authors_mistake(dojo: Path) -> None:
    (dojo / "graders/threads/test_nothing.py").write_text(GRADER)
    done = pytest_in(dojo, "graders/threads/test_nothing.py")
    assert done.returncode == 3
    assert "KataError (not-in-index)  test_nothing.py is for no kata: add threads/nothing to" in done.stdout


def test_a_limit_that_does_not_exist_is_the_authors_mistake(dojo: Path) -> None:
    index = dojo / "exercises/katas.toml"
    index.write_text(index.read_text().replace("[[kata]]", "[kata.limits]\npatience = 5\n[[kata]]", 2)[27:])
    done = pytest_in(dojo, RIGHT)
    assert done.returncode == 3
    assert "KataError (unknown-limit)  kata 'account' has limits ['patience']:" in done.stdout


def test_a_check_that_calls_fail_is_a_fault(dojo: Path) -> None:
    (dojo / RIGHT).write_text("import pytest\n\ndef test_fails(explore):\n    pytest.fail('by hand')\n")
    done = pytest_in(dojo, RIGHT)
    assert done.returncode == 3
    assert "Failed  Failed: by hand" in done.stdout


def test_a_skipped_check_stays_skipped(dojo: Path) -> None:
    (dojo / RIGHT).write_text("import unittest\n\ndef test_skip(explore):\n    raise unittest.SkipTest('not here')\n")
    done = pytest_in(dojo, RIGHT)
    assert (done.returncode, "1 skipped" in done.stdout) == (0, True)
