"""Compare engines: executions a second of processor time, on ten small programs, each in processes of its own.

    python tests/quality/rivals/compare.py PYTHON [PROGRAM ...]

PYTHON is an interpreter that has `frontrun` and `interleave-test`; the dojo runs on the one that runs this.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from pathlib import Path

from measure import ENGINES
from programs import PROGRAMS

HERE = Path(__file__).parent
FEW, MANY = 100, 4000


def rate(engine: str, program: str, python: str) -> float | None:
    """Return executions a second of processor time, or None where the engine gives up."""
    own = engine.startswith(("dojo", "floor"))
    command = [sys.executable if own else python, "measure.py", engine, program, str(MANY if own else FEW)]
    if engine.startswith("frontrun"):
        command = [str(Path(python).with_name("frontrun")), *command]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        print(f"{engine}, {program}: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return float(found["executions"] / found["seconds"])


def main(python: str, programs: list[str]) -> None:
    print("executions a second  " + "".join(f"{engine:>23}" for engine in ENGINES))
    ratios: dict[str, list[float]] = {engine: [] for engine in ENGINES}
    for program in programs or list(PROGRAMS):
        rates = {engine: rate(engine, program, python) for engine in ENGINES}
        print(f"{program:21}" + "".join(f"{value or 0:>23,.0f}" for value in rates.values()), flush=True)
        for engine, value in rates.items():
            # Like is compared with like; the floor with the plainest search.
            mine = rates["dojo dfs" if engine == "floor" else f"dojo {engine.rpartition(' ')[2]}"]
            if value and mine:
                ratios[engine].append(mine / value)
    print(
        "the dojo is faster by " + "".join(f"{statistics.median(found):>22.1f}x" for found in ratios.values() if found)
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
