"""The classic programs, measured: `python -m tests.quality.classic_programs [name ...]` pins their numbers anew.

Executions are counted, not seconds, so that the numbers are the same everywhere. Run it under the version that is
pinned for all first, then under each other one: what differs there is pinned for that version.
"""

from __future__ import annotations

import contextlib
import importlib.util
import sys
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from dojo import model
from dojo.explore.explorer import Budget, Explorer
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.strategy import Observer, Strategy
from dojo.explore.tally import Finding
from dojo.explore.world import World, load_program

FOLDER = Path(__file__).parent / "classics"
NUMBERS = Path(__file__).parent / "classics_numbers.toml"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
PINNED_FOR_ALL = "3.13"
HEAD = """\
# What the default exploration takes on each classic program: written by `python -m tests.quality.classic_programs`.
# found: executions until the first failure, 0 where the budget ends before; buggy, fixed: executions in all;
# claim: what is said afterwards ("exhausted", or the bound on preemptions up to which everything was tried).
"""

Variant = Literal["buggy", "fixed"]


@dataclass(frozen=True)
class Numbers:
    """What is pinned of one program."""

    found: int
    buggy: int
    buggy_claim: str
    fixed: int
    fixed_claim: str


class Found(Exception):
    """The first failure; there is no need to go on."""


class Hunt(Explorer):
    """An exploration that counts until the program fails for the first time."""

    def __init__(self, name: str, variant: Variant, *, stop: bool) -> None:
        path = FOLDER / f"{name}.py"
        text = path.read_text(encoding="utf-8")
        program = load_program(name, str(path), text, by_learner=True)
        super().__init__(
            World(Library(), program, None, variant), Sources(str(path), "", {str(path): text}), [], lambda count: None
        )
        self.module = load_plainly(path)
        self.stop = stop
        self.found: int | None = None
        self._tried = 0

    def execute(self, strategy: Strategy, observer: Observer | None = None) -> Finding:
        finding = super().execute(strategy, observer)
        if not finding.is_redundant:
            self._tried += 1
            if self.found is None and self.fails(finding.ending):
                self.found = self._tried
                if self.stop:
                    raise Found
        return finding

    def fails(self, ending: model.Ending) -> bool:
        """Tell whether this is what the program's mistake leads to; whoever does not return has failed."""
        return not isinstance(ending, model.Returned) or self.module.fails(ending.value)


def load_plainly(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"classic_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names() -> list[str]:
    return [path.stem for path in sorted(FOLDER.glob("*.py"))]


def executions_until_found(name: str) -> int | None:
    """Return how many executions of the buggy program it takes until it fails; None: it never does."""
    hunt = Hunt(name, "buggy", stop=True)
    with contextlib.suppress(Found):
        hunt.explore(Budget())
    return hunt.found


def explore(name: str, variant: Variant) -> tuple[int, str, int | None]:
    """Return the executions in all, the claim, and the execution that failed first."""
    hunt = Hunt(name, variant, stop=False)
    _, explored = hunt.explore(Budget())
    claim = "exhausted" if explored.exhausted else "nothing" if explored.bound is None else f"bound {explored.bound}"
    return explored.executions, claim, hunt.found


def load_numbers() -> dict[str, dict[str, Any]]:
    """Return what is pinned: the numbers of each program, with those of single versions under "only"."""
    return tomllib.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}


def numbers_of(name: str) -> Numbers:
    """Return what is pinned of this program for the version that runs."""
    pinned = dict(load_numbers()[name])
    only = pinned.pop("only", {})
    return Numbers(**{**pinned, **only.get(VERSION, {})})


def measure(name: str) -> Numbers:
    buggy, buggy_claim, found = explore(name, "buggy")
    fixed, fixed_claim, false_alarm = explore(name, "fixed")
    assert false_alarm is None, f"{name}: false alarm after {false_alarm} executions"
    return Numbers(found or 0, buggy, buggy_claim, fixed, fixed_claim)


def update(known: dict[str, dict[str, Any]], name: str, numbers: Numbers) -> None:
    fresh = asdict(numbers)
    only = known.get(name, {}).pop("only", {})
    only.pop(VERSION, None)
    if VERSION == PINNED_FOR_ALL or name not in known:
        known[name] = fresh
    else:
        different = {key: value for key, value in fresh.items() if known[name][key] != value}
        only |= {VERSION: different} if different else {}
    if only:
        known[name]["only"] = dict(sorted(only.items()))


def render(known: dict[str, dict[str, Any]]) -> str:
    lines = [HEAD]
    for name, pinned in sorted(known.items()):
        lines += [f"[{name}]", *_rows({key: value for key, value in pinned.items() if key != "only"}), ""]
        for version, different in pinned.get("only", {}).items():
            lines += [f'[{name}.only."{version}"]', *_rows(different), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _rows(values: dict[str, Any]) -> list[str]:
    return [f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}" for key, value in values.items()]


def main(wanted: list[str]) -> None:
    known = load_numbers()
    for name in wanted or names():
        try:
            numbers = measure(name)
        except AssertionError as error:
            print(error, flush=True)
            continue
        print(name, numbers, flush=True)
        update(known, name, numbers)
        NUMBERS.write_text(render(known), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
