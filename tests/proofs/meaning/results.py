"""Print the result of every proof as a table: `python -m tests.proofs.meaning.results [module ...]`."""

from __future__ import annotations

import platform
import subprocess
import sys
import time

from tests.proofs.meaning.compare import Unavailable, compare
from tests.proofs.meaning.table import PROOFS


def main() -> None:
    chosen = [PROOFS[name] for name in sys.argv[1:]] or list(PROOFS.values())
    print(f"Python {platform.python_version()}\n")
    print("| instrumented | tests | passed as it is | same when instrumented | accounted for | not accounted for |")
    print("|---|---|---|---|---|---|", flush=True)
    for proof in chosen:
        names, begin = " ".join(proof.modules), time.perf_counter()
        try:
            found = compare(proof)
        except Unavailable as reason:
            print(f"| {names} | - | - | - | - | not run: {reason} |", flush=True)
            continue
        except (AssertionError, subprocess.TimeoutExpired) as error:
            print(f"| {names} | - | - | - | - | {str(error)[-600:]!r} |", flush=True)
            continue
        other = len(found.accounted) + len(found.differences)
        row = [names, found.tests, found.passed, found.tests - other, len(found.accounted), len(found.differences)]
        print("| " + " | ".join(map(str, row)) + " |", flush=True)
        for test, ending in found.differences.items():
            print(f"    {test}: {ending}", flush=True)
        print(f"{names}: {time.perf_counter() - begin:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
