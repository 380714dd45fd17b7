"""Compare engines: executions a second, on ten small programs, each in processes of its own.

    python tests/quality/rivals/compare.py PYTHON [PROGRAM ...]

PYTHON is an interpreter that has `frontrun` and `interleave-test`; the dojo runs on the one that runs this. The table
is by the clock; the factors are given for processor time too, which leaves out what engines wait for their own threads.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from measure import ENGINES
from programs import PROGRAMS

HERE = Path(__file__).parent
FEW, MANY = 100, 4000


class Rate(NamedTuple):
    """Executions for each second by the clock, and for each second of processor time."""

    clock: float
    processor: float


def rate(engine: str, program: str, python: str) -> Rate | None:
    """Return how fast the engine is, or None where it gives up."""
    own = engine.startswith(("dojo", "floor"))
    command = [sys.executable if own else python, "measure.py", engine, program, str(MANY if own else FEW)]
    if engine.startswith("frontrun"):
        command = [str(Path(python).with_name("frontrun")), *command]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        print(f"{engine}, {program}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return Rate(found["executions"] / found["seconds"], found["executions"] / found["processor"])


def main(python: str, programs: list[str]) -> None:
    print("executions a second      " + "".join(f"{engine:>23}" for engine in ENGINES))
    factors: dict[str, list[Rate]] = {engine: [] for engine in ENGINES}
    for program in programs or list(PROGRAMS):
        rates = {engine: rate(engine, program, python) for engine in ENGINES}
        print(
            f"{program:25}" + "".join(f"{value.clock if value else 0:>23,.0f}" for value in rates.values()), flush=True
        )
        for engine, theirs in rates.items():
            # Like is compared with like; the floor with the plainest search.
            mine = rates["dojo dfs" if engine == "floor" else f"dojo {engine.rpartition(' ')[2]}"]
            if theirs and mine:
                factors[engine].append(Rate(mine.clock / theirs.clock, mine.processor / theirs.processor))
    for measure in Rate._fields:
        medians = [statistics.median(getattr(factor, measure) for factor in found) for found in factors.values()]
        print(f"faster by, {measure:14}" + "".join(f"{median:>22.2f}x" for median in medians))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
