"""Rewriting of expressions: reads, calls, operators, iteration."""

from __future__ import annotations

import ast
from typing import cast

from dojo.explore.library_calls import (
    ARGUMENT_READERS,
    BUILTIN_READERS,
    BUILTIN_WALKERS,
    INTO_OBJECTS,
    LOOKS_INTO,
    RANDOM,
    READS,
    WALKS,
    mode_of,
)
from dojo.explore.rewriting import VARIABLE, Rewriter, is_number

NEW = (
    ast.List | ast.Tuple | ast.Dict | ast.Set | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.BinOp
)
"""What they give is nobody else's yet."""
LEFT_ALONE = ("key", "default", "file")
"""Arguments that library functions call, hand back or write to, and do not look into."""

OPERATORS: dict[type[ast.operator | ast.cmpop], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.BitOr: "or",
    ast.BitAnd: "and",
    ast.BitXor: "xor",
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
}
"""Operators that look into containers on both sides."""
DYNAMIC = {"getattr": "read", "hasattr": "read", "setattr": "write", "delattr": "write"}
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class ExpressionRewriter(Rewriter, ast.NodeTransformer):
    """Announces what expressions read, and the methods they call."""

    def wanted(self, owner: ast.expr, member: str) -> bool:
        if isinstance(owner, ast.Name) and self._module_name(owner) is not None:
            return False
        return not isinstance(owner, ast.Constant | ast.JoinedStr)

    # -------------------------------------------------------------------------------- small pieces

    def _label(self, name: str) -> str | None:
        return self.scopes.shared_name(self.scope, name)

    def _is_simple(self, node: ast.expr) -> bool:
        """Tell whether evaluating `node` can neither take a step nor run other code."""
        if isinstance(node, ast.Name):
            return self._label(node.id) is None
        if isinstance(node, ast.UnaryOp):
            return isinstance(node.operand, ast.Constant)
        return isinstance(node, ast.Constant | ast.Lambda)

    def _content(self, node: ast.expr, hook: str = "content", verb: str = "read") -> ast.expr:
        """Wrap an expression whose value is about to be looked into, if it may be a shared container."""
        if not isinstance(node, VARIABLE):
            return self._visited(node)
        site = self._site(node, verb)
        if hook == "content" and isinstance(node, ast.Call):
            hook = "returned"
        return self._hook(hook, node, self._visited(node), site)

    def _second(self, node: ast.expr, feature: str = "two containers at once") -> ast.expr:
        """Wrap what an operation looks into together with something that was announced before."""
        if not isinstance(node, VARIABLE):
            return self._visited(node)
        site = self._site(node, "read")
        # An iterator that a call has returned is nobody else's yet.
        hook = "given" if isinstance(node, ast.Call) else "second"
        return self._hook(hook, node, self._visited(node), ast.copy_location(ast.Constant(feature), node), site)

    def _walked(self, node: ast.expr) -> ast.expr:
        """Wrap an expression that is about to be iterated over, step by step."""
        # An iterator that has just been made is nobody else's yet.
        return self._content(node, "fresh" if isinstance(node, ast.Call) else "iter", "iterate")

    def _module_name(self, node: ast.expr) -> str | None:
        """Return what `node` was imported as, in full: "heapq.heappush"."""
        if isinstance(node, ast.Name):
            return self.scopes.imported(self.scope, node.id)
        if isinstance(node, ast.Attribute):
            owner = self._module_name(node.value)
            return owner and f"{owner}.{node.attr}"
        return None

    # --------------------------------------------------------------------------------------- names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        label = self._label(node.id)
        if label is None or not isinstance(node.ctx, ast.Load):
            return node
        asked = self._hook("name", node, self._site(node, "read", label, node.id))
        return ast.copy_location(ast.IfExp(asked, node, ast.copy_location(ast.Constant(None), node)), node)

    def _announced_value(self, target: ast.expr, value: ast.expr) -> ast.expr:
        """Announce the write of `target`, if it is a shared plain name, once `value` is known."""
        label = self._label(target.id) if isinstance(target, ast.Name) else None
        if label is None or not isinstance(target, ast.Name):
            return value
        return self._hook("value", target, value, self._site(target, "write", label, target.id))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        node.value = self._announced_value(node.target, self._visited(node.value))
        return node

    # ------------------------------------------------------------------------------------- subscripts

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        if isinstance(node.value, ast.Constant):
            return cast(ast.expr, self.generic_visit(node))
        reads = isinstance(node.ctx, ast.Load)
        hook = {ast.Load: "key", ast.Store: "setkey", ast.Del: "delkey"}[type(node.ctx)]
        site = self._site(node, "read" if reads else "write")
        if isinstance(node.value, ast.Name) and self._is_simple(node.value):
            again = self._load(node, node.value.id)
            node.slice = self._hook(hook, node, again, self._key(node.slice), site)
            return node
        container = self._visited(node.value)
        if not reads:
            node.value = self._hook("items", node, container, site)
            node.slice = self._visited(node.slice)
            return node
        return self._spread("getitem", node, self._hook("pair", node, container, self._key(node.slice), site))

    def _key(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Slice):
            none = ast.copy_location(ast.Constant(None), node)
            parts = [none if part is None else self._visited(part) for part in (node.lower, node.upper, node.step)]
            return self._hook("slice", node, *parts)
        if isinstance(node, ast.Tuple):
            node.elts = [self._key(element) for element in node.elts]
            return node
        return self._visited(node)

    # ---------------------------------------------------------------------------------------- calls

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = node.func
        imported = self._module_name(function)
        if imported is not None:
            return self._library_call(node, mode_of(imported), imported)
        if isinstance(function, ast.Attribute):
            return self._method_call(node, function)
        if isinstance(function, ast.Name) and self.scopes.is_builtin(self.scope, function.id):
            return self._builtin_call(node, function.id)
        return cast(ast.expr, self.generic_visit(node))

    def _arguments(self, node: ast.Call) -> ast.Call:
        node.args = [self._visited(argument) for argument in node.args]
        node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
        return node

    def _method_call(self, node: ast.Call, function: ast.Attribute) -> ast.expr:
        reading = function.attr in ARGUMENT_READERS
        simple = all(self._is_simple(part) for part in [*node.args, *(keyword.value for keyword in node.keywords)])
        # Where arguments take steps of their own, the call's own step belongs after them.
        waits = not simple or (reading and bool(node.args))
        node.func = self._attribute(function, "late" if waits else "method", "call")
        if reading:
            node.args = [self._second(argument) for argument in node.args]
            node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
            return node
        return self._arguments(node)

    def _library_call(self, node: ast.Call, mode: int | None, name: str) -> ast.expr:
        if isinstance(node.func, ast.Attribute):
            node.func = self._visited(node.func)
        if mode == WALKS:
            return self._walking_call(node, 1 if name == "functools.reduce" else None)
        of_random = name.startswith("random.")
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if mode is None or not (of_random or any(isinstance(argument, VARIABLE) for argument in given)):
            return self._arguments(node)
        site = self._site(
            node, "call", name.rpartition(".")[2], self._written(node.args[0] if node.args else node.func)
        )
        return self._with_arguments(node, mode + RANDOM if of_random else mode, site)

    def _with_arguments(self, node: ast.Call, mode: int, site: ast.Constant) -> ast.Call:
        """Hand all arguments by position to a hook, which announces what happens to them when all are known."""
        node.args = [self._visited(argument) for argument in node.args]
        node.keywords = [self._keyword(keyword) for keyword in node.keywords]
        every = self._hook("arguments", node, ast.copy_location(ast.Constant(mode), node), site, *node.args)
        node.args = [ast.copy_location(ast.Starred(every, ast.Load()), node)]
        return node

    def _builtin_call(self, node: ast.Call, name: str) -> ast.expr:
        if name in DYNAMIC and len(node.args) >= 2:
            verb = DYNAMIC[name]
            site = self._site(node, verb)
            self._arguments(node)
            looked = self._hook("dynamic", node, site, *node.args)
            node.args = [ast.copy_location(ast.Starred(looked, ast.Load()), node)]
        elif name == "vars" and len(node.args) == 1:
            member = ast.copy_location(ast.Constant("__dict__"), node)
            site = self._site(node, "read")
            node.args = [self._hook("attr", node, self._visited(node.args[0]), member, site)]
        elif name == "reversed" and len(node.args) == 1 and isinstance(node.args[0], VARIABLE):
            site = self._site(node, "iterate")
            return self._hook("reversed", node, self._visited(node.args[0]), site)
        elif name in BUILTIN_WALKERS:
            return self._walking_call(node) if name != "iter" or len(node.args) == 1 else self._arguments(node)
        elif name in BUILTIN_READERS:
            return self._reading_call(node, name)
        else:
            return cast(ast.expr, self.generic_visit(node))
        return node

    def _walking_call(self, node: ast.Call, only: int | None = None) -> ast.Call:
        chosen = range(len(node.args)) if only is None else (only,)
        node.args = [
            self._walked(argument) if place in chosen else self._visited(argument)
            for place, argument in enumerate(node.args)
        ]
        node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
        return node

    def _reading_call(self, node: ast.Call, name: str) -> ast.expr:
        if name in {"min", "max"} and len(node.args) == 1 and node.keywords:
            # The key function is called in between, and may take steps.
            return self._walking_call(node)
        hook = "whole" if name in INTO_OBJECTS else "iterator" if name == "next" else "content"
        early = [argument for argument in node.args if not self._is_simple(argument)]
        if len(node.args) > 1 and early and early != node.args[:1]:
            return self._with_arguments(node, LOOKS_INTO if hook == "whole" else READS, self._site(node, "read"))
        node.args = [self._content(argument, hook) for argument in node.args]
        node.keywords = [self._keyword(keyword) for keyword in node.keywords]
        return node

    def _keyword(self, node: ast.keyword) -> ast.keyword:
        if node.arg in (None, *LEFT_ALONE):
            return cast(ast.keyword, self.visit(node))
        node.value = self._second(node.value, "argument given by keyword")
        return node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        node.value = self._content(node.value) if node.arg is None else self._visited(node.value)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        pairs = list(zip(node.keys, node.values, strict=True))
        node.keys = [key and self._visited(key) for key in node.keys]
        node.values = [self._content(value) if key is None else self._visited(value) for key, value in pairs]
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.expr:
        node.value = self._content(node.value) if isinstance(node.ctx, ast.Load) else self._visited(node.value)
        return node

    def visit_YieldFrom(self, node: ast.YieldFrom) -> ast.expr:
        node.value = self._walked(node.value)
        return node

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
        name = OPERATORS.get(type(node.op))
        if isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant | ast.JoinedStr):
            node.right = self._formatted(node.right)
        elif name is not None and not any(isinstance(side, ast.Constant) for side in (node.left, node.right)):
            return self._operation(node, name, node.left, node.right)
        elif isinstance(node.op, ast.Mult) and not any(_is_text(side) for side in (node.left, node.right)):
            node.left, node.right = self._content(node.left), self._content(node.right)
            return node
        else:
            node.right = self._visited(node.right)
        node.left = self._visited(node.left)
        return node

    def _formatted(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.Tuple):
            node.elts = [self._content(element, "whole") for element in node.elts]
            return node
        return self._content(node, "whole")

    def _operation(self, node: ast.BinOp | ast.Compare, name: str, left: ast.expr, right: ast.expr) -> ast.expr:
        """Announce both operands when both are known: directly before the operation, whatever the right one does."""
        hook = "whole" if isinstance(node, ast.Compare) else "content"
        if isinstance(left, VARIABLE) and not self._is_simple(right) and not _is_no_container(right):
            site = self._site(node, "read")
            hook = "left" if isinstance(right, NEW) else "both"
            both = self._hook(hook, node, self._visited(left), self._visited(right), site)
            return self._spread(name, node, both)
        operands = self._content(left, hook), self._second(right)
        if isinstance(node, ast.Compare):
            node.left, node.comparators = operands[0], [operands[1]]
        else:
            node.left, node.right = operands
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        operands = [node.left, *node.comparators]
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In | ast.NotIn):
            node.left, node.comparators = self._visited(node.left), [self._content(operands[1], "whole")]
            return node
        identity = all(isinstance(operator, ast.Is | ast.IsNot) for operator in node.ops)
        if identity or any(isinstance(operand, ast.Constant) for operand in operands):
            node.left, *node.comparators = [self._visited(operand) for operand in operands]
            return node
        if len(node.ops) == 1:
            return self._operation(node, OPERATORS[type(node.ops[0])], *operands)
        node.left = self._content(node.left, "whole")
        node.comparators = [self._second(operand, "chained comparison") for operand in operands[1:]]
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        node.value = self._content(node.value, "whole")
        if node.format_spec is not None:
            node.format_spec = self._visited(node.format_spec)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        node.iter = self._iterable(node)
        node.target = self._visited(node.target)
        node.ifs = [self._content(test) for test in node.ifs]
        return node

    def _iterable(self, node: ast.comprehension) -> ast.expr:
        if node.is_async:
            return self._visited(node.iter)
        walked = self._walked(node.iter)
        return self._hook("turns", node.iter, walked) if isinstance(node.iter, VARIABLE) else walked

    def _visit_comprehension(self, node: Comprehension) -> ast.expr:
        first = node.generators[0]
        outer, iterable = self.scope, self._iterable(first)
        # What is iterated over first belongs to the scope outside, and has been seen to.
        first.iter = placeholder = ast.Constant(None)
        self.scope = self.scopes.scope_of[node]
        self.generic_visit(node)
        assert first.iter is placeholder
        first.iter = iterable
        self.scope = outer
        return node

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _visit_comprehension

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        self._defaults(node.args)
        outer, self.scope = self.scope, self.scopes.scope_of[node]
        node.body = self._visited(node.body)
        self.scope = outer
        return node

    def _defaults(self, arguments: ast.arguments) -> None:
        arguments.defaults = [self._visited(default) for default in arguments.defaults]
        arguments.kw_defaults = [default and self._visited(default) for default in arguments.kw_defaults]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and not is_number(node))


def _is_no_container(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or is_number(node)
