"""Every program of tests/quality/hostile ends as its EXPECT line says, and in time."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

import pytest

from tests.engine.explore.hostile import FOLDER

PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.py"))
ROOT = FOLDER.parents[2]

# What the program does cannot be controlled, and is refused.
REFUSED = {"fork_in_scenario": "raised:Uncontrolled", "asyncio_in_task": "raised:Uncontrolled"}
# Program -> what is missing in the engine.
OPEN: dict[str, str] = {}
if sys.version_info >= (3, 15):
    OPEN["leaks_trace_function"] = "this interpreter crashes in traced code that greenlets have switched"


AT_ONCE = 10
"""Programs for one command: a start for each of them would cost more than most of them do."""
RUN = [name for name in PROGRAMS if name not in OPEN]
PARTS = [RUN[first : first + AT_ONCE] for first in range(0, len(RUN), AT_ONCE)]


def endings_of(names: list[str]) -> dict[str, list[str]]:
    command = [sys.executable, "-m", "tests.engine.explore.hostile", *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=500)
    return json.loads(done.stdout)


def constants_of(name: str) -> dict[str, object]:
    """Return the values of EXPECT and VALUE without running the program."""
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    named = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    found = {}
    for key in ("EXPECT", "VALUE"):
        if key in named:
            try:
                found[key] = ast.literal_eval(named[key])
            except ValueError:
                continue
    return found


def fits(ending: str, expected: list[str], constants: dict[str, object]) -> bool:
    kind, _, rest = ending.partition(" ")
    if kind == "returned" and "VALUE" in constants:
        return "returned" in expected and json.loads(rest) == constants["VALUE"]
    return kind in expected or ("any" in expected and kind not in {"internal", "did"})


def problems_with(name: str, endings: list[str]) -> list[str]:
    """Return the endings of a program that its EXPECT line does not allow, or that it has none."""
    constants = constants_of(name)
    expected = str(REFUSED.get(name, constants["EXPECT"])).split(" | ")
    endings = [ending for ending in endings if not ending.startswith("uncontrolled ")]
    return [ending[:300] for ending in endings if not fits(ending, expected, constants)] if endings else ["none"]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("names", PARTS, ids=[f"{names[0]} to {names[-1]}" for names in PARTS])
def test_they_end_as_they_should(names):
    problems = {name: problems_with(name, endings) for name, endings in endings_of(names).items()}
    assert problems == {name: [] for name in names}


@pytest.mark.parametrize("name", OPEN)
def test_an_open_one_ends_as_it_should(name):
    pytest.skip(f"open: {OPEN[name]}")
