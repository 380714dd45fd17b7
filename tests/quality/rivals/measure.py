"""Measure one engine on one program: print executions and seconds, by the clock and of the processor, as JSON.

python measure.py ENGINE PROGRAM EXECUTIONS
"""

from __future__ import annotations

import gc
import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from programs import PROGRAMS, run

Taken = tuple[float, float]
"""Seconds by the clock, and seconds of processor time: engines that switch between real threads wait in between."""
Engine = Callable[[str, int], tuple[int, Taken]]


def _now() -> Taken:
    return time.perf_counter(), time.process_time()


def _since(begun: Taken) -> Taken:
    clock, processor = _now()
    return clock - begun[0], processor - begun[1]


def _real(*calls: tuple[Callable[..., object], object]) -> None:
    threads = [threading.Thread(target=call, args=(state,)) for call, state in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _dojo(strategy_of: Callable[[], object]) -> Engine:
    def engine(name: str, executions: int) -> tuple[int, Taken]:
        from dojo.explore.explorer import Explorer
        from dojo.explore.sources import Sources
        from dojo.explore.stdlib import Library
        from dojo.explore.tally import Tally
        from dojo.explore.world import World, load_program

        path = Path(__file__).with_name("programs.py")
        source = path.read_text(encoding="utf-8") + (
            f"\n\nfrom dojo import together\n\n\ndef scenario():\n    return run({name!r}, together)\n"
        )
        program = load_program("programs_under_test", str(path), source, by_learner=True)
        world = World(Library(), program, None, "scenario")
        explorer = Explorer(world, Sources(str(path), "", {str(path): source}), [], lambda count: None)
        strategy = _Again(strategy_of)
        explorer.search(strategy, 20, Tally())
        tally = Tally()
        begun = _now()
        explorer.search(strategy, executions, tally)
        taken = _since(begun)
        assert [outcome.value for outcome in tally.outcomes(starts=False)] == [True]
        return tally.executions, taken

    return engine


class _Again:
    """A strategy that starts over when it has come to its end, so that small programs give many executions."""

    def __init__(self, made: Callable[[], Any]) -> None:
        self._made = made
        self._strategy = made()
        self.choose, self.end = self._strategy.choose, self._strategy.end

    def begin(self) -> bool:
        if not self._strategy.begin():
            self.__init__(self._made)  # type: ignore[misc]
            self._strategy.begin()
        return True


def _dpor() -> object:
    from dojo.explore.strategies.dpor import Dpor

    return Dpor()


def _walk() -> object:
    from dojo.explore.strategies.sampling import RandomWalk

    return RandomWalk(1)


def _pct() -> object:
    from dojo.explore.strategies.sampling import Pct

    return Pct(1)


def _dfs() -> object:
    from dojo.explore.strategies.dfs import Dfs

    return Dfs()


def _frontrun(strategy: str) -> Engine:
    def engine(name: str, executions: int) -> tuple[int, Taken]:
        from frontrun.explore import explore

        setup, workers, holds = PROGRAMS[name]()
        budget: dict[str, Any] = {"max_attempts": executions, "seed": 1}
        if strategy == "dpor":
            budget = {"max_executions": executions, "stop_on_first": False, "detect_io": False}
        count, begun = 0, _now()
        while count < executions:
            count += explore(setup, list(workers), holds, strategy=strategy, **budget).num_explored
        return count, _since(begun)

    return engine


def _interleave(strategy: str) -> Engine:
    def engine(name: str, executions: int) -> tuple[int, Taken]:
        import interleave_test

        begun = _now()
        result = interleave_test.explore(
            lambda: run(name, _real), iterations=executions, seed=1, strategy=strategy, raise_on_failure=False
        )
        return result.schedules_run, _since(begun)

    return engine


def _floor(name: str, executions: int) -> tuple[int, Taken]:
    """A bare loop of greenlets that only switch: as many tasks and switches as the program has tasks and steps."""
    from greenlet import getcurrent, greenlet

    tasks, steps = len(PROGRAMS[name]()[1]), STEPS[name]

    def turns(root: greenlet, count: int) -> None:
        for _ in range(count):
            root.switch()

    gc.disable()
    root = getcurrent()
    begun = _now()
    for _ in range(executions):
        living = [greenlet(turns) for _ in range(tasks)]
        for task in living:
            task.switch(root, steps // tasks)
        while living:
            for task in list(living):
                task.switch()
                if task.dead:
                    living.remove(task)
    return executions, _since(begun)


STEPS = {
    "account": 14, "account of three": 21, "independent": 36, "dining": 27, "handover": 20,
    "event": 16, "queue": 44, "semaphore": 40, "reorder": 24, "stack": 20,
}  # fmt: skip

ENGINES: dict[str, Engine] = {
    "dojo dpor": _dojo(_dpor),
    "dojo random": _dojo(_walk),
    "dojo pct": _dojo(_pct),
    "dojo dfs": _dojo(_dfs),
    "floor": _floor,
    "frontrun dpor": _frontrun("dpor"),
    "frontrun random": _frontrun("random"),
    "interleave-test random": _interleave("random"),
    "interleave-test pct": _interleave("pct"),
    "interleave-test dfs": _interleave("dfs"),
}

if __name__ == "__main__":
    engine, program, executions = sys.argv[1:]
    count, taken = ENGINES[engine](program, int(executions))
    print(json.dumps({"executions": count, "seconds": taken[0], "processor": taken[1]}))
