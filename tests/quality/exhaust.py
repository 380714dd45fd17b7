"""Search one classic program to its end, however long that takes: `python -m tests.quality.exhaust stack fixed 600000`.

Prints whether the reduction came to its end within so many executions, how many it took, and for how long.
"""

from __future__ import annotations

import sys
import time
from typing import Literal, cast

from dojo.explore.strategies.dpor import Dpor
from dojo.explore.tally import Tally
from tests.quality.classic_programs import Hunt


def main(name: str, variant: Literal["buggy", "fixed"], most: int) -> None:
    hunt, tally, begun = Hunt(name, variant, stop=False), Tally(), time.monotonic()
    ended = hunt.search(Dpor(), most, tally, steps_each=sys.maxsize)
    claim = "exhausted" if ended and not tally.was_cut else "not exhausted"
    fails = f"fails in execution {hunt.found}" if hunt.found else "never fails"
    print(f"{name}, {variant}: {claim}, {tally.executions:,} executions, {fails}, {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1], cast('Literal["buggy", "fixed"]', sys.argv[2]), int(sys.argv[3]))
