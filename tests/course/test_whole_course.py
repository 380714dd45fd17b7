"""The whole course at once: the author's check, and all graders in one run. On one version of Python: it takes minutes.

On every version the same is held kata by kata, in tests/katas.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.katas.bank import ROOT, dojo, environment
from tests.katas.test_plugin_usage import passed, pytest_run


@pytest.mark.timeout(600)
def test_the_author_s_check_finds_nothing() -> None:
    done = dojo("check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(600)
def test_all_graders_in_one_process_and_in_two() -> None:
    alone, shared = (pytest_run("graders", "--target", "solutions", *how) for how in ((), ("-n", "2")))
    assert alone[0] == shared[0] == 0, alone[1] + shared[1]
    assert passed(alone[1]) == passed(shared[1]) > 0


def test_the_first_screen_of_a_fresh_clone_fits_a_small_terminal(tmp_path: Path) -> None:
    for folder in ("exercises", "solutions", "graders"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "conftest.py", tmp_path)
    command = [sys.executable, "-m", "dojo"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines) <= 24, max(map(len, lines)) <= 80) == (1, True, True), done.stdout + done.stderr
    assert lines[0] == "0 of 11 katas pass; the whole course: dojo list"
