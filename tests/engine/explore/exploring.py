"""Small programs, explored: what can come of them, as a set of texts."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from dojo.explore import uncontrolled
from dojo.explore.explorer import Budget, Explorer
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.strategies.replay import Replay
from dojo.explore.world import World, load_program
from tests.engine.explore.hostile import shown

PRELUDE = "import threading, time, queue, sys\nfrom dojo import together, attempt\n\n"
LIBRARY = Library()


def explorer_of(body: str, *, module: str = "") -> Explorer:
    """Return an explorer of the program whose scenario has this body."""
    text = f"{PRELUDE}{textwrap.dedent(module)}\ndef scenario():\n{textwrap.indent(textwrap.dedent(body), '    ')}"
    world = World(LIBRARY, load_program("program", "program.py", text, by_learner=True), None, "scenario")
    return Explorer(world, Sources("program.py", "", {"program.py": text}), [], lambda count: None)


def outcomes(body: str, *, module: str = "", budget: int = 3000) -> set[str]:
    """Return every way in which the program can end; fail where not all of its interleavings were tried."""
    found, explored = explorer_of(body, module=module).explore(Budget(reduce=budget))
    assert explored.exhausted, f"not exhausted after {explored.executions} executions"
    return {shown(outcome.ending) for outcome in found}


def ending(body: str, *, module: str = "", executions: int = 1) -> str:
    """Return how the program ends where nobody is preempted, in the last of so many executions in a row."""
    explorer = explorer_of(body, module=module)
    finding = [explorer.execute(strategy) for strategy in _replays(executions)][-1]
    return shown(finding.ending)


def _replays(executions: int) -> Iterator[Replay]:
    for _ in range(executions):
        strategy = Replay(())
        strategy.begin()
        yield strategy


def notes(body: str) -> set[str]:
    """Return what the program does that cannot be controlled."""
    uncontrolled.sentences.clear()
    ending(body)
    return set(uncontrolled.sentences)
