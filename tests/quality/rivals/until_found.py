"""Compare engines: executions until the mistake of each classic program is found, the mean over seeds.

    python tests/quality/rivals/until_found.py PYTHON [PROGRAM ...]

PYTHON is an interpreter that has `interleave-test`, `frontrun` and `greenlet`; each of their searches runs in a process
of its own. "-": the engine cannot run the program, or hangs. frontrun is given the bodies of programs that start all
their threads by one call of `run_threads`.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from statistics import mean

ROOT = Path(__file__).parents[3]
SEEDS, MOST, SECONDS = 20, 200, 40
RIVALS = ("interleave-test random", "interleave-test pct", "interleave-test dfs", "frontrun random", "frontrun dpor")
DRAWN = ("interleave-test random", "interleave-test pct", "frontrun random")

# What PYTHON runs: one engine on one program, for some seeds; prints a JSON list, with null where nothing was found.
SEARCH = """
import importlib.util, json, sys
engine, path, most, seeds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
package, strategy = engine.split()
spec = importlib.util.spec_from_file_location("program", path)
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)

def holds():
    assert not program.fails(program.buggy())

def interleaved(seed):
    import interleave_test
    result = interleave_test.explore(
        holds, iterations=most, seed=seed, strategy=strategy, raise_on_failure=False, timeout=10
    )
    return None if result.ok else result.schedules_run

def frontran(seed):
    from frontrun.explore import explore
    from greenlet import getcurrent, greenlet

    def setup():
        program.run_threads = lambda bodies: getcurrent().parent.switch(list(bodies))
        paused = greenlet(program.buggy)
        return paused, paused.switch()

    workers = [lambda state, number=number: state[1][number]() for number in range(program.THREADS)]
    if strategy == "dpor":
        budget = {"max_executions": most, "detect_io": False}
    else:
        budget = {"max_attempts": most, "seed": seed}
    result = explore(setup, workers, lambda state: not program.fails(state[0].switch()), strategy=strategy, **budget)
    return None if result.property_holds else result.num_explored

search = interleaved if package == "interleave-test" else frontran
print(json.dumps([search(seed) for seed in range(1, seeds + 1)]))
"""

# What this interpreter runs: the default exploration.
OWN = """
import contextlib, json, sys
from dojo.explore.explorer import Budget
from tests.quality.classic_programs import Found, Hunt
name, seeds, found = sys.argv[1], int(sys.argv[2]), []
for seed in range(1, seeds + 1):
    hunt = Hunt(name, "buggy", stop=True)
    hunt.seed = seed
    with contextlib.suppress(Found):
        hunt.explore(Budget())
    found.append(hunt.found)
    # Up to here nothing is drawn.
    if found == [hunt.found] and hunt.found is not None and hunt.found <= Budget().first:
        break
print(json.dumps(found))
"""


def searched(python: str, engine: str, name: str) -> list[int | None] | None:
    """Return the executions until found, a number for each seed; None: the engine cannot run it."""
    path = ROOT / "tests/quality/classics" / f"{name}.py"
    seeds = SEEDS if engine in DRAWN else 1
    command = [python, "-c", SEARCH, engine, str(path), str(MOST), str(seeds)]
    if engine.startswith("frontrun"):
        command = [str(Path(python).with_name("frontrun")), *command]
    with contextlib.suppress(subprocess.TimeoutExpired, ValueError, IndexError):
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
        found: list[int | None] = json.loads(done.stdout.strip().splitlines()[-1])
        return found
    return None


def own(name: str) -> list[int | None]:
    command = [sys.executable, "-c", OWN, name, str(SEEDS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[int | None] = json.loads(done.stdout)
    return found


def shown(found: list[int | None] | None) -> str:
    if found is None:
        return "-"
    text = f"{mean(number or MOST for number in found):.1f}"
    return f">{text}" if None in found else text


def value(found: list[int | None] | None) -> float:
    """Return the mean; without end where the mistake stayed hidden from some seed."""
    return float("inf") if found is None or None in found else mean(number for number in found if number is not None)


def main(python: str, wanted: list[str]) -> None:
    names = wanted or sorted(path.stem for path in (ROOT / "tests/quality/classics").glob("*.py"))
    print("| program | dojo | " + " | ".join(RIVALS) + " |\n|" + "---|" * (len(RIVALS) + 2))
    worse = []
    for name in names:
        mine, others = own(name), {engine: searched(python, engine, name) for engine in RIVALS}
        print(f"| {name} | {shown(mine)} | " + " | ".join(map(shown, others.values())) + " |", flush=True)
        best = min(others, key=lambda engine: value(others[engine]))
        if value(mine) > value(others[best]):
            worse.append(f"{name}: {shown(mine)}, {best} {shown(others[best])}")
    print(f"\nAt most as many as the best of the others on {len(names) - len(worse)} of {len(names)}; more on:")
    print("\n".join(worse) or "none")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
