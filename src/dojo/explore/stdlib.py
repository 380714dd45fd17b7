"""Private copies of the standard library's modules on threads, executed on the stand-in for `_thread`.

Only what the dojo executes sees them: through the `__import__` of its builtins. `sys.modules` is never touched.
"""

from __future__ import annotations

import builtins
import collections
import gc
import importlib
import importlib.util
import itertools
import os
import random
import sys
import weakref
from types import CodeType, ModuleType
from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.hooks import SITES, hook_table
from dojo.explore.instrument import instrument
from dojo.explore.primitives.clock import time_module
from dojo.explore.primitives.locks import WaiterLock
from dojo.explore.primitives.simple_queue import queue_module
from dojo.explore.primitives.threads import Started, thread_module

# Module -> the attributes that its code reads without a lock; all its other accesses are ordered by the locks it takes.
COPIED: dict[str, frozenset[str]] = {
    "threading": frozenset({"_flag", "_state", "_count"}),
    "queue": frozenset(),
    "sched": frozenset(),
    "_threading_local": frozenset(),
    "concurrent": frozenset(),
    "concurrent.futures": frozenset(),
    "concurrent.futures._base": frozenset(),
    "concurrent.futures.thread": frozenset({"_shutdown", "_broken"}),
    "multiprocessing.dummy": frozenset(),
    "multiprocessing.dummy.connection": frozenset(),
    "multiprocessing.pool": frozenset({"_state"}),
    "logging": frozenset(),
}
COPYABLE = (dict, list, set, collections.deque, weakref.WeakSet, weakref.WeakKeyDictionary)


class NullLock:
    """A lock of the library's bookkeeping: no step happens while it is held, so there is nothing to guard."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        return True

    def release(self) -> None:
        pass

    def __enter__(self) -> bool:
        return True

    def __exit__(self, *exc_info: object) -> None:
        pass

    def _at_fork_reinit(self) -> None:
        pass


class Library:
    """The modules that controlled code imports instead of the real ones, and their state between executions."""

    def __init__(self) -> None:
        self.builtins: dict[str, Any] = {**vars(builtins), **hook_table(), "__import__": self.import_name}
        self.modules: dict[str, ModuleType] = {
            "_thread": thread_module(),
            "_queue": queue_module(),
            "time": time_module(),
            "gc": self._gc_module(),
        }
        self._os = _without(os, "register_at_fork")
        self._saved: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
        self.threading = self.load("threading")

    # ---------------------------------------------------------------------------------------- import

    def import_name(
        self,
        name: str,
        globals: dict[str, Any] | None = None,
        locals: dict[str, Any] | None = None,
        fromlist: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """Stand in for `builtins.__import__`: the copies for their names, the real modules for the others."""
        absolute = name
        if level:
            package = (globals or {}).get("__package__") or ""
            absolute = importlib.util.resolve_name("." * level + name, package)
        module = self.load(absolute)
        if fromlist:
            self._load_submodules(absolute, module, fromlist)
            return module
        if level == 0:
            return self.load(absolute.partition(".")[0])
        return module

    def _load_submodules(self, name: str, module: ModuleType, fromlist: tuple[str, ...]) -> None:
        """`from package import names`: a name that the package lacks may be a module of its."""
        if not hasattr(module, "__path__"):
            return
        for attribute in (*getattr(module, "__all__", ()), *fromlist) if "*" in fromlist else fromlist:
            if attribute != "*" and not hasattr(module, attribute):
                try:
                    self.load(f"{name}.{attribute}")
                except ModuleNotFoundError as error:
                    # The import statement itself says then that the name is missing.
                    if error.name != f"{name}.{attribute}":
                        raise

    def load(self, name: str) -> ModuleType:
        """Return the module that `import name` gives to controlled code."""
        if name in self.modules:
            return self.modules[name]
        if name not in COPIED:
            return self._load_real(name)
        parent, _, child = name.rpartition(".")
        if parent:
            self.load(parent)
        module = self._execute(name)
        if parent:
            setattr(self.modules[parent], child, module)
        self._save(name, module)
        return module

    def _load_real(self, name: str) -> ModuleType:
        module = importlib.import_module(name)
        if name == "multiprocessing":
            module = self.modules[name] = _without(module)
        parent, _, child = name.rpartition(".")
        if parent in self.modules and child not in vars(self.modules[parent]):
            setattr(self.modules[parent], child, module)
        return module

    def _execute(self, name: str) -> ModuleType:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = importlib.util.module_from_spec(spec)
        vars(module).update(__builtins__=self.builtins, Started=Started)
        self.modules[name] = module
        os_before = self.modules.get("os")
        self.modules["os"] = self._os
        try:
            exec(self._code(name, spec.origin or name), vars(module))
        finally:
            del self.modules["os"]
            if os_before is not None:
                self.modules["os"] = os_before
        self._adapt(name, module)
        return module

    def _code(self, name: str, origin: str) -> CodeType:
        with open(origin, encoding="utf-8") as file:
            source = file.read()
        if name == "threading":
            source = source.replace("self._started = Event()", "self._started = Started()")
        tree = instrument(source, origin, SITES, by_learner=False, only_members=COPIED[name])
        return compile(tree, origin, "exec", dont_inherit=True)

    def _adapt(self, name: str, module: ModuleType) -> None:
        if name == "threading":
            vars(module)["_active_limbo_lock"] = NullLock()
            vars(module)["_allocate_lock"] = WaiterLock
            if "_shutdown_locks_lock" in vars(module):
                vars(module)["_shutdown_locks_lock"] = NullLock()

    def _gc_module(self) -> ModuleType:
        module = _without(gc)

        def collect(generation: int = 2) -> int:
            # The log of the execution keeps what it names alive; a scenario that asks for a collection wants it gone.
            if EXECUTION.active:
                EXECUTION.forget()
            return gc.collect(generation)

        vars(module)["collect"] = collect
        return module

    # ----------------------------------------------------------------------------- between executions

    def _save(self, name: str, module: ModuleType) -> None:
        names = dict(vars(module))
        self._saved[name] = (names, {key: _copied(value) for key, value in names.items() if type(value) in COPYABLE})

    def restore(self) -> None:
        """Put every copy back to what it was after its import, for the next execution."""
        random.seed(0)
        for name, (names, containers) in self._saved.items():
            namespace = vars(self.modules[name])
            if namespace != names:
                namespace.clear()
                namespace.update(names)
            for key, value in containers.items():
                _refill(names[key], value)
        vars(self.threading)["_counter"] = itertools.count(1).__next__
        thread_pool = self.modules.get("concurrent.futures.thread")
        if thread_pool is not None:
            thread_pool.ThreadPoolExecutor._counter = itertools.count().__next__


def _without(module: ModuleType, *names: str) -> ModuleType:
    copy = ModuleType(module.__name__, module.__doc__)
    vars(copy).update({name: value for name, value in vars(module).items() if name not in names})
    return copy


def _copied(value: Any) -> Any:
    return list(value.items()) if isinstance(value, dict | weakref.WeakKeyDictionary) else list(value)


def _refill(container: Any, content: list[Any]) -> None:
    if len(container) == len(content) and not content:
        return
    container.clear()
    if isinstance(container, list | collections.deque):
        container.extend(content)
    else:
        container.update(content)


def is_library_frame(path: str) -> bool:
    """Tell whether a frame of `path` belongs to the standard library or to the dojo, not to a kata."""
    return path.startswith((sys.base_prefix, os.path.dirname(os.path.dirname(__file__))))
