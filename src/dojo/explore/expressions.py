"""Rewriting of expressions: reads, calls, operators, iteration."""

from __future__ import annotations

import ast
from typing import cast

from dojo.explore.calls import CallRewriter
from dojo.explore.library_calls import LOOKS_INTO
from dojo.explore.rewriting import VARIABLE, is_number

NEW = (
    ast.List | ast.Tuple | ast.Dict | ast.Set | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp | ast.BinOp
)
"""What they give is nobody else's yet."""
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
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class ExpressionRewriter(CallRewriter, ast.NodeTransformer):
    """Announces what expressions read, and the methods they call."""

    def wanted(self, owner: ast.expr, member: str) -> bool:
        if isinstance(owner, ast.Name) and self._module_name(owner) is not None:
            return False
        return not isinstance(owner, ast.Constant | ast.JoinedStr)

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

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        wrap = {None: self._content, "key": self._callee}.get(node.arg, self._visited)
        node.value = wrap(node.value)
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
        elif name is not None and not any(map(_is_plain, (node.left, node.right))):
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
            if sum(isinstance(element, VARIABLE) for element in node.elts) > 1:
                node.elts = [self._all_at_once(node, node.elts, LOOKS_INTO, self._site(node, "read"))]
            else:
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
        seconds = self._made if hook == "whole" and not isinstance(right, VARIABLE) else self._second
        operands = self._content(left, hook), seconds(right)
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
        if identity or any(map(_is_plain, operands)):
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

    def _unpacked(self, target: ast.expr, node: ast.expr, walked: ast.expr) -> ast.expr:
        """Wrap what is iterated over where every item is taken apart."""
        if not isinstance(target, ast.Tuple | ast.List):
            return walked
        deep = ast.copy_location(ast.Constant(is_deep(target)), node)
        return self._hook("unpacked", node, walked, deep, self._site(node, "read"))

    def _iterable(self, node: ast.comprehension) -> ast.expr:
        if node.is_async or isinstance(node.iter, ast.Constant):
            return self._visited(node.iter)
        walked = self._unpacked(node.target, node.iter, self._walked(node.iter))
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


def is_deep(target: ast.expr) -> bool:
    """Tell whether a part of what is taken apart is taken apart too."""
    return isinstance(target, ast.Tuple | ast.List) and any(
        isinstance(part, ast.Tuple | ast.List) for part in target.elts
    )


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and not is_number(node))


def _is_plain(node: ast.expr) -> bool:
    """Tell whether `node` is a constant that nothing which can change is compared or put together with."""
    return isinstance(node, ast.Constant) and not isinstance(node.value, bytes)


def _is_no_container(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or is_number(node)
