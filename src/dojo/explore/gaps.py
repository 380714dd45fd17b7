"""What the explorer does not see, or sees a moment too early: where it is used, "all interleavings" is not claimed."""

from __future__ import annotations

import ast
import os
import symtable
import sys
from collections.abc import Iterator, Sequence

from dojo.explore.library_calls import BUILTIN_READERS

GAPS: dict[str, str] = {
    "exec or eval": "code in strings runs without hooks; only the names and attributes outside of it are seen",
    "globals()": "what is stored through the dictionary of a module is not seen by who reads the variable",
    "__dict__ that is kept": "later accesses through it are not seen by who reads the attributes",
    "class pattern inside a pattern": "what it reads of the inner object is not seen",
    "value pattern": "the attribute that it compares with is not seen",
    "captured shared name": "a pattern binds a variable unseen that another function uses",
    "shared name of a handler": "`except ... as` binds it a moment before that is seen",
    "shared name of an earlier item of a with": "it is bound unseen",
    "chained comparison": "its containers are looked into a moment after that is announced",
    "two containers at once": "the first is looked into a moment after that is announced",
    "argument given by keyword": "the container is looked into a moment after that is announced",
    "attrgetter or its like": "what their functions read and call is not seen",
    "class attribute under another name": "who reads it through an instance does not see the change",
    "method called on its class": "what it does to the container is not seen",
    "dataclasses inside a container": "comparing or showing the container reads their fields unseen",
    "containers inside a container": "comparing or showing the outer one reads the inner ones unseen",
    "native function in an attribute": "what it looks into is not seen",
    "weak reference": "whether its object is still there is looked up unseen",
    "method of object itself": "what it reads or stores is not seen by who uses the attribute as such",
    "getattr or its like under another name": "what it reads or stores is not seen",
    "attribute of a function": "no step is taken for it",
    "ident of another thread": "whether the thread has begun is looked up unseen",
    "__del__": "when an object in a cycle ends is up to the collector; here only gc.collect() collects",
    "memoryview": "a change through it is not seen by who reads the bytes themselves",
    "environment variables": "reading and storing them takes no step",
    "real date or randomness": "it is another one in each execution, whatever the dojo's clock says",
    "code of another package": "it runs without hooks: what it shares between threads is not seen",
}
"""Feature -> what is missed where it is used."""

_BUILTINS = {
    "exec": "exec or eval",
    "eval": "exec or eval",
    "globals": "globals()",
    "memoryview": "memoryview",
    "attrgetter": "attrgetter or its like",
    "methodcaller": "attrgetter or its like",
}
_ENVIRONMENT = frozenset({"environ", "environb", "getenv", "putenv", "unsetenv"})
_FROM_OUTSIDE = frozenset(
    {"utcnow", "today", "uuid1", "uuid4", "urandom", "getrandom", "SystemRandom", "clock_gettime"}
)
_OF_OBJECT = frozenset({"__getattribute__", "__setattr__", "__delattr__"})
_ACCESSORS = frozenset({"getattr", "setattr", "delattr"})
_CONTAINERS = frozenset({"list", "dict", "set", "deque", "bytearray", "array", "OrderedDict", "defaultdict", "Counter"})
_KEEPERS = ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.Return | ast.keyword | ast.Tuple | ast.List | ast.Dict
_COMPARING = frozenset({"index", "remove", "count"})

noted: set[tuple[str, str, int]] = set()
"""Feature, path and line of what the executions so far ran into."""


def note(feature: str, path: str, line: int) -> None:
    """Note that code under test has just used `feature`."""
    noted.add((feature, path, line))


def noted_sentences() -> list[str]:
    return [_sentence(feature, path, line) for feature, path, line in sorted(noted)]


def _sentence(feature: str, path: str, line: int) -> str:
    return f"{os.path.basename(path)}, line {line} ({feature}): {GAPS[feature]}"


def gaps_in(source: str, path: str) -> list[str]:
    """Return a sentence for the first use of each feature that can be told without running `source`."""
    nodes = list(ast.walk(ast.parse(source, path)))
    scan = _Scan(shared_names(source, path), _stored_attributes(nodes), _has_mutable_dataclass(nodes))
    scan.functions = frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef))
    first: dict[str, int] = {}
    for node in nodes:
        for feature in scan.features(node):
            line: int = getattr(node, "lineno", 0)
            first[feature] = min(line, first.get(feature, line))
    return [_sentence(feature, path, line) for feature, line in sorted(first.items(), key=lambda item: item[1])]


def shared_names(source: str, path: str) -> frozenset[str]:
    """Return the variables that more than one function uses: globals that functions bind, and names of closures."""
    shared: set[str] = set()
    tables = [symtable.symtable(source, path, "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        if isinstance(table, symtable.Function):
            shared.update(table.get_frees())
            shared.update(symbol.get_name() for symbol in table.get_symbols() if symbol.is_declared_global())
    return frozenset(shared)


def _stored_attributes(nodes: Sequence[ast.AST]) -> frozenset[str]:
    return frozenset(
        node.attr for node in nodes if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    )


def _has_mutable_dataclass(nodes: Sequence[ast.AST]) -> bool:
    decorators = (mark for node in nodes if isinstance(node, ast.ClassDef) for mark in node.decorator_list)
    return any("dataclass" in (text := ast.unparse(mark)) and "frozen=True" not in text for mark in decorators)


class _Scan:
    """Tells which features a node uses."""

    def __init__(self, shared: frozenset[str], stored: frozenset[str], has_dataclass: bool) -> None:
        self.shared = shared
        self.stored = stored
        self.has_dataclass = has_dataclass
        self.functions: frozenset[str] = frozenset()

    def features(self, node: ast.AST) -> Iterator[str]:
        match node:
            case ast.Call():
                yield from self._of_call(node)
            case ast.Import(names=names):
                for alias in names:
                    yield from _of_import(alias.name, ())
            case ast.ImportFrom(module=module, names=names):
                yield from _of_import(module or "", [alias.name for alias in names])
            case ast.Attribute():
                yield from self._of_attribute(node)
            case ast.FunctionDef(name="__del__"):
                yield "__del__"
            case ast.match_case(pattern=pattern):
                yield from self._of_pattern(pattern)
            case ast.ExceptHandler(name=str(name)) if name in self.shared:
                yield "shared name of a handler"
            case ast.With(items=items) | ast.AsyncWith(items=items):
                if any(self._binds_shared(item.optional_vars) for item in items[:-1]):
                    yield "shared name of an earlier item of a with"
            case _ if isinstance(node, _KEEPERS) and any(map(_is_accessor, ast.iter_child_nodes(node))):
                yield "getattr or its like under another name"
            case _ if isinstance(node, _KEEPERS) and any(map(_is_dict_of_object, ast.iter_child_nodes(node))):
                yield "__dict__ that is kept"

    def _of_attribute(self, node: ast.Attribute) -> Iterator[str]:
        match node:
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if name in _ENVIRONMENT:
                yield "environment variables"
            case ast.Attribute(value=owner, attr="ident" | "native_id") if not _is_current_thread(owner):
                yield "ident of another thread"
            case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()) if name in self.functions:
                yield "attribute of a function"

    def _of_call(self, node: ast.Call) -> Iterator[str]:
        match node:
            # A function that is kept for later, and reads what it is given unseen.
            case ast.Call(func=ast.Call(func=ast.Name(id="itemgetter") | ast.Attribute(attr="itemgetter"))):
                yield "attrgetter or its like"
            case ast.Call(func=ast.Name(id=bound) | ast.Attribute(attr=bound), args=[ast.Name(id=name), _, *_]):
                if bound == "partial" and name in BUILTIN_READERS:
                    yield "attrgetter or its like"
        match node.func:
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="operator"), attr=name) if name in _BUILTINS:
                yield _BUILTINS[name]
            case ast.Attribute(value=ast.Name(id=kind)) if kind in _CONTAINERS and node.func.attr != "fromkeys":
                yield "method called on its class"
            case ast.Attribute(value=ast.Name(id="object"), attr=name) if name in _OF_OBJECT:
                yield "method of object itself"
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _FROM_OUTSIDE:
                yield "real date or randomness"
            case ast.Attribute(value=ast.Name(id="datetime") | ast.Attribute(attr="datetime"), attr="now"):
                yield "real date or randomness"
            case ast.Attribute(attr=name) if name in _COMPARING and self.has_dataclass:
                yield "dataclasses inside a container"

    def _of_pattern(self, pattern: ast.pattern) -> Iterator[str]:
        for inner in ast.walk(pattern):
            match inner:
                case ast.MatchClass() if inner not in _alternatives(pattern):
                    yield "class pattern inside a pattern"
                case ast.MatchValue(value=ast.Attribute(attr=name)) if name in self.stored:
                    yield "value pattern"
                case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) if name in self.shared:
                    yield "captured shared name"
                case ast.MatchMapping(rest=str(name)) if name in self.shared:
                    yield "captured shared name"

    def _binds_shared(self, target: ast.expr | None) -> bool:
        names = ast.walk(target) if target is not None else ()
        return any(isinstance(node, ast.Name) and node.id in self.shared for node in names)


def _of_import(module: str, names: Sequence[str]) -> Iterator[str]:
    if _is_foreign(module):
        yield "code of another package"
    if module == "weakref":
        yield "weak reference"
    if module == "secrets":
        yield "real date or randomness"
    if module == "os" and not _ENVIRONMENT.isdisjoint(names):
        yield "environment variables"


def _alternatives(pattern: ast.pattern) -> list[ast.pattern]:
    """Return the patterns that are matched against the subject itself."""
    match pattern:
        case ast.MatchOr(patterns=patterns):
            return [inner for each in patterns for inner in _alternatives(each)]
        case ast.MatchAs(pattern=ast.pattern() as inner):
            return _alternatives(inner)
    return [pattern]


def _is_dict_of_object(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(attr="__dict__", ctx=ast.Load()):
            return True
        case ast.Call(func=ast.Name(id="vars"), args=[_]):
            return True
    return False


def _is_current_thread(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="current_thread") | ast.Attribute(attr="current_thread")):
            return True
    return False


def _is_accessor(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in _ACCESSORS and isinstance(node.ctx, ast.Load)


def _is_foreign(module: str) -> bool:
    root = module.partition(".")[0]
    return root not in sys.stdlib_module_names and root != "dojo"
