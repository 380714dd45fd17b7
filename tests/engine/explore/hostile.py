"""Explore every program of tests/quality/hostile in a process of its own, and print how its executions can end.

python -m tests.engine.explore.hostile [NAME ...]      prints {"name": ["returned ...", "stuck"], ...}
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path

from dojo import model
from dojo.explore.explorer import Budget, Explorer
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.world import World, load_program

FOLDER = Path(__file__).parents[2] / "quality" / "hostile"
BUDGET = Budget(reduce=60, bounded=20, max_bound=1, samples=40)
SECONDS = 150
"""Of processor time, whatever else the machine does."""


def endings_of(path: Path) -> list[str]:
    """Return the distinct endings of the program at `path`, or why it is rejected."""
    text = path.read_text(encoding="utf-8")
    library = Library()
    world = World(library, load_program(path.stem, str(path), text, by_learner=True), None, "scenario")
    try:
        world.execute(world.submission)
    except BaseException as error:
        return [f"rejected {type(error).__name__}: {error}"]
    explorer = Explorer(world, Sources(str(path), "", {str(path): text}), [], lambda count: None)
    outcomes, _ = explorer.explore(BUDGET)
    endings = [shown(outcome.ending) for outcome in outcomes]
    return endings + [f"uncontrolled {sentence}" for sentence in sorted(library.uncontrolled)]


def shown(ending: model.Ending) -> str:
    match ending:
        case model.Returned(value):
            return f"returned {json.dumps(value)}"
        case model.Raised(kind, message):
            return f"raised:{kind} {message}"
        case model.Stuck():
            return "stuck"
        case model.Spinning():
            return "spinning"
        case model.LeftAlive():
            return "left-alive"


def in_a_child(path: Path) -> list[str]:
    """Explore in a child process: some of these programs end theirs, or would never end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        try:
            answer = endings_of(path)
        except BaseException as error:
            answer = [f"internal {type(error).__name__}: {error}"]
        os.write(writing, json.dumps(answer)[:60_000].encode())
        os._exit(0)
    os.close(writing)
    text = os.read(reading, 65_536).decode()
    os.close(reading)
    _, ended, usage = os.wait4(child, 0)
    status = os.waitstatus_to_exitcode(ended)
    if usage.ru_utime + usage.ru_stime >= SECONDS:
        return [f"did not end in {SECONDS} seconds"]
    return json.loads(text) if text else [f"died:{status}"]


def main(names: list[str]) -> None:
    programs = [path for path in sorted(FOLDER.glob("*.py")) if not names or path.stem in names]
    print(json.dumps({path.stem: in_a_child(path) for path in programs}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
