"""Every stub imports cleanly, runs, and fails as the index announces."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dojo.catalog import load_katas
from tests.katas.bank import ROOT, grade, told

KATAS = load_katas(ROOT)
slug_of = pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)


@slug_of
def test_a_stub_fails_as_announced(kata):
    card = grade(kata, kata.submission(ROOT / "exercises"))
    assert card.verdict not in ("passed", "fault", "rejected"), told(card)
    assert card.diagnosis.code == kata.stub, told(card)


@slug_of
def test_a_stub_imports_cleanly_and_prints_nothing(kata):
    path = kata.submission(ROOT / "exercises")
    command = [sys.executable, "-W", "error", "-c", f"import runpy; runpy.run_path({str(path)!r})"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""
