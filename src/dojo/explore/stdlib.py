"""Private copies of the standard library's modules on threads, executed on the stand-in for `_thread`.

Only what the dojo executes sees them: through the `__import__` of its builtins. `sys.modules` is never touched.
"""

from __future__ import annotations

import _thread
import atexit
import builtins
import contextlib
import gc
import importlib
import importlib.util
import itertools
import os
import random
import re
import signal
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from types import CodeType, ModuleType
from typing import Any, cast

from dojo.errors import InternalError
from dojo.explore import uncontrolled
from dojo.explore.execution import EXECUTION
from dojo.explore.hooks import hook_table
from dojo.explore.instrument import instrument
from dojo.explore.primitives.caches import cache, lru_cache, with_visible_store
from dojo.explore.primitives.clock import time_module
from dojo.explore.primitives.hashing import number_hashes, numbered_id
from dojo.explore.primitives.locks import WaiterLock, waiter_to_wake
from dojo.explore.primitives.marks import changed, looked_at
from dojo.explore.primitives.modules import stand_in
from dojo.explore.primitives.simple_queue import queue_module
from dojo.explore.primitives.thread_pool import PoolContext, wait_for_change
from dojo.explore.primitives.threads import Started, call_hook, counting, default_unraisable_hook, thread_module
from dojo.explore.restoring import Snapshot, Vigilance
from dojo.explore.sites import SITES

# Module -> the attributes that its code reads without a lock, or that a loop may poll; all its other accesses are
# ordered by the locks it takes.
COPIED: dict[str, frozenset[str]] = {
    "threading": frozenset({"_flag", "_state", "_count", "_value"}),
    "queue": frozenset({"is_shutdown", "unfinished_tasks"}),
    "sched": frozenset(),
    "_threading_local": frozenset(),
    "concurrent": frozenset(),
    "concurrent.futures": frozenset(),
    "concurrent.futures._base": frozenset(),
    # A worker reads `_shutdown` without a lock, but only after it took an item from the queue that was put in later.
    "concurrent.futures.thread": frozenset(),
    "multiprocessing.dummy": frozenset(),
    "multiprocessing.dummy.connection": frozenset(),
    "multiprocessing.pool": frozenset({"_state"}),
    "functools": frozenset(),
    "logging": frozenset(),
    "logging.handlers": frozenset(),
}

# (Module, text, replacement): a thread has begun when `start` returns; nobody else sees a waiter's lock, and nobody
# here asks which threads were never joined; a hook that raises must not hide what it was called for; where computing
# takes no time, a time that is up to the tick is up; and a loop that polls a queue or a future is seen to look at it.
REPLACED = (
    ("concurrent.futures._base", "if wait_timeout < 0:", "if wait_timeout <= 0:"),
    ("threading", "self._started = Event()", "self._started = Started()"),
    ("threading", "waiter = _allocate_lock()", "waiter = WaiterLock()"),
    ("threading", "self._waiters.append(waiter)", "self._waiters.append(waiter.among(self._waiters))"),
    ("threading", "waiter = waiters[0]", "waiter = waiters[waiter_to_wake(waiters, n)]"),
    ("threading", "_active_limbo_lock = RLock()", "_active_limbo_lock = _PrivateLock()"),
    ("threading", "_dangling = WeakSet()", "_dangling = NullSet()"),
    ("threading", "    hook(args)", "    call_hook(hook, args)"),
    ("concurrent.futures._base", "self._state in [", "looked_at(self)._state in ["),
    ("concurrent.futures._base", "self._state == ", "looked_at(self)._state == "),
    ("concurrent.futures._base", "self._state = ", "changed(self)._state = "),
    ("queue", "self._qsize()", "looked_at(self)._qsize()"),
    ("queue", "self._put(item)", "changed(self)._put(item)"),
    ("queue", "self._get()", "changed(self)._get()"),
)


class NullSet:
    """A set of the library's bookkeeping that nobody looks into."""

    def add(self, item: object) -> None:
        pass

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def __len__(self) -> int:
        return 0


# A lock of the library's bookkeeping: no step happens while it is held, so the interpreter's own will do.
PrivateLock = _thread.RLock
PROVIDED = {
    # Not to be taken for one of the names that `threading` offers.
    "_PrivateLock": PrivateLock,
    "NullSet": NullSet,
    "Started": Started,
    "WaiterLock": WaiterLock,
    "call_hook": call_hook,
    "changed": changed,
    "looked_at": looked_at,
    "waiter_to_wake": waiter_to_wake,
}


class Library:
    """The modules that controlled code imports instead of the real ones, and their state between executions."""

    def __init__(self) -> None:
        uncontrolled.listen()
        self.uncontrolled = uncontrolled.sentences
        """What the executions so far did that no schedule can decide, a sentence each."""
        own_builtins = stand_in(builtins, {"id": numbered_id})
        self.builtins = vars(own_builtins)
        # Hooks stay plain functions: they are called at every step.
        self.builtins.update(hook_table(), __import__=self.import_name)
        self._builtins = dict(self.builtins)
        self._draws_at_random = False
        self._trace, self._profile = sys.gettrace(), sys.getprofile()
        self.modules: dict[str, ModuleType] = {
            "_thread": thread_module(),
            "_queue": queue_module(),
            "builtins": own_builtins,
            "atexit": stand_in(atexit, {"register": _register_at_exit, "unregister": _register_at_exit}),
            "gc": stand_in(gc, {"collect": _collect}),
            "importlib": stand_in(importlib, {"import_module": self._import_module}),
            "signal": uncontrolled.with_refused_names(signal, {"signal": _signal}),
            "time": time_module(),
        }
        self._os = stand_in(os, {}, without=("register_at_fork",))
        self._snapshots: dict[str, Snapshot] = {}
        self._in_use: dict[str, Snapshot] = {}
        """Of the copies that controlled code may have reached: the others are as they were."""
        self._reached: dict[str, set[str]] = {}
        """What each copy has imported of the others."""
        self.vigilance = Vigilance()
        self.threading = self.load("threading")
        self._use("threading")

    # ---------------------------------------------------------------------------------------- import

    def import_name(
        self,
        name: str,
        globals: dict[str, Any] | None = None,  # noqa: A002 - callers may name it
        locals: dict[str, Any] | None = None,  # noqa: A002
        fromlist: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> ModuleType:
        """Stand in for `builtins.__import__`: the copies for their names, the real modules for the others."""
        absolute = name
        if level:
            package = (globals or {}).get("__package__") or ""
            absolute = importlib.util.resolve_name("." * level + name, package)
        module = self.load(absolute)
        importer = (globals or {}).get("__name__")
        self._note_reach(importer, absolute)
        if fromlist:
            self._load_submodules(absolute, module, fromlist, importer)
            return module
        if level == 0:
            return self.load(absolute.partition(".")[0])
        return module

    def _import_module(self, name: str, package: str | None = None) -> ModuleType:
        absolute = importlib.util.resolve_name(name, package)
        module = self.load(absolute)
        self._note_reach(None, absolute)
        return module

    def _note_reach(self, importer: str | None, name: str) -> None:
        if name not in self._snapshots:
            return
        if importer in COPIED:
            self._reached.setdefault(importer, set()).add(name)
        if importer not in COPIED or importer in self._in_use:
            self._use(name)

    def _use(self, name: str) -> None:
        """Note that controlled code reaches a copy, and with it its package and what it has imported."""
        if name in self._snapshots and name not in self._in_use:
            self._in_use[name] = self._snapshots[name]
            for other in (name.rpartition(".")[0], *sorted(self._reached.get(name, ()))):
                self._use(other)

    def _load_submodules(self, name: str, module: ModuleType, fromlist: tuple[str, ...], importer: str | None) -> None:
        """`from package import names`: a name that the package lacks may be a module of its."""
        if not hasattr(module, "__path__"):
            return
        for attribute in (*getattr(module, "__all__", ()), *fromlist) if "*" in fromlist else fromlist:
            if attribute != "*" and not hasattr(module, attribute):
                try:
                    self.load(f"{name}.{attribute}")
                    self._note_reach(importer, f"{name}.{attribute}")
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
        parent = name.rpartition(".")[0]
        if parent:
            self.load(parent)
        module = self._execute(name)
        self._tell_parent(name, module)
        self._snapshots[name] = snapshot = Snapshot(module)
        if name == "threading":
            snapshot.keep_object(module._main_thread)
        elif name == "logging":
            snapshot.keep_object(module.root)
            snapshot.keep_object(module.Logger.manager)
        elif name == "concurrent.futures._base":
            self._keep_logger(module.LOGGER)
        return module

    def _keep_logger(self, logger: Any) -> None:
        """A copy has made a logger of its own: it belongs to the state from which every execution starts."""
        snapshot, known = self._snapshots["logging"], logger.manager.loggerDict
        snapshot.keep_object(logger)
        for name in (logger.name.partition(".")[0], logger.name):
            snapshot.add_item(known, name, known[name])

    def _load_real(self, name: str) -> ModuleType:
        module = importlib.import_module(name)
        if name == "random" and not self._draws_at_random:
            self._draws_at_random = True
            random.seed(0)
        if name in uncontrolled.NAMES:
            module = self.modules[name] = uncontrolled.with_refused_names(module, {})
        self._tell_parent(name, module)
        return module

    def _tell_parent(self, name: str, module: ModuleType) -> None:
        """Make a submodule an attribute of its package, for good."""
        parent, _, child = name.rpartition(".")
        if parent in self.modules:
            setattr(self.modules[parent], child, module)
        if parent in self._snapshots:
            self._snapshots[parent].names[child] = module

    def _execute(self, name: str) -> ModuleType:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        module = importlib.util.module_from_spec(spec)
        vars(module).update(__builtins__=self.builtins, **PROVIDED)
        self.modules[name] = module
        os_before = self.modules.get("os")
        self.modules["os"] = self._os
        try:
            exec(_code_of(name, cast(SourceFileLoader, spec.loader)), vars(module))
            self._adapt(name, module)
        except BaseException:
            # As everywhere: a module that could not be executed is imported by nobody.
            del self.modules[name]
            raise
        finally:
            del self.modules["os"]
            if os_before is not None:
                self.modules["os"] = os_before
        return module

    def _adapt(self, name: str, module: ModuleType) -> None:
        namespace = vars(module)
        number_hashes(module)
        if name == "threading":
            namespace.update({asks: counting(namespace[asks]) for asks in ("enumerate", "active_count")})
            # Each thread is asked for its number: to find none is dearer than to find this.
            namespace["Thread"]._dojo_number = None
            if "_shutdown_locks_lock" in namespace:
                namespace["_shutdown_locks_lock"] = PrivateLock()
        elif name == "logging":
            namespace["_lock"] = PrivateLock()
        elif name == "multiprocessing.pool":
            namespace.update(get_context=PoolContext, wait=wait_for_change)
        elif name == "functools":
            namespace.update(lru_cache=lru_cache, cache=cache)
            namespace["cached_property"] = with_visible_store(namespace["cached_property"])

    # ----------------------------------------------------------------------------- between executions

    def restore(self) -> None:
        """Put every copy back to what it was after its import, for the next execution."""
        # What the last one made may still look for its state when it goes.
        EXECUTION.reset()
        if self._draws_at_random:
            random.seed(0)
        sys.unraisablehook = default_unraisable_hook
        if sys.gettrace() is not self._trace:
            sys.settrace(self._trace)
        if sys.getprofile() is not self._profile:
            sys.setprofile(self._profile)
        for snapshot in self._in_use.values():
            snapshot.restore()
        if self.vigilance.is_due():
            self.look_closely()
        self._in_use["threading"].put(self.threading, "_counter", itertools.count(1).__next__)
        if "concurrent.futures.thread" in self._in_use:
            pool = self.modules["concurrent.futures.thread"].ThreadPoolExecutor
            self._in_use["concurrent.futures.thread"].put(pool, "_counter", itertools.count().__next__)

    @contextlib.contextmanager
    def relaxed(self) -> Iterator[None]:
        """Look closely only now and then within the block, and at its end; raise `LeftBehind` where it is too late."""
        self.vigilance.is_relaxed = True
        try:
            yield
        finally:
            self.vigilance.is_relaxed = False
        if self.vigilance.unseen:
            self.look_closely()

    def look_closely(self) -> None:
        """Put back what hardly anybody ever changes; raise `LeftBehind` where that comes too late."""
        changed = self.builtins != self._builtins
        if changed:
            self.builtins.clear()
            self.builtins.update(self._builtins)
        for snapshot in self._in_use.values():
            changed |= snapshot.restore_names()
        self.vigilance.found(changed=changed)


def _code_of(name: str, loader: SourceFileLoader) -> CodeType:
    """Return the code of a copy: the interpreter's own, and cached as such, where nothing of it is to be changed."""
    origin = loader.get_filename(name)
    with open(origin, encoding="utf-8") as file:
        original = source = file.read()
    for module, text, replacement in REPLACED:
        if module == name:
            if text not in source:
                raise InternalError("library-changed", f"{origin} holds no {text!r}: adapt REPLACED to it.")
            source = source.replace(text, replacement)
    source = _without_lazy_imports(source, name)
    if COPIED[name]:
        tree = instrument(source, origin, SITES, by_learner=False, only_members=COPIED[name])
        return compile(tree, origin, "exec", dont_inherit=True)
    if source == original and (known := loader.get_code(name)) is not None:
        return known
    return compile(source, origin, "exec", dont_inherit=True)


LAZY_IMPORT = re.compile(r"^( *)lazy from \.(\w+) import (\w+).*$", re.MULTILINE)
LAZILY = """
def __getattr__(name):
    if name not in {names!r}:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    module = __import__({names!r}[name], globals(), None, (name,), 1)
    return getattr(module, name)
"""


def _without_lazy_imports(source: str, package: str) -> str:
    """Return the source of a package of 3.15 with its lazy imports as 3.14 had them: they would go past the copies."""
    later: dict[str, str] = {}

    def rewritten(match: re.Match[str]) -> str:
        indent, module, name = match.groups()
        if f"{package}.{module}" in COPIED:
            return f"{indent}from .{module} import {name}"
        later[name] = module
        return f"{indent}pass"

    source = LAZY_IMPORT.sub(rewritten, source)
    return source + LAZILY.format(names=later) if later else source


def _collect(generation: int = 2) -> int:
    if EXECUTION.active:
        # Callbacks may change what a loop around it looks at, without a step of any task.
        EXECUTION.current.progress += 1
    return gc.collect(generation) if EXECUTION.lifetimes is None else EXECUTION.lifetimes.collect(generation)


def _register_at_exit(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Callable[..., Any]:
    # The end of a scenario is not the end of an interpreter: what is registered would only pile up.
    return function


def _signal(number: int, handler: Any, /) -> Any:
    if EXECUTION.active and EXECUTION.current.number:
        raise ValueError("signal only works in main thread of the main interpreter")
    uncontrolled.note(uncontrolled.SIGNAL, "signal.signal")
    return signal.signal(number, handler)
