"""CPython's own test modules, executed as a kata would be: instrumented, on the re-executed standard library."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import CodeType, ModuleType
from typing import Any

from dojo.explore import execution
from dojo.explore.instrument import instrument
from dojo.explore.sites import SITES
from dojo.explore.stdlib import COPIED, Library

MAX_STEPS = 4_000_000
"""CPython's tests start more threads, and count further, than a kata does."""


class TestLibrary(Library):
    """The library of the explorer, which also hands out private copies of the package `test`."""

    __test__ = False

    def __init__(self) -> None:
        self.codes: dict[str, tuple[CodeType, str]] = {}
        self.blocked: frozenset[str] = frozenset()
        super().__init__()
        self.permanent = frozenset(self.modules)

    def load(self, name: str) -> ModuleType:
        if name in self.blocked:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in self.modules or not is_part_of_tests(name):
            return super().load(name)
        return self.execute_test_module(name)

    def execute_test_module(self, name: str) -> ModuleType:
        code, path = self._compiled(name)
        module = ModuleType(name)
        is_package = path.endswith("__init__.py")
        vars(module).update(
            __builtins__=self.builtins,
            __file__=path,
            __package__=name if is_package else name.rpartition(".")[0],
        )
        if is_package:
            vars(module)["__path__"] = list(importlib.util.find_spec(name).submodule_search_locations)
        self.modules[name] = module
        exec(code, vars(module))
        if name == "test.support.import_helper":
            vars(module)["import_fresh_module"] = self.import_fresh
        parent, _, child = name.rpartition(".")
        if is_part_of_tests(parent):
            setattr(self.load(parent), child, module)
        return module

    def _compiled(self, name: str) -> tuple[CodeType, str]:
        if name not in self.codes:
            spec = importlib.util.find_spec(name)
            if spec is None or spec.origin is None:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            with open(spec.origin, encoding="utf-8") as file:
                source = file.read()
            tree = instrument(source, spec.origin, SITES)
            self.codes[name] = compile(tree, spec.origin, "exec", dont_inherit=True), spec.origin
        return self.codes[name]

    def import_fresh(self, name: str, fresh: Sequence[str] = (), blocked: Sequence[str] = (), **_: Any) -> ModuleType:
        """Stand in for `test.support.import_helper.import_fresh_module`, which would go to `sys.modules`."""
        if name not in COPIED:
            return importlib.import_module("test.support.import_helper").import_fresh_module(name, fresh, blocked)
        before = self.modules.pop(name, None)
        self.blocked = frozenset(blocked)
        try:
            return self._execute(name)
        finally:
            self.blocked = frozenset()
            if before is not None:
                self.modules[name] = before

    def forget_tests(self) -> None:
        """Throw away the copies of the package `test`, so that the next execution makes its own."""
        for name in [name for name in self.modules if is_part_of_tests(name)]:
            del self.modules[name]


def is_part_of_tests(name: str) -> bool:
    return name == "test" or name.startswith("test.")


@contextmanager
def entered(modules: dict[str, ModuleType]) -> Iterator[None]:
    """Let `sys.modules` name `modules` for the duration of the block: unittest and pickle look there."""
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


@contextmanager
def many_steps() -> Iterator[None]:
    """Raise the bound on the steps of an execution for the duration of the block."""
    before = execution.MAX_STEPS
    execution.MAX_STEPS = MAX_STEPS
    try:
        yield
    finally:
        execution.MAX_STEPS = before
