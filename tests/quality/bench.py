"""How fast interleavings are tried, beside the floor of what a switch costs, and what a whole check costs.

Usage: python tests/quality/bench.py (from the top of the checkout). Prints the tables of docs/performance.md.
It fails only where something raises: how fast a machine is, is no matter of right or wrong.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from greenlet import greenlet

from dojo.catalog import load_katas
from dojo.explore.service import explore_job
from dojo.loading import load_source
from dojo.model import Census
from dojo.sandbox.jobs import Answered, Job
from dojo.sandbox.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
EXECUTIONS = 4_000
LEAST = 100
"""Executions below which a rate is noise."""
ROUNDS = 5

COUNTER = """
import threading

class Counter:
    def __init__(self):
        self.value = 0
        self.lock = threading.Lock()

    def add(self):
        for _ in range({times}):
            {guard}
                self.value += 1
"""
SCENARIO = """
from dojo import together

def scenario(kata, tasks):
    counter = kata.Counter()
    together(*[(counter.add,) for _ in range(tasks)])
    return counter.value
"""
PROGRAMS = [
    (f"{tasks} threads, {times} increments each, {kind}", tasks, times, guard)
    for kind, guard in (("no lock", "if True:"), ("one lock", "with self.lock:"))
    for tasks, times in ((2, 1), (2, 3), (3, 1), (3, 2))
]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time that `work` takes at best: other programs on the machine are not to count."""
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def floor(tasks: int, switches: int) -> float:
    """Return the seconds that greenlets need to be made, to switch so often in all, and to end."""

    def body() -> None:
        parent = greenlet.getcurrent().parent  # type: ignore[attr-defined]
        for _ in range(switches // tasks):
            parent.switch()

    def execution() -> None:
        made = [greenlet(body) for _ in range(tasks)]
        while made:
            made = [each for each in made if not (each.switch(), each.dead)[1]]

    return seconds(execution)


def explored(folder: Path, tasks: int, times: int, guard: str) -> tuple[int, bool, float]:
    """Return executions, whether that was everything, and the seconds for them, without the set-up."""
    submission, grader = folder / "counter.py", folder / "test_counter.py"
    submission.write_text(COUNTER.format(times=times, guard=guard))
    grader.write_text(SCENARIO)

    def job(budget: int) -> dict[str, Any]:
        description = {
            "kind": "explore",
            "kata": "counter",
            "submission": str(submission),
            "grader": str(grader),
            "scenario": "scenario",
            "arguments": [tasks],
            "options": {"budget": budget},
        }
        answer = explore_job(description, load_source(submission), lambda news: None)
        assert isinstance(answer, dict)
        found = answer["explored"]
        assert isinstance(found, dict)
        return found

    found = job(EXECUTIONS)
    set_up, all_of_it = seconds(lambda: job(1)), seconds(lambda: job(EXECUTIONS))
    return int(found["executions"]), bool(found["exhausted"]), all_of_it - set_up


def print_searches() -> None:
    """Print the first table."""
    print("| program | interleavings tried | all of them | a second |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for title, tasks, times, guard in PROGRAMS:
            executions, exhausted, taken = explored(Path(name), tasks, times, guard)
            rate = f"{executions / taken:,.0f}" if executions >= LEAST else "-"
            print(f"| {title} | {executions:,} | {'yes' if exhausted else 'no'} | {rate} |")


def print_checks() -> None:
    """Print the second table."""
    job = Job(
        "explore",
        "race_condition",
        str(ROOT / "solutions/threads/race_condition.py"),
        str(ROOT / "graders/threads/test_race_condition.py"),
        "two_deposits",
        (20, 50),
        {},
    )
    began = time.perf_counter()
    with Sandbox() as sandbox:
        taken = []
        for _ in range(ROUNDS + 1):
            ended = sandbox.run(job)
            assert isinstance(ended, Answered), ended
            assert ended.census == Census()
            taken.append(time.perf_counter() - began)
            began = time.perf_counter()
    print("| one check of two deposits | ms |\n|---|---|")
    print(f"| the first, with the start of the zygote | {taken[0] * 1000:.0f} |")
    print(f"| each of the next, median | {statistics.median(taken[1:]) * 1000:.0f} |")


def command_seconds(*command: str) -> float:
    """Return the wall-clock seconds of a command, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, check=False)
        best = min(best, time.perf_counter() - began)
    return best


def print_katas() -> None:
    """Print the third table: what a learner waits for."""
    run = ("dojo", "run")
    with tempfile.TemporaryDirectory() as name:
        broken = Path(name, "broken.py")
        broken.write_text("def (", encoding="utf-8")
        start_up = command_seconds(*run, "race_condition", "--file", str(broken))
    print("| `dojo run KATA` | stub, s | solution, s | start-up in it |\n|---|---|---|---|")
    for kata in load_katas(ROOT):
        stub, solution = command_seconds(*run, kata.slug), command_seconds(*run, kata.slug, "--target", "solutions")
        print(f"| {kata.slug} | {stub:.1f} | {solution:.1f} | {start_up / solution:.0%} |", flush=True)
    print(f"\nStart-up, with a file that is rejected at once: {start_up:.1f} s")
    everything = command_seconds("pytest", "graders", "--target", "solutions", "-n", "2", "-q")
    print(f"`pytest graders --target solutions -n 2`: {everything:.0f} s")


def main() -> int:
    """Print everything."""
    print(f"CPython {platform.python_version()}, {platform.machine()}\n")
    print_searches()
    rate = 1 / floor(3, 12)
    print(f"\nThe floor: an execution of 3 greenlets that only switch, 12 times in all: {rate:,.0f} a second\n")
    print_checks()
    print()
    print_katas()
    return 0


if __name__ == "__main__":
    sys.exit(main())
