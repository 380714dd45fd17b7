"""The commands behind docs/performance.md still run: what is measured is not tested, but it must be measurable."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUICK = {
    "bench/memory.py": (["1000"], "A trace of 100,007 steps: "),
    "bench/instrumentation.py": ([], "worst "),
}


@pytest.mark.parametrize("script", QUICK)
def test_a_benchmark_prints_its_figures(script: str) -> None:
    arguments, last = QUICK[script]
    done = subprocess.run(
        [sys.executable, script, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith(last)
