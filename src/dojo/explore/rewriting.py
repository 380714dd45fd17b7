"""What every rewriting needs: sites, calls of hooks, and attributes, which also library code is rewritten for.

A rewritten access stays where it is, as native code: a hook only gets to see the object before it happens.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import cast

from dojo.explore.scopes import Scope, ScopeMap
from dojo.explore.sites import Site

VARIABLE = (ast.Name, ast.Attribute, ast.Subscript, ast.Call, ast.NamedExpr, ast.IfExp, ast.Await)
"""Expressions whose value may be an object that others know too."""
INPLACE: dict[type[ast.operator], str] = {
    ast.Add: "iadd",
    ast.Sub: "isub",
    ast.Mult: "imul",
    ast.MatMult: "imatmul",
    ast.Div: "itruediv",
    ast.FloorDiv: "ifloordiv",
    ast.Mod: "imod",
    ast.Pow: "ipow",
    ast.LShift: "ilshift",
    ast.RShift: "irshift",
    ast.BitOr: "ior",
    ast.BitXor: "ixor",
    ast.BitAnd: "iand",
}


class Rewriter(ast.NodeTransformer):
    """Rewrites accesses to the attributes that `wanted` names, and nothing else."""

    def __init__(self, tree: ast.Module, path: str, sites: list[Site], *, by_learner: bool) -> None:
        self.scopes = ScopeMap(tree)
        self.scope: Scope = self.scopes.scope_of[tree]
        self.path = path
        self.sites = sites
        self.by_learner = by_learner
        self.lines: list[str] = []
        """The source, for what is too long to be written anew."""
        self.temporaries = 0

    def wanted(self, owner: ast.expr, member: str) -> bool:
        """Tell whether the attribute `member` of `owner` may be shared state."""
        raise NotImplementedError

    # -------------------------------------------------------------------------------- small pieces

    def _written(self, node: ast.expr | ast.stmt) -> str:
        """Return the source form of `node`, shortened to what fits in a report."""
        if isinstance(node, ast.stmt):
            return ""
        if is_long(node):
            line = self.lines[node.lineno - 1].encode()[node.col_offset :].decode(errors="replace")
            return line[:37] + "..."
        text = ast.unparse(node)
        return text if len(text) <= 40 else text[:37] + "..."

    def _site(self, node: ast.expr | ast.stmt, verb: str, member: str = "", subject: str = "") -> ast.Constant:
        text = subject or self._written(node)
        self.sites.append(Site(self.path, node.lineno, verb, member, text, self.by_learner))
        return ast.copy_location(ast.Constant(len(self.sites) - 1), node)

    def _hook(self, name: str, node: ast.expr | ast.stmt, *arguments: ast.expr) -> ast.Call:
        function = ast.copy_location(ast.Name(f"__dojo_{name}__", ast.Load()), node)
        return ast.copy_location(ast.Call(function, list(arguments), []), node)

    def _spread(self, name: str, node: ast.expr | ast.stmt, operands: ast.expr) -> ast.Call:
        """Call a native function on the tuple that a hook returns: no frame of ours is left when it runs."""
        return self._hook(name, node, ast.copy_location(ast.Starred(operands, ast.Load()), node))

    def _visited(self, node: ast.expr) -> ast.expr:
        return cast(ast.expr, self.visit(node))

    def _statements(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for statement in body:
            visited = self.visit(statement)
            out.extend(visited if isinstance(visited, list) else [visited])
        return out

    def _load(self, node: ast.expr | ast.stmt, name: str) -> ast.expr:
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def _put(self, node: ast.expr | ast.stmt, target: ast.expr, value: ast.expr) -> ast.stmt:
        return ast.copy_location(ast.Assign([ast.copy_location(target, node)], value), node)

    # ---------------------------------------------------------------------------------- temporaries

    def _temporary(self) -> str:
        self.temporaries += 1
        return f"__dojo_t{self.temporaries}__"

    def _keep(self, node: ast.expr | ast.stmt, name: str, value: ast.expr) -> ast.stmt:
        return self._put(node, ast.Name(name, ast.Store()), value)

    def _forget(self, node: ast.expr | ast.stmt, name: str) -> ast.stmt:
        return ast.copy_location(ast.Delete([ast.Name(name, ast.Del())]), node)

    def _while_kept(self, node: ast.stmt, name: str, value: ast.expr, body: list[ast.stmt]) -> list[ast.stmt]:
        """Run `body` with `value` under a temporary name, which is gone afterwards whatever happens."""
        guarded = ast.copy_location(ast.Try(body, [], [], [self._forget(node, name)]), node)
        return [self._keep(node, name, value), guarded]

    # ---------------------------------------------------------------------------------- attributes

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.ctx, ast.Load):
            return self._attribute(node, "attr", "read")
        return self._attribute(node, "set", "write")

    def _attribute(self, node: ast.Attribute, hook: str, verb: str) -> ast.Attribute:
        wanted = self.wanted(node.value, self.scope.mangled(node.attr))
        subject = self._written(node) if wanted else ""
        node.value = self._visited(node.value)
        if wanted:
            node.value = self._asked(hook, node, node.value, verb, subject=subject)
        return node

    def _asked(self, hook: str, node: ast.Attribute, owner: ast.expr, verb: str, *, subject: str = "") -> ast.Call:
        member = self.scope.mangled(node.attr)
        name = ast.copy_location(ast.Constant(member), node)
        return self._hook(hook, node, owner, name, self._site(node, verb, member, subject))

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt] | ast.stmt:
        target = node.target
        if isinstance(target, ast.Attribute) and self.wanted(target.value, self.scope.mangled(target.attr)):
            return self._augmented_attribute(node, target)
        return cast(ast.stmt, self.generic_visit(node))

    def _augmented_attribute(self, node: ast.AugAssign, target: ast.Attribute) -> list[ast.stmt]:
        owner = target.value
        if isinstance(owner, ast.Name) and self._stays(owner, node.value):
            return [self._renewed_attribute(node, target, owner.id)]
        name = self._temporary()
        owner = self._visited(owner)
        return self._while_kept(node, name, owner, [self._renewed_attribute(node, target, name)])

    def _renewed_attribute(self, node: ast.AugAssign, target: ast.Attribute, owner: str) -> ast.stmt:
        subject = self._written(target)
        read = self._asked("attr", target, self._load(target, owner), "read", subject=subject)
        value = self._computed(node, ast.copy_location(ast.Attribute(read, target.attr, ast.Load()), target))
        write = self._asked("set", target, self._load(target, owner), "write", subject=subject)
        stored = ast.copy_location(ast.Attribute(write, target.attr, ast.Store()), target)
        return self._put_at(node, stored, value)

    def _put_at(self, node: ast.AugAssign, target: ast.expr, value: ast.expr) -> ast.stmt:
        return ast.copy_location(ast.Assign([target], value), node)

    def _computed(self, node: ast.AugAssign, read: ast.expr) -> ast.expr:
        """Return what the augmented assignment stores, as an expression."""
        operator = INPLACE[type(node.op)]
        if is_number(node.value) and not isinstance(node.op, ast.Mult):
            return self._hook(operator, node, read, node.value)
        subject = self._written(node.target)
        looks = ast.copy_location(ast.Constant(isinstance(node.value, VARIABLE)), node)
        value = self._visited(node.value)
        both = self._hook("inplace", node, read, value, looks, self._site(node, "write", subject=subject))
        return self._spread(operator, node, both)

    def _stays(self, owner: ast.Name, *others: ast.expr) -> bool:
        """Tell whether `owner` names the same object throughout the evaluation of `others`."""
        if self.scopes.shared_name(self.scope, owner.id) is not None:
            return False
        return not any(
            isinstance(inner, ast.NamedExpr) and inner.target.id == owner.id
            for other in others
            for inner in ast.walk(other)
        )


class AttributeRewriter(Rewriter):
    """For library code: only attributes of some names, whose accesses no lock orders."""

    def __init__(
        self, tree: ast.Module, path: str, sites: list[Site], *, by_learner: bool, members: frozenset[str]
    ) -> None:
        super().__init__(tree, path, sites, by_learner=by_learner)
        self.members = members

    def wanted(self, owner: ast.expr, member: str) -> bool:
        return member in self.members

    def _computed(self, node: ast.AugAssign, read: ast.expr) -> ast.expr:
        return self._hook(INPLACE[type(node.op)], node, read, self._visited(node.value))


def is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex)


def is_long(node: ast.expr) -> bool:
    """Tell whether the source of `node` is too long to be shown, or to be written anew for each of its parts."""
    lines = (node.end_lineno or node.lineno) - node.lineno
    return lines > 2 or (lines == 0 and (node.end_col_offset or 0) - node.col_offset > 160)
