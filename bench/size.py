"""Print what an exhaustive search costs for 2 to 5 threads with 1 to 8 steps each, beside what theory says it must.

    python bench/size.py [PICTURE.svg]

The threads take one lock, so that two executions differ only in the order of the critical sections: there are
(n k)! / (k!)^n of them, the Mazurkiewicz classes. A search may need a few more: executions that it breaks off because
they can only repeat another one are not counted, but what the threads and the scenario do at their ends is.
"""

from __future__ import annotations

import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from dojo.explore.explorer import Explorer
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.tally import Tally
from dojo.explore.world import World, load_program

CAP = 20_000
THREADS, STEPS = range(2, 6), range(1, 9)
PROGRAM = """
import threading
from dojo import together

def scenario():
    lock = threading.Lock()
    def work():
        for _ in range({steps}):
            lock.acquire()
            lock.release()
    together(*[work] * {threads})
"""
PATH = "/size.py"
# One colour for each number of threads, legible on white and on black.
COLOURS = {2: "#1b9e77", 3: "#d95f02", 4: "#7570b3", 5: "#e7298a"}
WIDTH, HEIGHT, MARGIN = 800, 500, 100
DECADES = 8


@dataclass(frozen=True)
class Row:
    """One size of program, and what its search took."""

    threads: int
    steps: int
    executions: int
    exhausted: bool
    seconds: float

    @property
    def classes(self) -> int:
        return classes_of(self.threads, self.steps)


def classes_of(threads: int, steps: int) -> int:
    return math.factorial(threads * steps) // math.factorial(steps) ** threads


def search(library: Library, threads: int, steps: int) -> Row:
    """Search one program until it is exhausted, or the cap is reached."""
    source = PROGRAM.format(threads=threads, steps=steps)
    world = World(library, load_program("size", PATH, source, by_learner=True), None, "scenario")
    explorer = Explorer(world, Sources(PATH, "", {PATH: source}), [], lambda count: None)
    began = time.process_time()
    exhausted = explorer.search(Dpor(), CAP, Tally(), 1000)
    return Row(threads, steps, explorer.executions, exhausted, time.process_time() - began)


def rows() -> list[Row]:
    """Search every size, smallest first; beyond the first one that is too large only the count is printed."""
    library, found = Library(), []
    for threads in THREADS:
        is_too_large = False
        for steps in STEPS:
            if is_too_large:
                print(f"| {threads} | {steps} | {classes_of(threads, steps):,} | not searched | - |", flush=True)
                continue
            row = search(library, threads, steps)
            found.append(row)
            done = f"{row.executions:,}" if row.exhausted else f"more than {CAP:,}"
            print(f"| {threads} | {steps} | {row.classes:,} | {done} | {row.seconds * 1000:,.0f} |", flush=True)
            is_too_large = not row.exhausted
    return found


def at(steps: float, value: float) -> str:
    """Return where a value stands in the picture: steps to the right, powers of ten upwards."""
    x = MARGIN + (steps - 1) * (WIDTH - 2 * MARGIN) / (len(STEPS) - 1)
    y = HEIGHT - MARGIN - math.log10(value) * (HEIGHT - 2 * MARGIN) / DECADES
    return f"{x:.1f},{y:.1f}"


def line(points: list[str], colour: str, dashes: str) -> str:
    return f'<polyline points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2.5" {dashes}/>'


def text(place: str, words: str, more: str = "") -> str:
    x, y = place.split(",")
    return f'<text x="{x}" y="{y}" {more}>{words}</text>'


def curves(found: list[Row], threads: int) -> list[str]:
    """Return the lines of one number of threads: theory dashed, practice solid, its milliseconds dotted."""
    mine, colour = [row for row in found if row.threads == threads], COLOURS[threads]
    counts = [(steps, classes_of(threads, steps)) for steps in STEPS if classes_of(threads, steps) <= 10**DECADES]
    solved = [row for row in mine if row.exhausted]
    return [
        line([at(*count) for count in counts], colour, 'stroke-dasharray="9 6" opacity="0.7"'),
        line([at(row.steps, row.executions) for row in solved], colour, ""),
        line([at(row.steps, max(row.seconds * 1000, 1)) for row in solved], colour, 'stroke-dasharray="2 4"'),
        *(f'<circle cx="{p.split(",")[0]}" cy="{p.split(",")[1]}" r="4" fill="{colour}"/>'
          for p in (at(row.steps, row.executions) for row in solved)),
        text(at(counts[-1][0] + 0.1, counts[-1][1]), f"{threads} threads", f'fill="{colour}"'),
    ]  # fmt: skip


def picture(found: list[Row]) -> str:
    """Return the table as an SVG."""
    grey = 'fill="#808080"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        'font-family="sans-serif" font-size="14">',
        text(f"{MARGIN},28", "solid: executions; dashed: Mazurkiewicz classes; dotted: milliseconds", grey),
    ]
    for decade in range(DECADES + 1):
        left, right = at(1, 10**decade), at(len(STEPS), 10**decade)
        parts.append(line([left, right], "#808080", 'opacity="0.25"'))
        x, y = left.split(",")
        parts.append(text(f"{float(x) - 10:.1f},{float(y) + 5:.1f}", f"{10**decade:,}", f'text-anchor="end" {grey}'))
    for steps in STEPS:
        x = at(steps, 1).split(",")[0]
        parts.append(text(f"{x},{HEIGHT - MARGIN + 24}", str(steps), f'text-anchor="middle" {grey}'))
    parts.append(text(f"{WIDTH / 2},{HEIGHT - 40}", "steps of each thread", f'text-anchor="middle" {grey}'))
    for threads in THREADS:
        parts += curves(found, threads)
    return "\n".join([*parts, "</svg>", ""])


def main(arguments: list[str]) -> None:
    """Print the table, and draw it where a path is given."""
    print("| threads | steps each | Mazurkiewicz classes | executions | ms |\n|---|---|---|---|---|")
    found = rows()
    if arguments:
        Path(arguments[0]).write_text(picture(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
