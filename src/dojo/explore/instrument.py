"""Source to source: make every access that threads could share call a hook first.

The access itself stays where it is, as native code: a hook only gets to see the object before it happens, so values,
exceptions, tracebacks and evaluation order are those of the original. What each hook does stands in `hooks.py`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from dojo.explore.scopes import Scope, ScopeMap

READERS = frozenset({"len", "sorted", "list", "tuple", "set", "frozenset", "dict", "sum", "min", "max", "any", "all"})
READERS |= {"str", "repr", "reversed", "bool", "next", "print", "bytes", "bytearray", "format", "deque"}
LAZY_READERS = frozenset({"enumerate", "zip", "map", "filter", "iter"})
CONTAINER_OPERATORS = (ast.Add, ast.Sub, ast.BitOr, ast.BitAnd, ast.BitXor, ast.Mult)
DISPLAYS = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)


@dataclass(frozen=True, slots=True)
class Site:
    """One place in the source at which a hook is called."""

    path: str
    line: int
    verb: str
    member: str
    """The attribute, variable or method name; empty for items and whole containers."""
    subject: str
    """How the source writes what is accessed."""
    by_learner: bool


def instrument(
    source: str, path: str, sites: list[Site], *, by_learner: bool = True, only_members: frozenset[str] | None = None
) -> ast.Module:
    """Parse `source` and return it with hooks, appending its places to `sites`.

    `only_members` limits it to attributes of these names: for library code whose other accesses are guarded by locks.
    Raises SyntaxError like `ast.parse`.
    """
    tree = ast.parse(source, path)
    tree = cast(ast.Module, _Instrumenter(ScopeMap(tree), tree, path, sites, by_learner, only_members).visit(tree))
    return ast.fix_missing_locations(tree)


class _Instrumenter(ast.NodeTransformer):
    def __init__(
        self,
        scopes: ScopeMap,
        tree: ast.Module,
        path: str,
        sites: list[Site],
        by_learner: bool,
        only_members: frozenset[str] | None,
    ) -> None:
        self.scopes = scopes
        self.scope: Scope = scopes.scope_of[tree]
        self.path = path
        self.sites = sites
        self.by_learner = by_learner
        self.only = only_members
        self.class_name = ""
        self.temporaries = 0

    # -------------------------------------------------------------------------------- small pieces

    def _site(self, node: ast.expr | ast.stmt, verb: str, member: str, subject: str = "") -> ast.Constant:
        text = subject or _written(node)
        self.sites.append(Site(self.path, node.lineno, verb, member, text, self.by_learner))
        return ast.copy_location(ast.Constant(len(self.sites) - 1), node)

    def _hook(self, name: str, node: ast.expr | ast.stmt, *arguments: ast.expr) -> ast.Call:
        function = ast.copy_location(ast.Name(f"__dojo_{name}__", ast.Load()), node)
        return ast.copy_location(ast.Call(function, list(arguments), []), node)

    def _member(self, name: str) -> str:
        if self.class_name and name.startswith("__") and not name.endswith("__"):
            return f"_{self.class_name.lstrip('_')}{name}"
        return name

    def _label(self, name: str) -> str | None:
        return None if self.only is not None else self.scopes.shared_name(self.scope, name)

    def _is_simple(self, node: ast.expr) -> bool:
        """Tell whether evaluating `node` can neither take a step nor run other code."""
        if isinstance(node, ast.Name):
            return self._label(node.id) is None
        if isinstance(node, ast.UnaryOp):
            return self._is_simple(node.operand)
        return isinstance(node, ast.Constant | ast.Lambda)

    def _visited(self, node: ast.expr) -> ast.expr:
        return cast(ast.expr, self.visit(node))

    def _content(self, node: ast.expr, hook: str = "content", verb: str = "read") -> ast.expr:
        """Wrap an expression whose value is about to be looked into, if it may be a shared container."""
        visited = self._visited(node)
        if self.only is not None or not isinstance(
            node, ast.Name | ast.Attribute | ast.Subscript | ast.Call | ast.NamedExpr | ast.IfExp
        ):
            return visited
        return self._hook(hook, node, visited, self._site(node, verb, ""))

    def _temporary(self, node: ast.stmt) -> str:
        self.temporaries += 1
        return f"__dojo_t{self.temporaries}__"

    # --------------------------------------------------------------------------------------- names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        label = self._label(node.id)
        if label is None or not isinstance(node.ctx, ast.Load):
            return node
        asked = self._hook("name", node, self._site(node, "read", label, node.id))
        return ast.copy_location(ast.IfExp(asked, node, ast.Constant(None)), node)

    def _value_for(self, targets: Sequence[ast.expr], value: ast.expr) -> ast.expr:
        """Announce the write of every shared plain name among `targets` after `value` is known."""
        for target in targets:
            if isinstance(target, ast.Name):
                label = self._label(target.id)
                if label is not None:
                    value = self._hook("value", target, value, self._site(target, "write", label, target.id))
        return value

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        node.value = self._value_for([node.target], self._visited(node.value))
        return node

    # ---------------------------------------------------------------------------------- attributes

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        writes = not isinstance(node.ctx, ast.Load)
        return self._attribute(node, "set" if writes else "attr", "write" if writes else "read")

    def _attribute(self, node: ast.Attribute, hook: str, verb: str) -> ast.Attribute:
        member = self._member(node.attr)
        skip = isinstance(node.value, ast.Constant) or (self.only is not None and member not in self.only)
        subject = _written(node)
        node.value = self._visited(node.value)
        if not skip:
            node.value = self._hook(hook, node, node.value, self._site(node, verb, member, subject))
        return node

    # ------------------------------------------------------------------------------------- subscripts

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if self.only is not None or isinstance(node.value, ast.Constant):
            return cast(ast.expr, self.generic_visit(node))
        writes = not isinstance(node.ctx, ast.Load)
        verb = "write" if writes else "read"
        site = self._site(node, verb, "")
        if isinstance(node.value, ast.Name) and self._is_simple(node.value):
            key = self._key(node.slice)
            again = ast.copy_location(ast.Name(node.value.id, ast.Load()), node)
            node.slice = self._hook("setkey" if writes else "key", node, again, key, site)
            return node
        container, key = self._visited(node.value), self._key(node.slice)
        if writes:
            node.value = self._hook("hold", node, container, site)
            node.slice = self._hook("held", node, key, site)
            return node
        pair = self._hook("pair", node, container, key, site)
        return self._hook("getitem", node, ast.copy_location(ast.Starred(pair, ast.Load()), node))

    def _key(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Slice):
            parts = [ast.Constant(None) if part is None else part for part in (node.lower, node.upper, node.step)]
            return self._hook("slice", node, *[self._visited(part) for part in parts])
        if isinstance(node, ast.Tuple):
            node.elts = [self._key(element) for element in node.elts]
            return node
        return self._visited(node)

    # ---------------------------------------------------------------------------------------- calls

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = node.func
        if isinstance(function, ast.Attribute) and not isinstance(function.value, ast.Constant):
            return self._method_call(node, function)
        if isinstance(function, ast.Name) and self.only is None and self.scope.owner_of(function.id) is None:
            if function.id in READERS:
                return self._reading_call(node, "content")
            if function.id in LAZY_READERS:
                return self._reading_call(node, "iter")
            if function.id in {"getattr", "setattr", "delattr", "hasattr"}:
                return self._dynamic_call(node, function.id)
        return cast(ast.expr, self.generic_visit(node))

    def _method_call(self, node: ast.Call, function: ast.Attribute) -> ast.expr:
        everything = [*node.args, *(keyword.value for keyword in node.keywords)]
        simple = all(self._is_simple(argument) for argument in everything)
        if self.only is None:
            node.func = self._attribute(function, "method", "call")
        else:
            node.func = self._visited(function)
        node.args = [self._visited(argument) for argument in node.args]
        node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
        if self.only is None and not simple and isinstance(function.value, ast.Call):
            # Arguments that take steps of their own: the call's own step belongs after them.
            held = function.value
            node.func = self._hook("bound", node, held.args[0], held.args[1])
        return node

    def _reading_call(self, node: ast.Call, hook: str) -> ast.expr:
        node.args = [self._content(argument, hook) for argument in node.args]
        node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
        return node

    def _dynamic_call(self, node: ast.Call, name: str) -> ast.expr:
        verb = "read" if name in {"getattr", "hasattr"} else "write"
        plain = len(node.args) >= 2 and all(self._is_simple(argument) for argument in node.args)
        site = self._site(node, verb, "") if plain else None
        key = node.args[1] if plain else None
        visited = cast(ast.Call, self.generic_visit(node))
        if site is not None and key is not None:
            visited.args[0] = self._hook("dynamic", node, visited.args[0], key, site)
        return visited

    def visit_Starred(self, node: ast.Starred) -> ast.expr:
        if isinstance(node.ctx, ast.Load):
            node.value = self._content(node.value)
            return node
        return cast(ast.expr, self.generic_visit(node))

    # -------------------------------------------------------------------- tests, operators, iteration

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        node.values = [self._content(value) for value in node.values]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        node.operand = self._content(node.operand) if isinstance(node.op, ast.Not) else self._visited(node.operand)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        node.test = self._content(node.test)
        node.body, node.orelse = self._visited(node.body), self._visited(node.orelse)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        constants = any(isinstance(side, ast.Constant) for side in (node.left, node.right))
        look = isinstance(node.op, CONTAINER_OPERATORS) and not constants
        if isinstance(node.op, ast.Mult):
            look = isinstance(node.left, DISPLAYS) or isinstance(node.right, DISPLAYS)
        visit: Callable[[ast.expr], ast.expr] = self._content if look else self._visited
        node.left, node.right = visit(node.left), visit(node.right)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        operands = [node.left, *node.comparators]
        identity = all(isinstance(operator, ast.Is | ast.IsNot) for operator in node.ops)
        constant = any(isinstance(operand, ast.Constant) for operand in operands)
        membership = any(isinstance(operator, ast.In | ast.NotIn) for operator in node.ops)
        look = membership or not (identity or constant)
        visit: Callable[[ast.expr], ast.expr] = self._content if look else self._visited
        node.left, *node.comparators = [visit(operand) for operand in operands]
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        node.value = self._content(node.value)
        if node.format_spec is not None:
            node.format_spec = self._visited(node.format_spec)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        node.iter = self._content(node.iter, "iter", "iterate")
        node.target = self._visited(node.target)
        node.ifs = [self._content(test) for test in node.ifs]
        return node

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> ast.expr:
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        visited = cast(ast.expr, self.generic_visit(node))
        self.scope = outer
        return visited

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

    # ------------------------------------------------------------------------------------ statements

    def visit_If(self, node: ast.If) -> ast.stmt:
        node.test = self._content(node.test)
        return self._bodies(node)

    def visit_While(self, node: ast.While) -> ast.stmt:
        node.test = self._content(node.test)
        return self._loop(node)

    def visit_For(self, node: ast.For) -> ast.stmt:
        node.iter = self._content(node.iter, "iter", "iterate")
        node.target = self._visited(node.target)
        return self._loop(node)

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        node.test = self._content(node.test)
        if node.msg is not None:
            node.msg = self._visited(node.msg)
        return node

    def _bodies(self, node: ast.If | ast.While | ast.For) -> ast.stmt:
        node.body = self._statements(node.body)
        node.orelse = self._statements(node.orelse)
        return node

    def _loop(self, node: ast.While | ast.For) -> ast.stmt:
        self._bodies(node)
        if self.only is None:
            kind = "while" if isinstance(node, ast.While) else "for"
            turn = ast.Expr(self._hook(kind, node, self._site(node, kind, "")))
            node.body.insert(0, ast.copy_location(turn, node))
        return node

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for statement in body:
            visited = self.visit(statement)
            out.extend(visited if isinstance(visited, list) else [visited])
        return out

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        unpacks = any(isinstance(target, ast.Tuple | ast.List) for target in node.targets)
        value = self._content(node.value) if unpacks else self._visited(node.value)
        node.value = self._value_for(node.targets, value)
        only = node.targets[0]
        if len(node.targets) == 1 and isinstance(only, ast.Subscript) and self._is_complex_item(only):
            return self._item_assignment(node, only)
        node.targets = [self._visited(target) for target in node.targets]
        return node

    def _is_complex_item(self, node: ast.Subscript) -> bool:
        simple = isinstance(node.value, ast.Constant) or self._is_simple(node.value)
        return self.only is None and not simple

    def _item_assignment(self, node: ast.Assign, target: ast.Subscript) -> ast.stmt:
        site = self._site(target, "write", "")
        container, key = self._visited(target.value), self._key(target.slice)
        stored = self._hook("store", node, node.value, container, key, site)
        everything = ast.copy_location(ast.Starred(stored, ast.Load()), node)
        return ast.copy_location(ast.Expr(self._hook("setitem", node, everything)), node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is not None:
            node.value = self._value_for([node.target], self._visited(node.value))
            node.target = cast("ast.Name | ast.Attribute | ast.Subscript", self._visited(node.target))
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt] | ast.stmt:
        target = node.target
        if isinstance(target, ast.Name):
            return self._augmented_name(node, target)
        if isinstance(target, ast.Attribute):
            if self.only is not None and self._member(target.attr) not in self.only:
                return cast(ast.stmt, self.generic_visit(node))
            return self._augmented_attribute(node, target)
        return self._augmented_item(node, target)

    def _augmented_name(self, node: ast.AugAssign, target: ast.Name) -> list[ast.stmt] | ast.stmt:
        label = self._label(target.id)
        if label is None:
            node.value = self._content(node.value)
            return node
        value = self._temporary(node)
        read = self._visited(ast.copy_location(ast.Name(target.id, ast.Load()), target))
        return [
            self._keep(node, value, read),
            self._compute(node, value),
            self._put(node, ast.Name(target.id, ast.Store()), self._value_for([target], self._load(node, value))),
            self._forget(node, value),
        ]

    def _augmented_attribute(self, node: ast.AugAssign, target: ast.Attribute) -> list[ast.stmt]:
        owner, value = self._temporary(node), self._temporary(node)
        member, subject = self._member(target.attr), _written(target)
        kept = self._keep(node, owner, self._visited(target.value))
        read = self._hook("attr", target, self._load(node, owner), self._site(target, "read", member, subject))
        write = self._hook("set", target, self._load(node, owner), self._site(target, "write", member, subject))
        return [
            kept,
            self._keep(node, value, ast.Attribute(read, target.attr, ast.Load())),
            self._compute(node, value),
            self._put(node, ast.Attribute(write, target.attr, ast.Store()), self._load(node, value)),
            self._forget(node, owner, value),
        ]

    def _augmented_item(self, node: ast.AugAssign, target: ast.Subscript) -> list[ast.stmt] | ast.stmt:
        if self.only is not None:
            return cast(ast.stmt, self.generic_visit(node))
        owner, key, value = self._temporary(node), self._temporary(node), self._temporary(node)
        kept = [self._keep(node, owner, self._visited(target.value)), self._keep(node, key, self._key(target.slice))]
        pair = self._hook("key", target, *self._both(node, owner, key), self._site(target, "read", ""))
        store = self._hook("setkey", target, *self._both(node, owner, key), self._site(target, "write", ""))
        return [
            *kept,
            self._keep(node, value, ast.Subscript(self._load(node, owner), pair, ast.Load())),
            self._compute(node, value),
            self._put(node, ast.Subscript(self._load(node, owner), store, ast.Store()), self._load(node, value)),
            self._forget(node, owner, key, value),
        ]

    def _both(self, node: ast.stmt, owner: str, key: str) -> tuple[ast.expr, ast.expr]:
        return self._load(node, owner), self._load(node, key)

    def _load(self, node: ast.stmt, name: str) -> ast.expr:
        return ast.copy_location(ast.Name(name, ast.Load()), node)

    def _keep(self, node: ast.stmt, name: str, value: ast.expr) -> ast.stmt:
        return self._put(node, ast.Name(name, ast.Store()), value)

    def _put(self, node: ast.stmt, target: ast.expr, value: ast.expr) -> ast.stmt:
        return ast.copy_location(ast.Assign([ast.copy_location(target, node)], value), node)

    def _compute(self, node: ast.AugAssign, name: str) -> ast.stmt:
        value = self._content(node.value)
        return ast.copy_location(ast.AugAssign(ast.Name(name, ast.Store()), node.op, value), node)

    def _forget(self, node: ast.stmt, *names: str) -> ast.stmt:
        return ast.copy_location(ast.Delete([ast.Name(name, ast.Del()) for name in names]), node)

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for target in node.targets:
            label = self._label(target.id) if isinstance(target, ast.Name) else None
            if isinstance(target, ast.Name) and label is not None:
                site = self._site(target, "write", label, target.id)
                out.append(ast.copy_location(ast.Expr(self._hook("name", target, site)), node))
            out.append(ast.copy_location(ast.Delete([self._visited(target)]), node))
        return out

    # ------------------------------------------------------------------------ scopes, and what is left alone

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
        node.decorator_list = [self._visited(decorator) for decorator in node.decorator_list]
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        node.body = self._statements(node.body)
        self.scope = outer
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        node.body = self._visited(node.body)
        self.scope = outer
        return node

    def _defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self._visited(default) for default in arguments.defaults]
        arguments.kw_defaults = [default and self._visited(default) for default in arguments.kw_defaults]

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        node.decorator_list = [self._visited(decorator) for decorator in node.decorator_list]
        node.bases = [base if isinstance(base, ast.Subscript) else self._visited(base) for base in node.bases]
        node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        outer_class, self.class_name = self.class_name, node.name
        node.body = self._statements(node.body)
        self.scope, self.class_name = outer, outer_class
        return node

    def visit_TypeAlias(self, node: ast.stmt) -> ast.stmt:
        return node

    def _visit_pattern(self, node: ast.pattern) -> ast.pattern:
        return node

    visit_MatchValue = visit_MatchSequence = visit_MatchMapping = visit_MatchClass = _visit_pattern
    visit_MatchAs = visit_MatchOr = visit_MatchStar = visit_MatchSingleton = _visit_pattern


def _written(node: ast.expr | ast.stmt) -> str:
    """Return the source form of `node`, shortened to what fits in a report."""
    if isinstance(node, ast.stmt):
        return ""
    text = ast.unparse(node)
    return text if len(text) <= 40 else text[:37] + "..."
