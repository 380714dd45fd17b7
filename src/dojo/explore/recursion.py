"""How deep code under test may call itself.

At every step the dojo itself needs some frames on the stack of the task. It must not be the one that finds no room, so
the limit is higher in an execution than the code under test is to know of, and functions that may call themselves look
at their depth when they are entered.
"""

from __future__ import annotations

import ast
import sys

TOO_DEEP = "maximum recursion depth exceeded"
ORDINARY = 1_000
ROOM = 300
"""Frames for the dojo, above the limit of the code under test."""


def make_room() -> None:
    """Set the limit of this interpreter for executions."""
    if sys.getrecursionlimit() < ORDINARY + ROOM:
        sys.setrecursionlimit(ORDINARY + ROOM)


def look_at_depth() -> None:
    """Raise RecursionError where the code under test has used up its part of the stack."""
    limit = sys.getrecursionlimit()
    try:
        sys._getframe(max(limit - ROOM, limit // 2))
    except ValueError:
        return
    raise RecursionError(TOO_DEEP)


def recursive_functions(tree: ast.Module) -> frozenset[ast.AST]:
    """Return the functions that may call themselves, directly or through others, as far as their names tell.

    What a special method calls is seen by no name, so that all of them are among these, but for constructors.
    """
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    names = {node.name for node in functions}
    called: dict[str, set[str]] = {name: set() for name in names}
    for node in functions:
        called[node.name] |= _names_in(node) & names
    recursive = {name for name in names if name in _reached_from(name, called)}
    special = {name for name in names if name.startswith("__") and name.endswith("__") and name != "__init__"}
    return frozenset(node for node in functions if node.name in recursive | special)


def _names_in(function: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


def _reached_from(name: str, called: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    rest = [name]
    while rest:
        new = called[rest.pop()] - reached
        reached |= new
        rest += new
    return reached
