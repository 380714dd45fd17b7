"""Rewriting of statements: assignments of every kind, loops, bindings."""

from __future__ import annotations

import ast
from typing import cast

from dojo.explore.expressions import ExpressionRewriter, is_deep
from dojo.explore.recursion import recursive_functions
from dojo.explore.rewriting import VARIABLE, is_number
from dojo.explore.sites import Site

Sequence = ast.Tuple | ast.List


def _looks_deep(pattern: ast.pattern) -> bool:
    """Tell whether a pattern looks into what it finds in its subject."""
    containers = ast.MatchSequence | ast.MatchMapping
    found = [inner for inner in ast.walk(pattern) if isinstance(inner, containers)]
    return any(part is not inner and isinstance(part, containers) for inner in found for part in ast.walk(inner))


class StatementRewriter(ExpressionRewriter, ast.NodeTransformer):
    """Announces what statements write; the last of the rewriters, for the learner's code."""

    def __init__(self, tree: ast.Module, path: str, sites: list[Site], *, by_learner: bool) -> None:
        super().__init__(tree, path, sites, by_learner=by_learner)
        self.recursive = recursive_functions(tree)

    # ---------------------------------------------------------------------------------- flow of control

    def visit_If(self, node: ast.If) -> ast.stmt:
        node.test = self._content(node.test)
        return self._bodies(node)

    def visit_While(self, node: ast.While) -> ast.stmt:
        node.test = self._content(node.test)
        return self._loop(node)

    def visit_For(self, node: ast.For | ast.AsyncFor) -> ast.stmt:
        if isinstance(node, ast.For):
            node.iter = self._unpacked(node.target, node.iter, self._walked(node.iter))
        else:
            node.iter = self._visited(node.iter)
        node.target, unpacked = self._received(node.target)
        self._loop(node)
        node.body[:0] = unpacked
        return node

    visit_AsyncFor = visit_For

    def visit_With(self, node: ast.With | ast.AsyncWith) -> ast.stmt:
        unpacked: list[ast.stmt] = []
        last = node.items[-1]
        for item in node.items:
            item.context_expr = self._visited(item.context_expr)
            if item.optional_vars is not None:
                # Only the last one may wait for the body: the items after it may use what the others bind.
                if item is last:
                    item.optional_vars, unpacked = self._received(item.optional_vars)
                else:
                    item.optional_vars = self._visited(item.optional_vars)
        node.body = [*unpacked, *self._statements(node.body)]
        return node

    visit_AsyncWith = visit_With

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        node.test = self._content(node.test)
        if node.msg is not None:
            node.msg = self._visited(node.msg)
        return node

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        classes = any(isinstance(inner, ast.MatchClass) for case in node.cases for inner in ast.walk(case.pattern))
        deep = any(_looks_deep(case.pattern) for case in node.cases)
        node.subject = self._content(node.subject, "object" if classes else "whole" if deep else "content")
        for case in node.cases:
            if case.guard is not None:
                case.guard = self._content(case.guard)
            case.body = self._statements(case.body)
        return node

    def _bodies(self, node: ast.If | ast.While | ast.For | ast.AsyncFor) -> ast.stmt:
        node.body = self._statements(node.body)
        node.orelse = self._statements(node.orelse)
        return node

    def _loop(self, node: ast.While | ast.For | ast.AsyncFor) -> ast.stmt:
        self._bodies(node)
        kind = "while" if isinstance(node, ast.While) else "for"
        turn = ast.Expr(self._hook(kind, node, self._site(node, kind)))
        node.body.insert(0, ast.copy_location(turn, node))
        return node

    # -------------------------------------------------------------------------------------- assignment

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt] | ast.stmt:
        looks = any(isinstance(target, Sequence) or _is_slice(target) for target in node.targets)
        deep = any(map(is_deep, node.targets))
        value = self._content(node.value, "whole" if deep else "content") if looks else self._visited(node.value)
        only = node.targets[0]
        if len(node.targets) == 1 and not isinstance(only, Sequence):
            if isinstance(only, ast.Subscript) and self._is_complex_item(only):
                return self._item_assignment(node, only, value)
            node.value = self._announced_value(only, value)
            node.targets = [self._visited(only)]
            return node
        if any(self._has_shared_name(target) for target in node.targets):
            name = self._temporary()
            stores = [store for target in node.targets for store in self._stores(target, self._load(node, name))]
            return self._while_kept(node, name, value, stores)
        node.value = value
        node.targets = [self._visited(target) for target in node.targets]
        return node

    def _has_shared_name(self, target: ast.expr) -> bool:
        return any(isinstance(inner, ast.Name) and self._label(inner.id) is not None for inner in _targets_in(target))

    def _received(self, target: ast.expr) -> tuple[ast.expr, list[ast.stmt]]:
        """Return the target of a `for` or `with` and what has to follow it where a shared name is among its names."""
        if not self._has_shared_name(target):
            return self._visited(target), []
        name = self._temporary()
        kept = ast.copy_location(ast.Name(name, ast.Store()), target)
        stores = self._stores(target, self._load(target, name))
        return kept, [ast.copy_location(ast.Try(stores, [], [], [self._forget(target, name)]), target)]

    def _stores(self, target: ast.expr, value: ast.expr) -> list[ast.stmt]:
        """Return statements that store `value` as `target` would, every shared name announced at its own moment."""
        if not isinstance(target, Sequence) or not self._has_shared_name(target):
            return [self._put_here(target, self._visited(target), self._announced_value(target, value))]
        names: list[str] = []
        parts: list[ast.expr] = []
        stores: list[ast.stmt] = []
        for element in target.elts:
            inner = element.value if isinstance(element, ast.Starred) else element
            names.append(self._temporary())
            part: ast.expr = ast.copy_location(ast.Name(names[-1], ast.Store()), inner)
            parts.append(ast.copy_location(ast.Starred(part, ast.Store()), element) if inner is not element else part)
            stores += self._stores(inner, self._load(inner, names[-1]))
        target.elts = parts
        forget = [self._forget(target, name) for name in names]
        guarded = ast.copy_location(ast.Try(stores, [], [], forget), target)
        return [self._put_here(target, target, value), guarded]

    def _put_here(self, node: ast.expr, target: ast.expr, value: ast.expr) -> ast.stmt:
        return ast.copy_location(ast.Assign([target], value), node)

    def _is_complex_item(self, node: ast.Subscript) -> bool:
        return not (isinstance(node.value, ast.Constant) or self._is_name(node.value))

    def _is_name(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and self._is_simple(node)

    def _item_assignment(self, node: ast.Assign, target: ast.Subscript, value: ast.expr) -> ast.stmt:
        site = self._site(target, "write")
        container, key = self._visited(target.value), self._key(target.slice)
        stored = self._hook("store", target, value, container, key, site)
        return ast.copy_location(ast.Expr(self._spread("setitem", target, stored)), node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is not None:
            node.value = self._announced_value(node.target, self._visited(node.value))
            node.target = cast("ast.Name | ast.Attribute | ast.Subscript", self._visited(node.target))
        return node

    # ---------------------------------------------------------------------------- augmented assignment

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt] | ast.stmt:
        target = node.target
        if isinstance(target, ast.Name):
            return self._augmented_name(node, target)
        if isinstance(target, ast.Attribute):
            if self.wanted(target.value, self.scope.mangled(target.attr)):
                return self._augmented_attribute(node, target)
            return cast(ast.stmt, self.generic_visit(node))
        return self._augmented_item(node, target)

    def _augmented_name(self, node: ast.AugAssign, target: ast.Name) -> ast.stmt:
        if self._label(target.id) is not None:
            read = self._visited(ast.copy_location(ast.Name(target.id, ast.Load()), target))
            return self._put_at(node, target, self._announced_value(target, self._computed(node, read)))
        if is_number(node.value) and not isinstance(node.op, ast.Mult):
            return node
        site = self._site(node, "write", subject=target.id)
        looks = ast.copy_location(ast.Constant(isinstance(node.value, VARIABLE)), node)
        node.value = self._hook("operand", node, self._load(target, target.id), self._visited(node.value), looks, site)
        return node

    def _augmented_item(self, node: ast.AugAssign, target: ast.Subscript) -> list[ast.stmt]:
        owner, key = target.value, target.slice
        key_stays = isinstance(key, ast.Constant) or (isinstance(key, ast.Name) and self._stays(key, node.value))
        if isinstance(owner, ast.Name) and key_stays and self._stays(owner, node.value):
            return [self._renewed_item(node, owner, key)]
        name = self._temporary()
        subject = self._written(target)
        visited = self._visited(owner)
        kept = cast(ast.Name, self._load(owner, name))
        if key_stays:
            return self._while_kept(node, name, visited, [self._renewed_item(node, kept, key, subject)])
        return self._while_kept(node, name, visited, self._with_key(node, target, kept, subject))

    def _with_key(
        self, node: ast.AugAssign, target: ast.Subscript, owner: ast.Name, subject: str = ""
    ) -> list[ast.stmt]:
        name = self._temporary()
        subject = subject or self._written(target)
        key = self._key(target.slice)
        return self._while_kept(node, name, key, [self._renewed_item(node, owner, self._load(target, name), subject)])

    def _renewed_item(self, node: ast.AugAssign, owner: ast.Name, key: ast.expr, subject: str = "") -> ast.stmt:
        target = node.target
        subject = subject or self._written(target)
        read = self._hook(
            "key", target, self._load(target, owner.id), _again(key), self._site(target, "read", subject=subject)
        )
        old = ast.copy_location(ast.Subscript(self._load(target, owner.id), read, ast.Load()), target)
        value = self._computed(node, old)
        write = self._hook(
            "setkey", target, self._load(target, owner.id), _again(key), self._site(target, "write", subject=subject)
        )
        new = ast.copy_location(ast.Subscript(self._load(target, owner.id), write, ast.Store()), target)
        return self._put_at(node, new, value)

    # --------------------------------------------------------------------------------------- deletion

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for target in _flat(node.targets):
            label = self._label(target.id) if isinstance(target, ast.Name) else None
            if isinstance(target, ast.Name) and label is not None:
                out.append(self._announcement(target, target.id, label))
            out.append(ast.copy_location(ast.Delete([self._visited(target)]), node))
        return out or [ast.copy_location(ast.Pass(), node)]

    def _announcement(self, node: ast.expr | ast.stmt, name: str, label: str) -> ast.stmt:
        return ast.copy_location(ast.Expr(self._hook("name", node, self._site(node, "write", label, name))), node)

    # ----------------------------------------------------------------------- bindings that are statements

    def _announced(self, node: ast.stmt, names: list[str]) -> list[ast.stmt]:
        """Return `node` behind an announcement of each shared name that it binds."""
        labels = [(name, self._label(name)) for name in names]
        return [*(self._announcement(node, name, label) for name, label in labels if label is not None), node]

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
        return self._announced(node, [alias.asname or alias.name.partition(".")[0] for alias in node.names])

    visit_ImportFrom = visit_Import

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        if node.type is not None:
            node.type = self._visited(node.type)
        label = self._label(node.name) if node.name else None
        node.body = self._statements(node.body)
        if node.name and label is not None:
            node.body.insert(0, self._announcement(node.body[0], node.name, label))
        return node

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
        node.decorator_list = [self._visited(decorator) for decorator in node.decorator_list]
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        body = self._statements(node.body)
        self.scope = outer
        if node in self.recursive:
            first = 1 if ast.get_docstring(node, clean=False) is not None else 0
            place = body[first] if first < len(body) else body[0]
            body.insert(first, ast.copy_location(ast.Expr(self._hook("depth", place)), place))
        node.body = body
        return self._announced(node, [node.name])

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function

    def visit_ClassDef(self, node: ast.ClassDef) -> list[ast.stmt]:
        node.decorator_list = [self._visited(decorator) for decorator in node.decorator_list]
        node.bases = [base if isinstance(base, ast.Subscript) else self._visited(base) for base in node.bases]
        node.keywords = [self._keyword(keyword) for keyword in node.keywords]
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        node.body = self._statements(node.body)
        self.scope = outer
        return self._announced(node, [node.name])

    def visit_TypeAlias(self, node: ast.stmt) -> ast.stmt:
        return node


def _is_slice(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice)


def _targets_in(target: ast.expr) -> list[ast.expr]:
    """Return what a target binds: itself, or what its parts bind."""
    if isinstance(target, Sequence):
        return [inner for element in target.elts for inner in _targets_in(element)]
    return _targets_in(target.value) if isinstance(target, ast.Starred) else [target]


def _flat(targets: list[ast.expr]) -> list[ast.expr]:
    return [inner for target in targets for inner in _targets_in(target)]


def _again(key: ast.expr) -> ast.expr:
    """Return a second copy of a key that is a constant or a name."""
    if isinstance(key, ast.Name):
        return ast.copy_location(ast.Name(key.id, ast.Load()), key)
    assert isinstance(key, ast.Constant)
    return ast.copy_location(ast.Constant(key.value), key)
