"""Print how CPython's tests of threads fare on the re-executed library of this interpreter.

python -m tests.proofs.cpython.show [--seeds N] [MODULE ...]
"""

from __future__ import annotations

import argparse
import sys

from tests.proofs.cpython.library import TestLibrary
from tests.proofs.cpython.suite import MODULES, Tally, is_installed, run_module

COLUMNS = ("passed", "failed", "not applicable", "skipped", "surprising")


def counts(tally: Tally) -> tuple[int, ...]:
    kinds = (tally.passed, tally.failed, tally.not_applicable, tally.skipped, tally.surprising)
    return tuple(len(kind) for kind in kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description="How CPython's tests of threads fare on the re-executed library.")
    parser.add_argument("modules", nargs="*", default=list(MODULES), help="modules of the package `test`")
    parser.add_argument("--seeds", type=int, default=3, help="executions of each test (default: %(default)s)")
    options = parser.parse_args()
    library = TestLibrary()
    print(f"Python {sys.version.split()[0]}, {options.seeds} seeds\n")
    print(f"| {'module':42} | {' | '.join(f'{column:>14}' for column in COLUMNS)} |")
    print(f"|{'-' * 44}|{'|'.join('-' * 15 + ':' for _ in COLUMNS)}|")
    remarks: list[str] = []
    for module in options.modules:
        if not is_installed(module):
            remarks.append(f"{module}: not installed")
            continue
        tally = run_module(library, module, range(options.seeds), slow=True)
        print(f"| {module:42} | {' | '.join(f'{count:14}' for count in counts(tally))} |", flush=True)
        remarks += [f"{module}.{test} is surprising: {why}" for test, why in tally.surprising.items()]
        remarks += [f"{module}.{test} skips itself: {why}" for test, why in tally.skipped.items()]
    print("", *remarks, sep="\n")


if __name__ == "__main__":
    main()
