"""Which plain names are shared between threads: globals and closure variables that somebody rebinds."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass(slots=True, eq=False)
class Scope:
    """A namespace of the source: the module, a class, a function or a comprehension."""

    kind: str
    name: str
    parent: Scope | None
    bindings: dict[str, int] = field(default_factory=dict)
    declared_global: set[str] = field(default_factory=set)
    declared_nonlocal: set[str] = field(default_factory=set)
    rebound_from_inside: set[str] = field(default_factory=set)
    used_from_inside: set[str] = field(default_factory=set)

    def bind(self, name: str, times: int = 1) -> None:
        self.bindings[name] = self.bindings.get(name, 0) + times

    def owner_of(self, name: str) -> Scope | None:
        """Return the function scope that owns `name` as seen from here, or None for a global or builtin."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            if name in scope.declared_global or scope.kind == "module":
                return None
            if scope.kind != "class" or first:
                if name in scope.bindings and name not in scope.declared_nonlocal:
                    return scope
            first = first and scope.kind == "comprehension"
            scope = scope.parent
        return None


class ScopeMap(ast.NodeVisitor):
    """Builds the scopes of a module; `shared_name` then answers for any name in any scope."""

    def __init__(self, tree: ast.Module) -> None:
        self.module = Scope("module", "", None)
        self.scope_of: dict[ast.AST, Scope] = {tree: self.module}
        self.rebound_globals: set[str] = set()
        self._here = self.module
        self._loops = 0
        self._uses: list[tuple[Scope, str]] = []
        for statement in tree.body:
            self.visit(statement)
        self._link_uses()

    def shared_name(self, scope: Scope, name: str) -> str | None:
        """Return a label of the variable behind `name` when threads may see it change, else None."""
        owner = scope.owner_of(name)
        if owner is None:
            return f"global {name}" if name in self.rebound_globals else None
        if owner.kind != "function" or name not in owner.used_from_inside:
            return None
        if name in owner.rebound_from_inside or owner.bindings[name] > 1:
            return f"{owner.name}.{name}"
        return None

    def _link_uses(self) -> None:
        for scope, name in self._uses:
            owner = scope.owner_of(name)
            if owner is None:
                continue
            function: Scope | None = scope
            while function is not None and function.kind != "function":
                function = function.parent
            if function is not owner:
                owner.used_from_inside.add(name)
                if name in scope.declared_nonlocal:
                    owner.rebound_from_inside.add(name)

    def _bind(self, name: str) -> None:
        here = self._here
        if name in here.declared_global:
            self.rebound_globals.add(name)
        elif name in here.declared_nonlocal:
            self._uses.append((here, name))
        else:
            here.bind(name, 2 if self._loops else 1)

    def _inside(self, scope: Scope, node: ast.AST, children: list[ast.AST]) -> None:
        outer, loops = self._here, self._loops
        self._here, self._loops = scope, 0
        self.scope_of[node] = scope
        for child in children:
            self.visit(child)
        self._here, self._loops = outer, loops

    # ------------------------------------------------------------------------------------ visitors

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._uses.append((self._here, node.id))
        else:
            self._bind(node.id)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        here = self._here
        while self._here.kind == "comprehension" and self._here.parent is not None:
            self._here = self._here.parent
        self._bind(node.target.id)
        self._here = here

    def visit_Global(self, node: ast.Global) -> None:
        self._here.declared_global.update(node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self._here.declared_nonlocal.update(node.names)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            self._bind((alias.asname or alias.name).split(".")[0])

    visit_ImportFrom = visit_Import

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name:
            self._bind(node.name)
        self.generic_visit(node)

    def _visit_loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        self._loops += 1
        self.generic_visit(node)
        self._loops -= 1

    visit_For = visit_AsyncFor = visit_While = _visit_loop

    def _visit_function(self, node: FunctionNode) -> None:
        name = "<lambda>" if isinstance(node, ast.Lambda) else node.name
        if not isinstance(node, ast.Lambda):
            self._bind(node.name)
            for decorator in node.decorator_list:
                self.visit(decorator)
        arguments = node.args
        for default in [*arguments.defaults, *arguments.kw_defaults]:
            if default is not None:
                self.visit(default)
        scope = Scope("function", name, self._here)
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for argument in every:
            if argument is not None:
                scope.bind(argument.arg)
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        declare_first(scope, body)
        self._inside(scope, node, body)

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _visit_function

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name)
        for outside in [*node.decorator_list, *node.bases, *node.keywords]:
            self.visit(outside)
        self._inside(Scope("class", node.name, self._here), node, list(node.body))

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        scope = Scope("comprehension", "<comprehension>", self._here)
        self._inside(scope, node, list(ast.iter_child_nodes(node)))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension


def declare_first(scope: Scope, body: list[ast.AST]) -> None:
    """Note the `global` and `nonlocal` statements of a function before its names are looked at."""
    pending = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Global):
            scope.declared_global.update(node.names)
        elif isinstance(node, ast.Nonlocal):
            scope.declared_nonlocal.update(node.names)
        elif not isinstance(node, (*COMPREHENSIONS, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            pending.extend(ast.iter_child_nodes(node))
