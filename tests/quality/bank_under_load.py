"""Grade the whole bank again and again while another program keeps every processor busy: the verdicts must not change.

Usage, from the top of the checkout:

    python tests/quality/bank_under_load.py [--times N] [--group GROUP] [--kata KATA] [--jobs N] [--no-load]

Prints what differed, and a summary; exits 1 if anything differed from the first line of a file or from another time.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dojo.catalog import load_katas
from tests.katas.bank import ROOT, Submission, grade, load_bank

BUSY = "while True: pass"


@contextlib.contextmanager
def busy_processors() -> Iterator[None]:
    """Keep every processor busy with a program that has nothing to do with us."""
    others = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def verdict_on(submission: Submission) -> tuple[str, str]:
    """Return verdict and code of one submission; the first check that fails decides them, and is the last one."""
    kata = next(kata for kata in load_katas(ROOT) if kata.slug == submission.kata)
    card = grade(kata, submission.path, "-x")
    return card.verdict, card.diagnosis.code


def grade_times(submissions: list[Submission], times: int, jobs: int) -> dict[str, Counter[tuple[str, str]]]:
    """Grade each submission so many times, so many of them at once."""
    seen: dict[str, Counter[tuple[str, str]]] = {submission.name: Counter() for submission in submissions}
    with ProcessPoolExecutor(jobs) as pool:
        for number in range(times):
            began = time.monotonic()
            for submission, verdict in zip(submissions, pool.map(verdict_on, submissions), strict=True):
                seen[submission.name][verdict] += 1
            print(f"time {number + 1} of {times}: {time.monotonic() - began:.0f} s", flush=True)
    return seen


def main() -> int:
    """Print the comparison and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--group")
    parser.add_argument("--kata")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="submissions at once; one a processor")
    parser.add_argument("--no-load", action="store_true", help="without the other program")
    options = parser.parse_args()
    submissions = [
        each
        for each in load_bank()
        if options.kata in (None, each.kata) and options.group in (None, each.path.parents[1].name)
    ]
    with contextlib.nullcontext() if options.no_load else busy_processors():
        seen = grade_times(submissions, options.times, options.jobs)
    wrong = 0
    for submission in submissions:
        verdicts = seen[submission.name]
        if set(verdicts) != {(submission.verdict, submission.code)}:
            wrong += 1
            told = ", ".join(f"{verdict} {code} ({count})" for (verdict, code), count in verdicts.most_common())
            print(f"{submission.name}: announced {submission.verdict} {submission.code}, got {told}")
    load = "without load" if options.no_load else f"with {os.cpu_count()} busy processors"
    done = f"{len(submissions)} submissions, {options.times} times each, {options.jobs} at once"
    print(f"{done}, {load}: {wrong} with another verdict")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
