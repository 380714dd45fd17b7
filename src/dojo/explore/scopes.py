"""Which plain names are shared between threads: globals and closure variables that somebody rebinds."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
SCOPES = (*COMPREHENSIONS, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)


@dataclass(slots=True, eq=False)
class Scope:
    """A namespace of the source: the module, a class, a function, a comprehension or a list of type parameters."""

    kind: str
    name: str
    parent: Scope | None
    born: int = 0
    """The place of its definition in the order of the source."""
    private: str = ""
    """The class whose name goes into names like `__this`."""
    bindings: dict[str, int] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)
    """What `import` statements bind, and to what: "heapq", "heapq.heappush"."""
    defined: set[str] = field(default_factory=set)
    """What `def` and `class` statements bind."""
    last_bound: dict[str, int] = field(default_factory=dict)
    declared_global: set[str] = field(default_factory=set)
    declared_nonlocal: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    """Names that functions inside use while somebody rebinds them."""
    used_from_inside: set[str] = field(default_factory=set)

    def bind(self, name: str, times: int = 1) -> None:
        self.bindings[name] = self.bindings.get(name, 0) + times

    def mangled(self, name: str) -> str:
        """Return what the compiler makes of a private name in this place."""
        if self.private and name.startswith("__") and not name.endswith("__") and "." not in name:
            stem = self.private.lstrip("_")
            return f"_{stem}{name}" if stem else name
        return name

    def owner_of(self, name: str) -> Scope | None:
        """Return the scope that owns `name` as seen from here, or None for a global or builtin."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.declared_global or scope.kind == "module":
                return None
            visible = scope.kind != "class" or scope is self
            if visible and name in scope.bindings and name not in scope.declared_nonlocal:
                return scope
            scope = scope.parent
        return None


class ScopeMap(ast.NodeVisitor):
    """Builds the scopes of a module; `shared_name` then answers for any name in any scope."""

    def __init__(self, tree: ast.Module) -> None:
        self.module = Scope("module", "", None)
        self.scope_of: dict[ast.AST, Scope] = {tree: self.module}
        self.rebound_globals: set[str] = set()
        self.star_import = False
        self.class_members: set[str] = set()
        """Attributes that the source sets on classes rather than on their instances."""
        self._class_names = {"cls", "mcs", "klass"}
        self._set_on_names: list[tuple[str, str]] = []
        self._here = self.module
        self._loops = 0
        self._order = 0
        self._uses: list[tuple[Scope, str]] = []
        for statement in tree.body:
            self.visit(statement)
        self._link_uses()
        self.class_members |= {member for name, member in self._set_on_names if name in self._class_names}

    def shared_name(self, scope: Scope, name: str) -> str | None:
        """Return a label of the variable behind `name` when threads may see it change, else None."""
        name = scope.mangled(name)
        owner = scope.owner_of(name)
        if owner is None:
            return f"global {name}" if name in self.rebound_globals else None
        if owner.kind != "function" or name not in owner.used_from_inside:
            return None
        if name in owner.shared or owner.bindings[name] > 1:
            return f"{owner.name}.{name}"
        return None

    def is_builtin(self, scope: Scope, name: str) -> bool:
        """Tell whether `name` can only be the interpreter's own."""
        if self.star_import or name in self.module.bindings or name in self.rebound_globals:
            return False
        return scope.owner_of(name) is None

    def imported(self, scope: Scope, name: str) -> str | None:
        """Return what `name` was imported as, in full, if it is nothing else."""
        owner = scope.owner_of(name) or self.module
        if name in self.rebound_globals or owner.bindings.get(name) != 1:
            return None
        return owner.imports.get(name)

    def is_defined(self, scope: Scope, name: str) -> bool:
        """Tell whether `name` is a function or class of this source, and nothing else."""
        name = scope.mangled(name)
        owner = scope.owner_of(name) or self.module
        return name in owner.defined and owner.bindings.get(name) == 1 and name not in self.rebound_globals

    def _link_uses(self) -> None:
        for scope, name in self._uses:
            owner = scope.owner_of(name)
            if owner is None:
                continue
            inner = _function_below(owner, scope)
            if inner is not None:
                owner.used_from_inside.add(name)
                bound_later = owner.last_bound.get(name, 0) > inner.born
                if name in scope.declared_nonlocal or bound_later:
                    owner.shared.add(name)

    def _bind(self, name: str, *, late: bool = True) -> None:
        here = self._here
        name = here.mangled(name)
        self._order += 1
        if name in here.declared_global:
            self.rebound_globals.add(name)
        elif name in here.declared_nonlocal:
            self._uses.append((here, name))
        else:
            here.bind(name, 2 if self._loops else 1)
            if late:
                here.last_bound[name] = self._order

    def _define(self, name: str) -> None:
        self._bind(name, late=False)
        self._here.defined.add(self._here.mangled(name))

    def _inside(self, scope: Scope, node: ast.AST, children: Sequence[ast.AST]) -> None:
        outer, loops = self._here, self._loops
        self._here, self._loops = scope, 0
        self.scope_of[node] = scope
        for child in children:
            self.visit(child)
        self._here, self._loops = outer, loops

    def _new(self, kind: str, name: str, private: str | None = None) -> Scope:
        self._order += 1
        return Scope(kind, name, self._here, self._order, self._here.private if private is None else private)

    # ------------------------------------------------------------------------------------ visitors

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self._uses.append((self._here, self._here.mangled(node.id)))
        else:
            self._bind(node.id)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        here = self._here
        while self._here.kind == "comprehension" and self._here.parent is not None:
            self._here = self._here.parent
        self._bind(node.target.id)
        self._here = here

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._note_class_member(node.value, self._here.mangled(node.attr))
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in {"setattr", "delattr"} and len(node.args) > 1:
            member = node.args[1]
            if isinstance(member, ast.Constant) and isinstance(member.value, str):
                self._note_class_member(node.args[0], member.value)
        self.generic_visit(node)

    def _note_class_member(self, owner: ast.expr, member: str) -> None:
        if isinstance(owner, ast.Name):
            self._set_on_names.append((owner.id, member))
        elif _names_a_class(owner):
            self.class_members.add(member)

    def visit_Global(self, node: ast.Global) -> None:
        self._here.declared_global.update(self._here.mangled(name) for name in node.names)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self._here.declared_nonlocal.update(self._here.mangled(name) for name in node.names)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            self._bind(name, late=False)
            self._here.imports[name] = alias.name if alias.asname else name

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.star_import = True
                continue
            name = alias.asname or alias.name
            self._bind(name, late=False)
            if node.module and not node.level:
                self._here.imports[name] = f"{node.module}.{alias.name}"

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            # The name is deleted at the end of the handler.
            self._bind(node.name)
            self._bind(node.name)
        self.generic_visit(node)

    def _visit_capture(self, node: ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self._bind(node.name)
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = _visit_capture

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._bind(node.rest)
        self.generic_visit(node)

    def _visit_loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        self._loops += 1
        self.generic_visit(node)
        self._loops -= 1

    visit_For = visit_AsyncFor = visit_While = _visit_loop

    def _visit_function(self, node: FunctionNode) -> None:
        name = "<lambda>" if isinstance(node, ast.Lambda) else node.name
        if not isinstance(node, ast.Lambda):
            self._define(node.name)
            for decorator in node.decorator_list:
                self.visit(decorator)
        arguments = node.args
        for default in [*arguments.defaults, *arguments.kw_defaults]:
            if default is not None:
                self.visit(default)
        outer = self._here
        self._here = self._with_type_parameters(node)
        scope = self._new("function", name)
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        for argument in every:
            if argument is not None:
                scope.bind(scope.mangled(argument.arg))
        body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
        declare_first(scope, body)
        self._inside(scope, node, body)
        self._here = outer

    visit_FunctionDef = visit_AsyncFunctionDef = visit_Lambda = _visit_function

    def _with_type_parameters(self, node: ast.AST) -> Scope:
        """Return where the body of `node` stands: here, or in a scope that holds its type parameters."""
        parameters = getattr(node, "type_params", None)
        if not parameters:
            return self._here
        scope = self._new("types", "<types>")
        for parameter in parameters:
            scope.bind(scope.mangled(parameter.name))
        return scope

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._define(node.name)
        self._class_names.add(node.name)
        for outside in [*node.decorator_list, *node.bases, *node.keywords]:
            self.visit(outside)
        outer = self._here
        self._here = self._with_type_parameters(node)
        scope = self._new("class", node.name, private=node.name)
        declare_first(scope, list(node.body))
        self._inside(scope, node, node.body)
        self._here = outer

    def visit_TypeAlias(self, node: ast.AST) -> None:
        name = getattr(node, "name", None)
        if isinstance(name, ast.Name):
            self._bind(name.id, late=False)

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        first = node.generators[0]
        self.visit(first.iter)
        inside: list[ast.AST] = [first.target, *first.ifs, *node.generators[1:], *_results(node)]
        self._inside(self._new("comprehension", "<comprehension>"), node, inside)

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension


def _names_a_class(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "type"
    return isinstance(node, ast.Attribute) and node.attr == "__class__"


def _results(node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> list[ast.expr]:
    if isinstance(node, ast.DictComp):
        # `{**d for d in ...}` of 3.15 has one part only.
        parts: list[ast.expr | None] = [node.key, node.value]
        return [part for part in parts if part is not None]
    return [node.elt]


def _function_below(owner: Scope, scope: Scope) -> Scope | None:
    """Return the function that stands directly in `owner` and around `scope`; None if there is no function between."""
    found: Scope | None = None
    here: Scope | None = scope
    while here is not None and here is not owner:
        if here.kind == "function":
            found = here
        here = here.parent
    return found


def declare_first(scope: Scope, body: Sequence[ast.AST]) -> None:
    """Note the `global` and `nonlocal` statements of a scope before its names are looked at."""
    for node in _own_nodes(body):
        if isinstance(node, ast.Global):
            scope.declared_global.update(scope.mangled(name) for name in node.names)
        elif isinstance(node, ast.Nonlocal):
            scope.declared_nonlocal.update(scope.mangled(name) for name in node.names)


def _own_nodes(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    pending = list(body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, SCOPES):
            pending.extend(ast.iter_child_nodes(node))
