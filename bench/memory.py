"""Print what the search keeps over many executions, and what a long recording takes.

    python bench/memory.py [EXECUTIONS]

Resident memory must not grow once it is warm: an execution leaves nothing to the next.
"""

from __future__ import annotations

import sys

import psutil

from dojo.explore import execution
from dojo.explore.execution import Strategy
from dojo.explore.explorer import Explorer
from dojo.explore.record import Recorder
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.strategies.replay import Replay
from dojo.explore.strategies.sampling import RandomWalk
from dojo.explore.tally import Tally
from dojo.explore.world import World, load_program

PATH = "/memory.py"
ACCOUNT = """
import threading
from dojo import together

class Account:
    def __init__(self):
        self.lock, self.balance = threading.Lock(), 0

    def deposit(self, amount):
        with self.lock:
            self.balance = self.balance + amount

def scenario():
    account = Account()
    together((account.deposit, 20), (account.deposit, 50))
    return account.balance
"""
LONG = """
from dojo import together

class Counter:
    value = 0

def scenario():
    counter = Counter()
    def count():
        for _ in range({turns}):
            counter.value += 1
    together(count, count)
    return counter.value
"""
STEPS = 100_000


def explorer_of(source: str) -> Explorer:
    program = load_program("memory", PATH, source, by_learner=True)
    return Explorer(
        World(Library(), program, None, "scenario"), Sources(PATH, "", {PATH: source}), [], lambda count: None
    )


def megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def print_searches(executions: int) -> None:
    """Print the resident memory now and then during each search."""
    print("| executions | random walk, MB | reduction, MB |\n|---|---|---|")
    marks = [mark for mark in (1_000, 10_000, 100_000, 200_000, 500_000, 1_000_000) if mark <= executions]
    columns = [measured(marks, walk) for walk in (True, False)]
    for mark, *sizes in zip(marks, *columns, strict=True):
        print(f"| {mark:,} | " + " | ".join(f"{size:.1f}" for size in sizes) + " |")


def measured(marks: list[int], walk: bool) -> list[float]:
    """Return the resident memory after each number of executions."""
    explorer, strategy, sizes = explorer_of(ACCOUNT), strategy_of(walk), []
    for mark in marks:
        while explorer.executions < mark:
            # The reduction of this program ends after a few executions, and begins anew.
            if explorer.search(strategy, mark - explorer.executions, Tally(), 1_000):
                strategy = strategy_of(walk)
        sizes.append(megabytes())
    return sizes


def strategy_of(walk: bool) -> Strategy:
    return RandomWalk(1) if walk else Dpor()


def print_recording() -> None:
    """Print what the trace of a long execution takes."""
    execution.MAX_STEPS = 2 * STEPS
    explorer = explorer_of(LONG.format(turns=STEPS // 4))
    strategy, recorder, before = Replay(()), Recorder(explorer.sources), megabytes()
    strategy.begin()
    explorer.autopsy.recorder = recorder
    explorer.execute(strategy, recorder)
    print(f"\nA trace of {len(recorder.steps):,} steps: {megabytes() - before:.0f} MB, with the execution still there")


def main(arguments: list[str]) -> None:
    """Print both."""
    print_searches(int(arguments[0]) if arguments else 1_000_000)
    print_recording()


if __name__ == "__main__":
    main(sys.argv[1:])
