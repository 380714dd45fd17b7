"""Code that reads a shared container takes a step for it, or is told as not covered: never neither of both."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo import model
from tests.engine.explore.test_gaps import explored

CASES = Path(__file__).with_name("unseen.txt")
MODULE = """
import collections, copy, functools, heapq, itertools, json, operator, string

a, b, c, d = [1], [2], ["x"], {}
d["l"] = a
rows, pair, pairs, ba = [a, b], (a,), [[1, 2]], bytearray(b"1")

class Box: pass

o = Box()
o.items, o.size = a, len
size, as_text, one_after_the_other = len, json.dumps, itertools.chain
with_each, flat, merged = itertools.starmap, itertools.chain.from_iterable, heapq.merge

def change():
    a.append(3), b.append(4), c.append("y"), ba.append(50)
    pairs[0][1] = 7
    d["n"] = 1

def run():
    if not called:
        called.append(1)
        change()
    else:
        CODE

called = []
"""


def load_cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(code, told.removeprefix("    -> ")) for code, told in zip(lines[::2], lines[1::2], strict=True)]


def explore(code: str, folder: Path) -> model.Explored:
    path = folder / "program.py"
    path.write_text(MODULE.replace("CODE", code), encoding="utf-8")
    return explored(path, folder)


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> model.Explored:
    """What it takes where the other task reads nothing."""
    return explore("pass", tmp_path_factory.mktemp("idle"))


@pytest.mark.parametrize("code, told", load_cases(), ids=[code for code, _ in load_cases()])
def test_what_reads_shared_state_is_seen_or_told(code: str, told: str, idle: model.Explored, tmp_path: Path) -> None:
    result = explore(code, tmp_path)
    if told in ("seen", "nothing"):
        assert (result.exhausted, result.not_covered) == (True, ())
        assert (result.executions > idle.executions) == (told == "seen")
    else:
        assert any(f"({told})" in sentence for sentence in result.not_covered)
