"""Compare engines: the mean number of executions until the mistake of each classic program is found.

    python tests/quality/rivals/until_found.py PYTHON [PROGRAM ...]
    python tests/quality/rivals/until_found.py --dojo [PROGRAM ...]

PYTHON is an interpreter that has `frontrun`, `interleave-test` and `greenlet`; the dojo runs on the one that runs this.
With --dojo it alone is measured: what the others need stands in RESULTS.md, and does not change with the dojo. Without
names of programs, RESULTS.md is written anew.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[3]
RESULTS = Path(__file__).with_name("RESULTS.md")
CLASSICS = ROOT / "tests" / "quality" / "classics"
MOST = 300
SEEDS, FEW = 20, 3
PATIENCE = 10.0
"""Seconds after which no seed is begun any more, where a few are done."""
TIMEOUT = 60.0
DOJO = "dojo portfolio"
DRAWN = ("interleave-test random", "interleave-test pct", "frontrun random")
RIVALS = ("interleave-test random", "interleave-test pct", "interleave-test dfs", "frontrun random", "frontrun dpor")

NO_VERDICT = "no verdict"
Found = int | str | None
"""Executions until found; None: it was not; NO_VERDICT: the engine gave up before."""


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, CLASSICS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def search_dojo(name: str, seed: int) -> tuple[Found, bool]:
    """Return what the default exploration finds, and whether another seed would come to the same."""
    sys.path.insert(0, str(ROOT))
    from dojo.explore.explorer import Budget
    from tests.quality import classic_programs

    hunt = classic_programs.Hunt(name, "buggy", stop=True)
    hunt.seed = seed
    with contextlib.suppress(classic_programs.Found):
        hunt.explore(Budget())
    found = hunt.found if hunt.found is not None and hunt.found <= MOST else None
    return found, hunt.found is not None and hunt.found <= Budget().first


def search_interleave_test(strategy: str, name: str, seed: int) -> Found:
    import interleave_test

    module = load(name)

    def holds() -> None:
        if module.fails(module.buggy()):
            raise AssertionError(name)

    # This file is no part of the program: without `exclude` each line of `holds` would be a step as well.
    result = interleave_test.explore(
        holds, iterations=MOST, seed=seed, strategy=strategy, exclude=[__file__], raise_on_failure=False
    )
    if result.failure is None:
        return None
    return NO_VERDICT if result.failure.kind == "hang" else int(result.schedules_run)


def search_frontrun(strategy: str, name: str, seed: int) -> Found:
    from frontrun.explore import explore
    from greenlet import getcurrent, greenlet

    module = load(name)

    def pause(bodies: Any) -> None:
        getcurrent().parent.switch(list(bodies))

    def setup() -> tuple[Any, list[Callable[[], None]]]:
        """Run the program up to where its threads start: they become the workers."""
        paused = greenlet(module.buggy)
        bodies = paused.switch()
        assert not paused.dead, "does not start its threads by run_threads"
        return paused, bodies

    def holds(state: tuple[Any, list[Callable[[], None]]]) -> bool:
        """Let the program go on as if its threads had been joined, and judge what it returns."""
        observation = state[0].switch()
        assert state[0].dead, "starts threads more than once"
        return not module.fails(observation)

    module.run_threads = pause  # type: ignore[attr-defined]
    # A program that does not fit is to end here: within `explore` it would count as a failure that was found.
    _, bodies = setup()
    workers = [lambda state, number=number: state[1][number]() for number in range(len(bodies))]
    budget: dict[str, Any] = {"max_attempts": MOST, "seed": seed}
    if strategy == "dpor":
        budget = {"max_executions": MOST, "detect_io": False}
    result = explore(setup, workers, holds, strategy=strategy, reproduce_on_failure=0, **budget)
    # None is a third verdict: out of time or of steps, which shows nothing.
    if result.property_holds is None:
        return NO_VERDICT
    return None if result.property_holds else int(result.num_explored)


def search(engine: str, name: str, seeds: int, few: int, patience: float) -> None:
    """Search from one seed after the other, in this process; print a line of JSON for each."""
    package, strategy = engine.split()
    begun = time.monotonic()
    for seed in range(1, seeds + 1):
        alike = False
        if package == "dojo":
            found, alike = search_dojo(name, seed)
        else:
            found = (search_frontrun if package == "frontrun" else search_interleave_test)(strategy, name, seed)
        print(json.dumps(found), flush=True)
        if alike or (seed >= few and time.monotonic() - begun > patience):
            break
    # Threads that an engine could not end would keep this process from its end.
    os._exit(0)


def run(engine: str, name: str, python: str) -> list[Found]:
    """Return what each seed came to; nothing where the engine cannot run the program."""
    seeds = SEEDS if engine in (DOJO, *DRAWN) else 1
    command = [sys.executable if engine == DOJO else python, __file__, "--search", engine, name]
    command += [str(seeds), str(FEW), str(PATIENCE)]
    if engine.startswith("frontrun"):
        command = [str(Path(python).with_name("frontrun")), *command]
    # A session of its own: the launcher of frontrun has a child, which is to end with it.
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    late = False
    try:
        output, _ = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        late = True
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
    found: list[Found] = []
    for line in output.splitlines():
        with contextlib.suppress(ValueError):
            found.append(json.loads(line))
    # The seed that was cut off did not find it; to leave it out would favour an engine that is slow where it fails.
    return [*found, None] if found and late else found


def value(found: list[Found]) -> float | None:
    """Return the mean; infinity where some seed did not find it, None where there is no verdict at all."""
    numbers = [number for number in found if isinstance(number, int)]
    if not numbers and all(number == NO_VERDICT for number in found):
        return None
    return mean(numbers) if len(numbers) == len(found) else float("inf")


HEAD = """\
# Executions until the mistake is found

    python tests/quality/rivals/until_found.py PYTHON

on all {count} classic programs, with frontrun 0.7.0 and interleave-test 0.1.0 on CPython 3.13.0 (`PYTHON` is one
that has them). Means over up to 20 seeds where an engine draws; at most 300 executions, and a minute for all seeds of
an engine on one program. ">300": from some seed it was not found. "-": the engine cannot run the program, or comes to
no verdict.
"""


def show(number: float | None) -> str:
    if number is None:
        return "-"
    return f">{MOST}" if number == float("inf") else f"{number:.1f}"


def read(cell: str) -> float | None:
    """Return what `show` shows."""
    return None if cell == "-" else float("inf") if cell.startswith(">") else float(cell)


def known() -> dict[str, dict[str, float | None]]:
    """Return what RESULTS.md holds."""
    rows = [line.strip("| \n").split(" | ") for line in RESULTS.read_text(encoding="utf-8").splitlines()]
    engines = (DOJO, *RIVALS)
    return {
        row[0]: {engine: read(cell) for engine, cell in zip(engines, row[1:], strict=True)}
        for row in rows
        if len(row) == len(engines) + 1 and row[0] != "program"
    }


def conclusion(measured: dict[str, dict[str, float | None]]) -> list[str]:
    """Return how the dojo fares beside each engine and beside the best of all, and the programs on which it loses."""
    # Who cannot run a program, and who does not find its mistake, has lost to everybody who does.
    ranks = {
        name: {engine: float("inf") if number is None else number for engine, number in values.items()}
        for name, values in measured.items()
    }
    lines = ["Programs on which the dojo needs fewer executions, as many, more:"]
    for rival in RIVALS:
        fewer = sum(rank[DOJO] < rank[rival] for rank in ranks.values())
        more = sum(rank[DOJO] > rank[rival] for rank in ranks.values())
        lines.append(f"  {rival:24} {fewer:4} {len(ranks) - fewer - more:4} {more:4}")
    worse = []
    for name, rank in ranks.items():
        best = min(RIVALS, key=rank.__getitem__)
        if rank[DOJO] > rank[best]:
            worse.append(f"  {name}: {show(measured[name][DOJO])}, {best} {show(measured[name][best])}")
    lines.append(f"It needs at most as many as the best of all of them on {len(ranks) - len(worse)} of {len(ranks)}.")
    return [*lines, *(["More than that on:", *worse] if worse else [])]


def table(measured: dict[str, dict[str, float | None]]) -> list[str]:
    heads = ["program", "dojo", *(rival.replace("-test", "") for rival in RIVALS)]
    rows = [[name, *map(show, values.values())] for name, values in measured.items()]
    return ["| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows)]


def main(python: str, wanted: list[str]) -> None:
    before = known()
    measured: dict[str, dict[str, float | None]] = {}
    for name in wanted or sorted(path.stem for path in CLASSICS.glob("*.py")):
        others = before[name] if python == "--dojo" else {rival: value(run(rival, name, python)) for rival in RIVALS}
        measured[name] = {**others, DOJO: value(run(DOJO, name, python))}
        measured[name] = {engine: measured[name][engine] for engine in (DOJO, *RIVALS)}
        print(table({name: measured[name]})[-1], flush=True)
    print("\n".join(conclusion(measured)))
    if not wanted:
        text = [HEAD.format(count=len(measured)), *table(measured), "", "```text", *conclusion(measured), "```", ""]
        RESULTS.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--search":
        search(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), float(sys.argv[6]))
    else:
        main(sys.argv[1], sys.argv[2:])
