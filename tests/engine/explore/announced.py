"""What pieces of code announce: run one while a second task is ready, and write its steps down."""

from __future__ import annotations

import builtins
from types import ModuleType
from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.hooks import hook_table
from dojo.explore.instrument import instrument
from dojo.explore.operations import READ, WRITE
from dojo.explore.primitives.threads import thread_module
from dojo.explore.sites import SITES
from tests.proofs.meaning.observing import MainFirst

WORLD = """\
import array, bisect, copy, dataclasses, functools, heapq, io, itertools, json, operator, random
from collections import Counter, OrderedDict, defaultdict, deque
from heapq import heappush as push
from itertools import chain

class Plain:
    shared = 0
    limit = 10
    def __init__(self, x=1):
        self.x = x
        self.xs = [3, 1, 2]
        self.d = {"a": 1}
    def method(self, *args): pass
    @property
    def twice(self): return 2

class Slotted:
    __slots__ = ("x",)

class Child(Plain):
    def method(self): super().method()

class Stack(list):
    def push(self, item): super().append(item)
    def twice(self, item): super().extend((item, self[0]))

@dataclasses.dataclass
class Record:
    left: int = 0

def rebind():
    global g
    g = 2

def setup():
    Plain.shared = 1

g = 1
constant = 1
o, other, record = Plain(), Plain(), Record(1)
slotted = Slotted()
slotted.x = 1
xs, ys, d, q = [3, 1, 2], [1], {"a": 1, "b": 2}, {1, 2}
dq, od, dd, cn = deque([1]), OrderedDict(a=1), defaultdict(list), Counter("a")
ba, ar = bytearray(b"a"), array.array("i", [1])
stack, ids, it, out, rng = Stack([1]), itertools.count(), iter(xs), io.StringIO(), random.Random(0)
def numbers(): yield 1; yield 2
made = numbers()
def function():
"""


def steps_of(code: str) -> list[str]:
    """Return the steps that `code`, the body of a function, takes in the world: "read o.x", "write xs[0]"."""
    source = WORLD + "\n".join("    " + line for line in code.splitlines()) + "\n"
    kept = len(SITES)
    tree = instrument(source, f"<{code}>", SITES)
    module = ModuleType("announced")
    vars(module).update(__builtins__={**vars(builtins), **hook_table()}, __file__=f"<{code}>", module=module)
    exec(compile(tree, f"<{code}>", "exec", dont_inherit=True), vars(module))
    names = {id(value): name for name, value in vars(module).items()}
    names |= {
        id(inner): f"{name}.{part}" for name in ("o", "other") for part, inner in vars(vars(module)[name]).items()
    }
    names[id(f"<{code}>")] = "names"
    log: list[tuple[int, Any]] = []

    def scenario() -> None:
        thread_module().start_new_thread(int, ())
        before = len(EXECUTION.log)
        try:
            vars(module)["function"]()
        except Exception as error:
            log.append((0, (type(error).__name__,)))
        log.extend(EXECUTION.log[before:])

    EXECUTION.run(MainFirst(), scenario)
    del SITES[kept:]
    return [_shown(operation, names) for _, operation in log]


def _shown(operation: tuple[Any, ...], names: dict[int, str]) -> str:
    if len(operation) == 1:
        return str(operation[0])
    mode, target, member, _ = operation
    verb = {READ: "read", WRITE: "write"}.get(mode, str(mode))
    if isinstance(target, str):
        return f"{verb} {member}"
    name = names.get(id(target), f"a {type(target).__name__}")
    if member is None:
        return f"{verb} {name}[:]"
    return f"{verb} {name}[{member[1]!r}]" if isinstance(member, tuple) else f"{verb} {name}.{member}"
