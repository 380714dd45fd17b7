"""Source to source: make every access that threads could share call a hook first.

The access itself stays where it is, as native code: a hook only gets to see the object before it happens, so values,
exceptions, tracebacks and evaluation order are those of the original. What each hook does stands in `hooks.py`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from dojo.explore.rewriting import AttributeRewriter, Rewriter
from dojo.explore.sites import Site
from dojo.explore.statements import StatementRewriter

CLASS_MEMBERS: set[str] = set()
"""Attributes that the code that runs sets on classes: an instance may see them through its class."""
INSTRUMENTED: dict[str, str] = {}
"""The path of every source whose globals are announced; the value is the very object that sites name."""
DEPTH = 20_000
"""Of nested expressions: the visitors recurse, the compiler has its own limit."""


def instrument(
    source: str, path: str, sites: list[Site], *, by_learner: bool = True, only_members: frozenset[str] | None = None
) -> ast.Module:
    """Parse `source` and return it with hooks, appending its places to `sites`.

    `only_members` limits it to attributes of these names: for library code whose other accesses are guarded by locks.
    Raises SyntaxError like `ast.parse`.
    """
    tree = ast.parse(source, path)
    with _deep_recursion():
        rewriter: Rewriter
        if only_members is not None:
            rewriter = AttributeRewriter(tree, path, sites, by_learner=by_learner, members=only_members)
        else:
            path = INSTRUMENTED.setdefault(path, path)
            rewriter = StatementRewriter(tree, path, sites, by_learner=by_learner)
            CLASS_MEMBERS.update(rewriter.scopes.class_members)
        rewriter.lines = source.splitlines()
        return ast.fix_missing_locations(cast(ast.Module, rewriter.visit(tree)))


@contextmanager
def _deep_recursion() -> Iterator[None]:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, DEPTH))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
