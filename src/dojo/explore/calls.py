"""Rewriting of calls: what functions that are not instrumented do with what they are handed."""

from __future__ import annotations

import ast
from typing import cast

from dojo.explore.library_calls import (
    ARGUMENT_READERS,
    BETWEEN_ARGUMENTS,
    BUILTIN_READERS,
    BUILTIN_WALKERS,
    CONSUMERS,
    INTO_ITEMS,
    LOOKS_INTO,
    MAPPERS,
    NOT_INTO_ITEMS,
    RANDOM,
    WALKS,
    mode_of,
    mode_of_builtin,
)
from dojo.explore.rewriting import VARIABLE, Rewriter

MADE = (ast.List, ast.Tuple, ast.Dict, ast.ListComp, ast.DictComp)
"""New containers that may have others in them."""
LOOKED_INTO = (*VARIABLE, *MADE, ast.GeneratorExp, ast.Starred)
OF_RETURNED = {"content": "returned", "whole": "returned_whole", "consumed": "returned_consumed"}
"""Hook -> what stands for it where a call has returned the value: an iterator is nobody else's yet."""
INTO_ONE = {"next": "iterator", "dict": "pairs"}
LEFT_ALONE = ("key", "default", "file")
"""Arguments that library functions call, hand back or write to, and do not look into."""
DYNAMIC = {"getattr": "read", "hasattr": "read", "setattr": "write", "delattr": "write"}


class CallRewriter(Rewriter, ast.NodeTransformer):
    """Announces what calls look into."""

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
        if isinstance(node, ast.Starred):
            node.value = self._content(node.value, hook, verb)
            return node
        if not isinstance(node, VARIABLE):
            return self._made(node) if hook in ("whole", "pairs", "consumed") else self._visited(node)
        site = self._site(node, verb)
        if isinstance(node, ast.Call):
            hook = OF_RETURNED.get(hook, hook)
        return self._hook(hook, node, self._visited(node), site)

    def _made(self, node: ast.expr) -> ast.expr:
        """Wrap an expression whose value is new, and about to be looked into: what is in it may be shared."""
        if not _may_be_shared(node):
            return self._visited(node)
        site = self._site(node, "read")
        if isinstance(node, ast.GeneratorExp):
            visited = cast(ast.GeneratorExp, self._visited(node))
            visited.elt = self._hook("item", node, visited.elt, site)
            return visited
        return self._hook("inside", node, self._visited(node), site)

    def _second(self, node: ast.expr, feature: str = "two containers at once") -> ast.expr:
        """Wrap what an operation looks into together with something that was announced before."""
        if isinstance(node, ast.Starred):
            return self._content(node, "whole")
        if not isinstance(node, VARIABLE):
            return self._visited(node)
        site = self._site(node, "read")
        # An iterator that a call has returned is nobody else's yet.
        hook = "given" if isinstance(node, ast.Call) else "second"
        return self._hook(hook, node, self._visited(node), ast.copy_location(ast.Constant(feature), node), site)

    def _walked(self, node: ast.expr, *, into: bool = False) -> ast.expr:
        """Wrap an expression that is about to be iterated over, step by step; `into`: by what looks into the items."""
        if isinstance(node, ast.Starred) or (into and not isinstance(node, VARIABLE)):
            return self._content(node, "whole", "iterate")
        # An iterator that has just been made is nobody else's yet.
        walked = self._content(node, "fresh" if isinstance(node, ast.Call) else "iter", "iterate")
        if into and isinstance(walked, ast.Call):
            walked.args[0] = self._hook("inside", node, walked.args[0], self._site(node, "read"))
        return walked

    def _is_native(self, node: ast.expr) -> bool:
        """Tell whether `node` names a function that takes no steps of its own."""
        if isinstance(node, ast.Attribute):
            return self._module_name(node) is not None or self._is_native(node.value)
        if isinstance(node, ast.Name):
            return self._module_name(node) is not None or self.scopes.is_builtin(self.scope, node.id)
        return isinstance(node, ast.Constant)

    def _module_name(self, node: ast.expr) -> str | None:
        """Return what `node` was imported as, in full: "heapq.heappush"."""
        if isinstance(node, ast.Name):
            return self.scopes.imported(self.scope, node.id)
        if isinstance(node, ast.Attribute):
            owner = self._module_name(node.value)
            return owner and f"{owner}.{node.attr}"
        return None

    # --------------------------------------------------------------------------------------- calls

    def visit_Call(self, node: ast.Call) -> ast.expr:
        function = node.func
        imported = self._module_name(function)
        if imported is not None:
            return self._library_call(node, mode_of(imported), imported)
        if isinstance(function, ast.Attribute):
            return self._method_call(node, function)
        if isinstance(function, ast.Name) and self.scopes.is_builtin(self.scope, function.id):
            return self._builtin_call(node, function.id)
        if node.args:
            node.func = self._callee(function)
            return self._arguments(node)
        return cast(ast.expr, self.generic_visit(node))

    def _callee(self, node: ast.expr) -> ast.expr:
        """Wrap what is called, here or by what it is handed to, where it may be native under another name."""
        visited = self._visited(node)
        if not isinstance(node, VARIABLE) or self._is_native(node):
            return visited
        if isinstance(node, ast.Name) and self.scopes.is_defined(self.scope, node.id):
            return visited
        return self._hook("called", node, visited, self._site(node, "call"))

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
        if reading and isinstance(function.value, ast.Constant | ast.JoinedStr):
            return self._text_method(node)
        if reading:
            node.args = [self._second(argument) for argument in node.args]
            node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
            return node
        return self._arguments(node)

    def _text_method(self, node: ast.Call) -> ast.Call:
        """What `"...".join` and the like look into: text itself is never changed, and no step of its own."""
        if len(node.args) > 1:
            return self._with_arguments(node, LOOKS_INTO, self._site(node, "read"))
        node.args = [self._content(argument, "whole") for argument in node.args]
        for keyword in node.keywords:
            keyword.value = self._second(keyword.value, "argument given by keyword")
        return node

    def _library_call(self, node: ast.Call, mode: int | None, name: str) -> ast.expr:
        if isinstance(node.func, ast.Attribute):
            node.func = self._visited(node.func)
        if mode == WALKS:
            return self._walking_call(node, name)
        of_random = name.startswith("random.")
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if mode is None or not (of_random or any(map(_may_be_shared, given))):
            return self._arguments(node)
        site = self._site(
            node, "call", name.rpartition(".")[2], self._written(node.args[0] if node.args else node.func)
        )
        return self._with_arguments(node, mode + RANDOM if of_random else mode, site)

    def _with_arguments(self, node: ast.Call, mode: int, site: ast.Constant) -> ast.Call:
        """Hand all arguments by position to a hook, which announces what happens to them when all are known."""
        given = self._all_at_once(node, node.args, mode, site)
        node.keywords = [self._keyword(keyword) for keyword in node.keywords]
        node.args = [given]
        return node

    def _all_at_once(self, node: ast.expr, values: list[ast.expr], mode: int, site: ast.Constant) -> ast.Starred:
        visited = [
            self._made(value) if isinstance(value, ast.GeneratorExp) else self._visited(value) for value in values
        ]
        every = self._hook("arguments", node, ast.copy_location(ast.Constant(mode), node), site, *visited)
        return ast.copy_location(ast.Starred(every, ast.Load()), node)

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
            return self._walking_call(node, name) if name != "iter" or len(node.args) == 1 else self._arguments(node)
        elif name in BUILTIN_READERS:
            return self._reading_call(node, name)
        else:
            return cast(ast.expr, self.generic_visit(node))
        return node

    def _walking_call(self, node: ast.Call, name: str) -> ast.Call:
        walked = {1} if name == "functools.reduce" else range(name in MAPPERS, len(node.args))
        into = name in INTO_ITEMS or (name in MAPPERS and bool(node.args) and self._is_native(node.args[0]))
        node.args = [
            self._walked(argument, into=into) if place in walked else self._callee(argument)
            for place, argument in enumerate(node.args)
        ]
        node.keywords = [cast(ast.keyword, self.visit(keyword)) for keyword in node.keywords]
        return node

    def _reading_call(self, node: ast.Call, name: str) -> ast.expr:
        if name in BETWEEN_ARGUMENTS and len(node.args) == 1 and node.keywords:
            # The key function is called in between, and may take steps.
            return self._walking_call(node, name)
        hook = _hook_of(name)
        early = [argument for argument in node.args if not self._is_simple(argument)]
        several = sum(isinstance(argument, VARIABLE) for argument in node.args) > 1
        if several or (len(node.args) > 1 and early and early != node.args[:1]):
            mode = mode_of_builtin(name)
            assert mode is not None
            return self._with_arguments(node, mode, self._site(node, "read"))
        node.args = [self._content(argument, hook) for argument in node.args]
        node.keywords = [self._keyword(keyword) for keyword in node.keywords]
        return node

    def _keyword(self, node: ast.keyword) -> ast.keyword:
        if node.arg in (None, *LEFT_ALONE):
            return cast(ast.keyword, self.visit(node))
        node.value = self._second(node.value, "argument given by keyword")
        return node


def _hook_of(name: str) -> str:
    """Return the hook before the one argument of a builtin function that reads."""
    if name in CONSUMERS:
        return "consumed"
    return INTO_ONE.get(name, "content" if name in NOT_INTO_ITEMS else "whole")


def _may_be_shared(node: ast.expr) -> bool:
    """Tell whether the value of `node`, or something in it, may be a container that others know."""
    if isinstance(node, ast.List | ast.Tuple):
        return not all(isinstance(element, ast.Constant) for element in node.elts)
    return isinstance(node, LOOKED_INTO)
