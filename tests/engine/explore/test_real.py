"""What real threads do must be among what the model knows; where it is not, that is a fault of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dojo.errors import InternalError
from dojo.explore import real
from tests.engine.explore.test_service import Case

REPORT = "This is a fault of the dojo, not of the submission: report it with this text."
# Only the real module stands in `sys.modules`.
TELLS = """
    import sys, threading
    REAL = sys.modules["threading"] is threading
    class Counter:
        def __init__(self): self.value = 1 // (not REAL) if {made} else 0
        def add(self, amount):
            {deed}
"""


@pytest.mark.parametrize(
    "made, deed, ended",
    [
        (False, "self.value = 7 if REAL else 8", '.*"?7"?.*'),
        (True, "self.value = 8", ".*ZeroDivisionError.*"),
    ],
)
def test_a_real_run_that_ends_otherwise_is_told(tmp_path: Path, made: bool, deed: str, ended: str) -> None:
    with pytest.raises(InternalError) as caught:
        Case(tmp_path, TELLS.format(made=made, deed=deed)).explore()
    assert caught.value.slug == "model-differs"
    lines = r"The submission's lines in such a real run: {}; in the model's simplest schedule: (T1:\d+ ?)+(T2:\d+ ?)+\."
    # Where the object cannot even be made, no thread has come to a line.
    real = "MainThread:.*" if made else r"(.*:\d+ ?)+"
    text = f"A run on real threads ended as: {ended}; the model knows only: .*8.*\\. {lines.format(real)} "
    text += re.escape(REPORT)
    assert re.fullmatch(text, str(caught.value)), str(caught.value)


@pytest.mark.parametrize(
    "deed",
    [
        "self.value = threading.current_thread().name",
        "self.value = threading.Thread().name",
        "self.value = threading.current_thread() is threading.main_thread()",
    ],
)
def test_a_real_run_is_that_of_a_program_that_has_just_begun(tmp_path: Path, deed: str) -> None:
    kata = f"""
        import threading
        class Counter:
            value = None
            def add(self, amount):
                pass
            def look(self):
                {deed}
    """
    grader = """
        def two_adds(kata, first, second):
            counter = kata.Counter()
            counter.look()
            return str(counter.value)
    """
    assert Case(tmp_path, kata, grader).explore()["explored"]["real"] == real.RUNS


@pytest.mark.parametrize(
    "what",
    [
        "threading.get_ident()",
        "threading.current_thread().native_id",
        "id(self)",
        "hash(self)",
        "len({self})",
        "len(set())",
    ],
)
def test_no_program_is_compared_whose_values_are_up_to_the_system(tmp_path: Path, what: str) -> None:
    kata = f"""
        import threading
        class Counter:
            value = 0
            def add(self, amount):
                self.value = {what}
    """
    assert Case(tmp_path, kata).explore()["explored"]["real"] == 0


def test_a_real_run_that_does_not_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(real, "PATIENCE", 0.1)
    deed = "self.value = threading.Event().wait() if REAL else 8"
    with pytest.raises(InternalError, match="A run on real threads did not end; the model knows only: "):
        Case(tmp_path, TELLS.format(made=False, deed=deed)).explore()
