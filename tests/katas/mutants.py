"""A solution with one line made idle: the lock, the join, the loop that it should not be able to do without."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[ast.AST], list[ast.stmt] | None]


@dataclass(frozen=True)
class Mutant:
    """The source of a solution with one statement changed."""

    line: int
    what: str
    source: str


def without_with(node: ast.AST) -> list[ast.stmt] | None:
    """`with lock:` -> its body."""
    if isinstance(node, ast.With) and all(item.optional_vars is None for item in node.items):
        return node.body
    return None


def without_call(node: ast.AST) -> list[ast.stmt] | None:
    """A call that stands alone, such as `thread.join()`, -> nothing."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return [ast.Pass()]
    return None


def without_waitpid(node: ast.AST) -> list[ast.stmt] | None:
    """`pid, status = os.waitpid(...)` -> `pid, status = 0, 0`."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and "os.wait" in ast.unparse(node.value.func):
        nothing = ast.Tuple([ast.Constant(0), ast.Constant(0)], ast.Load())
        return [ast.Assign(node.targets, nothing, lineno=node.lineno)]
    return None


def if_for_while(node: ast.AST) -> list[ast.stmt] | None:
    """`while condition:` -> `if condition:`, where the body needs no loop around it."""
    if isinstance(node, ast.While) and not any(isinstance(each, ast.Break | ast.Continue) for each in ast.walk(node)):
        return [ast.If(node.test, node.body, node.orelse)]
    return None


def without_finally(node: ast.AST) -> list[ast.stmt] | None:
    """`try: ... finally: clean()` -> `...; clean()`: an exception jumps over it."""
    if isinstance(node, ast.Try) and node.finalbody and not node.handlers:
        return [*node.body, *node.finalbody]
    return None


def without_raise(node: ast.AST) -> list[ast.stmt] | None:
    """`raise error` -> nothing."""
    return [ast.Pass()] if isinstance(node, ast.Raise) else None


CHANGES: tuple[tuple[str, Change], ...] = (
    ("without", without_with),
    ("without", without_call),
    ("without", without_waitpid),
    ("if for", if_for_while),
    ("not in finally:", without_finally),
    ("without", without_raise),
)


class Replace(ast.NodeTransformer):
    """Puts other statements in the place of the statement with this number."""

    def __init__(self, number: int, statements: list[ast.stmt]) -> None:
        self.number, self.statements = number, statements

    def generic_visit(self, node: ast.AST) -> ast.AST | list[ast.stmt]:  # type: ignore[override]
        if getattr(node, "number", None) == self.number:
            return self.statements
        return super().generic_visit(node)


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a solution, top to bottom."""
    tree = ast.parse(source)
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    statements.sort(key=lambda node: (node.lineno, node.col_offset))
    for number, node in enumerate(statements):
        node.number = number  # type: ignore[attr-defined]
    for number, node in enumerate(statements):
        for how, change in CHANGES:
            if (replacement := change(node)) is not None:
                mutated = Replace(number, copy.deepcopy(replacement)).visit(copy.deepcopy(tree))
                first = ast.get_source_segment(source, node) or ""
                what = f"{how} {first.splitlines()[0]}"
                yield Mutant(node.lineno, what, ast.unparse(ast.fix_missing_locations(mutated)))
