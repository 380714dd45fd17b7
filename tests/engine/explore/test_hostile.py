"""Every program of tests/quality/hostile ends as its EXPECT line says, and in time."""

from __future__ import annotations

import ast
import functools
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


AT_ONCE = 20
"""Programs for one command; few enough that the workers of xdist do not all run the same ones."""


def endings_of(name: str) -> list[str]:
    names = [name for name in PROGRAMS if name not in OPEN]
    return endings_of_part(names.index(name) // AT_ONCE)[name]


@functools.cache
def endings_of_part(part: int) -> dict[str, list[str]]:
    names = [name for name in PROGRAMS if name not in OPEN][part * AT_ONCE : (part + 1) * AT_ONCE]
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


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PROGRAMS)
def test_it_ends_as_it_should(name):
    if name in OPEN:
        pytest.skip(f"open: {OPEN[name]}")
    constants = constants_of(name)
    expected = str(REFUSED.get(name, constants["EXPECT"])).split(" | ")
    endings = [ending for ending in endings_of(name) if not ending.startswith("uncontrolled ")]
    wrong = [ending[:300] for ending in endings if not fits(ending, expected, constants)]
    assert endings and not wrong
