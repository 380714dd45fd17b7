"""Which plain names are shared, by the source alone."""

from __future__ import annotations

import ast
import sys

import pytest

from dojo.explore.scopes import ScopeMap

# Source -> the labels of all shared names that it reads, in order.
READS = {
    "x = 1\ndef f(): return x": [],
    "x = 1\ndef f():\n global x\n x = 2\ndef g(): return x": ["global x"],
    "def f():\n x = 1\n return x": [],
    "def f():\n x = 1\n def g(): return x\n return x": [],
    "def f():\n x = 1\n def g():\n  nonlocal x\n  x = 2\n return x": ["f.x"],
    "def f():\n x = 1\n def g(): return x\n x = 2": ["f.x"],
    "def f():\n def g(): return x\n x = 2": ["f.x"],
    "def f(x):\n return lambda: x": [],
    "def f(x):\n x += 1\n return lambda: x": ["f.x"],
    "def f():\n for x in ():\n  yield lambda: x": ["f.x"],
    "def f():\n def a(): return b()\n def b(): return a()": [],
    "def f():\n x = 1\n return [x for x in (x,)]": [],
    "def f():\n x = 1\n x = 2\n return [x for _ in ()]": [],
    "class C:\n x = 1\n x = 2\n def f(self): return x": [],
    "def f():\n x = 1\n class C:\n  x = 2\n  y = x\n x = 3": [],
    "def f():\n x = 1\n class C:\n  def g(self): return x\n x = 3": ["f.x"],
    "def f():\n global x\n x = 1\nclass C:\n x = 5\n y = [x for _ in ()]\n z = [0 for _ in x]": ["global x"],
    "class C:\n def f(self):\n  global __x\n  __x = 1\n  return __x": ["global _C__x"],
    "def f():\n if (x := 1): pass\n return lambda: x": [],
    "def f():\n if [x := 1 for _ in ()]: pass\n return lambda: x": [],
    "def f():\n try: pass\n except E as x:\n  return lambda: x": ["f.x"],
    "def f():\n match 1:\n  case [x, *y]: pass\n return lambda: (x, y)": [],
    "def f():\n import x\n x = 1\n return lambda: x": ["f.x"],
    "def f():\n x = 1\n del x\n return lambda: x": ["f.x"],
}
GENERIC = {
    "def f():\n global T\n T = 1\ndef g[T](v: T): return T": [],
    "def f():\n global T\n T = 1\nclass C[T]:\n def g(self): return T": [],
}


def shared_reads(source: str) -> list[str]:
    tree = ast.parse(source)
    scopes = ScopeMap(tree)
    found: list[str] = []

    def walk(node: ast.AST, scope) -> None:
        inner = scopes.scope_of.get(node, scope)
        first = node.generators[0].iter if isinstance(node, ast.ListComp) else None
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            label = scopes.shared_name(scope, node.id)
            found.extend([label] if label else [])
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension) and child.iter is first:
                walk(child.iter, scope)
                walk(child.target, inner)
            else:
                walk(child, inner)

    walk(tree, scopes.module)
    return found


@pytest.mark.parametrize("source, labels", READS.items(), ids=READS)
def test_shared_names(source: str, labels: list[str]) -> None:
    assert shared_reads(source) == labels


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type parameters came with Python 3.12")
@pytest.mark.parametrize("source, labels", GENERIC.items(), ids=GENERIC)
def test_type_parameters_are_names_of_their_own(source: str, labels: list[str]) -> None:
    assert shared_reads(source) == labels


@pytest.mark.parametrize(
    "source, name, full",
    [
        ("import heapq", "heapq", "heapq"),
        ("import heapq as h", "h", "heapq"),
        ("import os.path", "os", "os"),
        ("from heapq import heappush as push", "push", "heapq.heappush"),
        ("import heapq\nheapq = 1", "heapq", None),
        ("heapq = 1", "heapq", None),
    ],
)
def test_imported_names_are_known_in_full(source: str, name: str, full: str | None) -> None:
    scopes = ScopeMap(ast.parse(source))
    assert scopes.imported(scopes.module, name) == full


@pytest.mark.parametrize(
    "source, builtin",
    [("", True), ("len = 1", False), ("from x import *", False), ("def f():\n global len\n len = 1", False)],
)
def test_a_builtin_is_only_what_nobody_bound(source: str, builtin: bool) -> None:
    scopes = ScopeMap(ast.parse(source))
    assert scopes.is_builtin(scopes.module, "len") is builtin


def test_attributes_set_on_classes_are_known() -> None:
    source = "class A: pass\nA.one = 1\ntype(a).two = 1\na.__class__.three = 1\na.four = 1\nsetattr(A, 'five', 1)"
    assert ScopeMap(ast.parse(source)).class_members == {"one", "two", "three", "five"}
