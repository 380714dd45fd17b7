"""The code under test: submission and grader, instrumented once and executed afresh for every execution."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from dojo.errors import KataError
from dojo.explore.instrument import CLASS_MEMBERS, instrument
from dojo.explore.lifetimes import may_notice
from dojo.explore.primitives.hashing import number_hashes
from dojo.explore.recursion import make_room
from dojo.explore.reuse import ReusableModule, is_reusable
from dojo.explore.sites import SITES
from dojo.explore.stdlib import Library
from dojo.explore.uncontrolled import importing

SCENARIO_FILE = Path(__file__).parent.parent / "scenario.py"


@dataclass(frozen=True, slots=True)
class Program:
    """An instrumented source, ready to be executed as a module of that name."""

    name: str
    path: str
    code: CodeType
    mortal: bool
    """It may notice when an object ends."""
    class_members: frozenset[str]
    """Attributes that it sets on classes."""


def load_program(name: str, path: str, source: str, *, by_learner: bool) -> Program:
    """Instrument and compile `source`; raise SyntaxError where it is none."""
    # A world names what its own programs set: a verdict must not depend on what else this process has loaded.
    CLASS_MEMBERS.clear()
    tree = instrument(source, path, SITES, by_learner=by_learner)
    code = compile(tree, path, "exec", dont_inherit=True)
    return Program(name, path, code, may_notice(source), frozenset(CLASS_MEMBERS))


@functools.cache
def vocabulary_code() -> CodeType:
    """Return the code of what scenarios are written with."""
    return compile(SCENARIO_FILE.read_text(encoding="utf-8"), str(SCENARIO_FILE), "exec", dont_inherit=True)


class World:
    """Builds a fresh world for each execution: library restored, grader and submission executed from scratch."""

    def __init__(self, library: Library, submission: Program, grader: Program | None, scenario: str) -> None:
        self.library = library
        self.submission = submission
        self.grader = grader
        self.scenario = scenario
        self.mortal = submission.mortal or (grader is not None and grader.mortal)
        self._class_members = submission.class_members | (grader.class_members if grader is not None else frozenset())
        self._vocabulary = self._scenario_vocabulary()
        self._reusable: dict[str, ReusableModule | None] = {}

    def _scenario_vocabulary(self) -> ModuleType:
        """Return a `dojo` module whose `together` starts controlled threads."""
        module = ModuleType("dojo")
        vars(module).update(__builtins__=self.library.builtins, __file__=str(SCENARIO_FILE))
        exec(vocabulary_code(), vars(module))
        self.library.modules["dojo"] = self.library.modules["dojo.scenario"] = module
        return module

    def build(self, arguments: Sequence[Any]) -> Callable[[], Any]:
        """Return the scenario as a call without arguments, over modules that nobody has used yet."""
        self.library.restore()
        if self._class_members != CLASS_MEMBERS:
            CLASS_MEMBERS.clear()
            CLASS_MEMBERS.update(self._class_members)
        make_room()
        kata = self._module(self.submission)
        if self.grader is None:
            return lambda: getattr(kata, self.scenario)(*arguments)
        grader = self._module(self.grader)
        function = getattr(grader, self.scenario, None)
        if not callable(function):
            raise KataError("no-scenario", f"{self.grader.path} has no function {self.scenario!r}")
        return lambda: function(kata, *arguments)

    def _module(self, program: Program) -> ModuleType:
        """Return the module of `program` as if it had just been imported."""
        known = self._reusable.get(program.name)
        if known is not None:
            known.restore()
            return known.module
        module = self.execute(program)
        if program.name not in self._reusable:
            self._reusable[program.name] = ReusableModule(module) if is_reusable(module) else None
        return module

    def execute(self, program: Program) -> ModuleType:
        """Execute `program` as a module that nobody has used yet."""
        module = ModuleType(program.name)
        vars(module).update(__builtins__=self.library.builtins, __file__=program.path)
        sys.modules[program.name] = module
        with importing():
            exec(program.code, vars(module))
        number_hashes(module)
        return module
