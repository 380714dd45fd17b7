"""Small random programs over all kinds of statements and expressions, as source text.

They are run, never read: most raise something sooner or later, and that must look the same too. `t(tag, value)` notes the
tag and returns the value: it makes the order of evaluation visible.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

PRELUDE = """\
import heapq, copy, operator, functools, itertools, random, contextlib
from collections import deque, defaultdict, OrderedDict, Counter
from dataclasses import dataclass
class Positive:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, instance, owner=None): return self if instance is None else t("get", getattr(instance, self.name))
    def __set__(self, instance, value): t("set", value); setattr(instance, self.name, abs(value))
class Meta(type):
    made = 0
    def __new__(mcs, name, bases, space, **more):
        mcs.made += 1
        return super().__new__(mcs, name, bases, space)
    @property
    def kind(cls): return t("kind", cls.__name__)
class Base(metaclass=Meta, flag=1):
    total = 0
    y = Positive()
    def __init_subclass__(cls, **more): super().__init_subclass__(**more); cls.total = 5
    def __init__(self, x=1, y=2): self.x = x; self.y = y; self.__hidden = [x]; self.xs = [x, y, 3]; self.d = {"a": x, 1: y}
    @property
    def twice(self): return self.x * 2
    @twice.setter
    def twice(self, value): self.x = value // 2
    def bump(self, by=1):
        self.x += by; self.__hidden.append(by); self.__hidden += [self.x]
        return len(self.__hidden)
    @classmethod
    def more(cls, n): cls.total += n; return cls.total
    @staticmethod
    def flat(*args, **named): return [*args, *named]
    def __repr__(self): return f"<{type(self).__name__} {self.x}>"
    def __eq__(self, other): return isinstance(other, Base) and t("eq", self.x == other.x)
    def __hash__(self): return t("hash", 7)
    def __bool__(self): return t("bool", self.x > 0)
    def __iadd__(self, other): t("iadd", other); self.x += other; return self
    def __add__(self, other): return t("add", self.x + other)
    def __getitem__(self, key): t("item", key); return self.d[key]
    def __setitem__(self, key, value): t("setitem", key); self.d[key] = value
    def __contains__(self, key): return key in self.d
    def __len__(self): return len(self.xs)
    def __call__(self, *args): return args
    def __enter__(self): t("enter"); return self
    def __exit__(self, kind, error, trace): t("exit"); return kind is KeyError
class Child(Base):
    __slots__ = ("slot", "__own")
    def __init__(self, x=1, y=2): super().__init__(x, y); self.slot = 0; self.__own = 1
    def bump(self, by=1): self.slot += by; self.__own += by; return super().bump(by + self.__own) + super(Child, self).bump()
    def __getattr__(self, name): t("missing", name); raise AttributeError(name)
    def who(self): return [__class__.__name__ for _ in range(1)]
class Stack(list):
    def push(self, item): super().append(item); return self
    def append(self, item): t("append", item); super().append(item)
@dataclass
class Pair:
    left: int = 0
    right: object = None
def gen(n):
    got = yield n
    yield from [got, n + 1]
    return n
@contextlib.contextmanager
def managed(tag):
    t("in"); yield tag; t("out")
g = 1
counter = 0
def grow(by=1):
    global counter
    counter += by
    return counter
def make():
    kept = 0
    def add(n=1):
        nonlocal kept
        kept += n
        kept, other = kept, n
        return kept
    return add
add = make()
a, b, c = 1, 2, 3
s = "abc"
xs = [3, 1, 2]
ys = deque([1, 2])
d = {"a": 1, "b": [1], 1: 2}
dd = defaultdict(list)
q = {1, 2}
o, p = Base(), Child(4)
stack = Stack([1])
pair = Pair(1, 2)
"""

NAMES = ("a", "b", "c", "s", "xs", "ys", "d", "q", "o", "p", "g", "counter", "stack", "pair", "dd", "undefined")
BINARY = ("+", "-", "*", "//", "%", "|", "&", "^", "<<", ">>", "@", "/")
COMPARE = ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not")


class Writer:
    """Draws one program; every method returns source text."""

    def __init__(self, number: Callable[[int], int]) -> None:
        self.number = number
        """Returns a whole number below its argument: the only source of choice."""
        self.tags = 0
        self.fresh = 0
        self.in_function = False
        self.in_loop = False
        self.in_async = False

    def pick(self, *options):
        return options[self.number(len(options))]

    def new(self, stem: str) -> str:
        self.fresh += 1
        return f"{stem}{self.fresh}"

    def tagged(self, text: str) -> str:
        self.tags += 1
        return f"t({self.tags}, {text})"

    # ---------------------------------------------------------------------------------- expressions

    def expression(self, depth: int) -> str:
        if depth <= 0:
            return self.pick(*("0", "1", "-1", "2", "'k'", "None", "[]", "True"), *NAMES[:12])
        kind = self.pick(*EXPRESSIONS)
        return f"({kind(self, depth - 1)})"

    def name(self) -> str:
        return self.pick(*NAMES)

    def binary(self, depth: int) -> str:
        return f"{self.expression(depth)} {self.pick(*BINARY)} {self.expression(depth)}"

    def power(self, depth: int) -> str:
        return f"{self.pick('a', 'b', '2', 'o.x')} ** {self.pick('a', '2', '0')}"

    def modulo(self, depth: int) -> str:
        return self.pick(f"'%s %r' % ({self.expression(depth)}, xs)", "'%(a)s' % d", f"'%s' % {self.expression(depth)}")

    def unary(self, depth: int) -> str:
        return f"{self.pick('-', '+', '~', 'not ')}{self.expression(depth)}"

    def boolean(self, depth: int) -> str:
        operator = self.pick(" and ", " or ")
        return operator.join(self.tagged(self.expression(depth)) for _ in range(2 + self.number(2)))

    def compare(self, depth: int) -> str:
        parts = [self.tagged(self.expression(depth))]
        for _ in range(1 + self.number(3)):
            parts += [self.pick(*COMPARE), self.tagged(self.expression(depth))]
        return " ".join(parts)

    def conditional(self, depth: int) -> str:
        return f"{self.expression(depth)} if {self.expression(depth)} else {self.expression(depth)}"

    def attribute(self, depth: int) -> str:
        owner = self.pick("o", "p", self.tagged("o"), "Base", "pair", f"({self.expression(depth)})")
        return f"{owner}.{self.pick('x', 'y', 'xs', 'd', 'twice', 'total', 'kind', 'slot', 'left', 'nothing')}"

    def subscript(self, depth: int) -> str:
        owner = self.pick("xs", "d", "o", "o.xs", "o.d", "stack", "dd", "s", self.tagged("xs"), self.expression(depth))
        return f"{owner}[{self.key(depth)}]"

    def key(self, depth: int) -> str:
        part = self.pick("0", "1", "'a'", "-1", self.tagged("0"), self.expression(depth))
        low, high = self.pick("", "0", "a", self.tagged("1")), self.pick("", "2", self.expression(depth))
        return self.pick(
            part, part, part, f"{low}:{high}", f"{low}:{high}:{self.pick('', '2', '-1')}", f"{part}, {part}"
        )

    def call(self, depth: int) -> str:
        argument = self.pick(self.expression(depth), self.tagged(self.expression(depth)))
        return self.pick(
            f"xs.append({argument})",
            "xs.pop()",
            f"xs.extend({argument})",
            f"o.xs.insert({self.tagged('0')}, {argument})",
            f"d.get({argument}, {self.expression(depth)})",
            f"o.d.setdefault({argument}, {self.expression(depth)})",
            f"d.update({argument})",
            f"ys.appendleft({argument})",
            f"q.add({argument})",
            f"q.union(*{argument})",
            f"', '.join({argument})",
            "','.join(str(part) for part in xs)",
            f"stack.push({argument})",
            f"stack.append({argument})",
            f"o.bump({argument})",
            f"p.bump(by={argument})",
            f"Base.more({argument})",
            f"o.flat(*{argument}, k={argument})",
            f"Base.flat({argument}, **{self.expression(depth)})",
            f"o({argument}, *xs)",
            f"grow({argument})",
            f"add({argument})",
            "p.who()",
            f"(lambda a, *r, k={argument}, **m: (a, r, k, m))({self.expression(depth)}, *xs)",
            f"dict(a={argument}, **d)",
        )

    def builtin(self, depth: int) -> str:
        inner = self.expression(depth)
        return self.pick(
            f"{self.pick('len', 'sorted', 'list', 'tuple', 'set', 'sum', 'min', 'any', 'all', 'str', 'repr')}({inner})",
            f"max({inner}, {inner})",
            f"min({inner}, key=lambda v: t('key', 0))",
            f"sorted(xs, key=lambda v: -v, reverse={inner})",
            f"list({self.pick('enumerate', 'reversed', 'iter')}({inner}))",
            f"list(zip({inner}, {self.expression(depth)}))",
            f"list(map(lambda v: t('map', v), {inner}))",
            f"list(filter(None, {inner}))",
            f"next(iter({inner}), {inner})",
            f"getattr({inner}, 'x', {self.expression(depth)})",
            f"getattr(o, {self.pick(repr('x'), repr('none'), inner)})",
            f"hasattr({inner}, 'xs')",
            f"setattr({self.tagged('o')}, 'x', {inner})",
            f"sorted(vars({self.pick('o', 'pair', 'a')}))",
            f"isinstance({inner}, {self.pick('int', 'list', '(str, Base)')})",
            f"print({inner}, file=sink)",
            "list(gen(1))",
            "sorted(d.items(), key=str)",
            f"list(o.d.{self.pick('keys', 'values', 'items')}())",
            "eval('a + b')",
            "sorted(locals())[:0]",
        )

    def library(self, depth: int) -> str:
        inner = self.expression(depth)
        return self.pick(
            f"heapq.heappush(xs, {self.tagged(inner)})",
            "heapq.heappop(o.xs)",
            f"heapq.nsmallest(2, {inner})",
            f"copy.copy({inner})",
            f"functools.reduce(operator.add, {inner}, {self.expression(depth)})",
            f"list(itertools.chain({inner}, xs))",
            f"list(itertools.islice({inner}, 2))",
            f"Counter({inner})",
            f"deque({inner}, maxlen=2)",
            f"OrderedDict({inner})",
            "random.shuffle(xs)",
            "random.choice(o.xs)",
            f"operator.setitem(d, {self.tagged(inner)}, 1)",
            f"functools.partial(max, {inner})(1)",
        )

    def comprehension(self, depth: int) -> str:
        target = self.pick("v", "v", "(v, *w)", "o.x", "xs[0]")
        source = self.pick("xs", "range(2)", "o.xs", "d", "d.items()", self.tagged(self.expression(depth)))
        test = self.pick("", f" if {self.expression(depth)}", " if (w := a)", f" for u in {self.expression(depth)}")
        value = self.pick("v", "a", self.expression(depth), "(lambda: v)()")
        tail = f"for {target} in {source}{test}"
        return self.pick(
            f"[{value} {tail}]",
            f"sorted({{{value} {tail}}}, key=repr)",
            f"{{{value}: {self.expression(depth)} {tail}}}",
            f"list({value} {tail})",
            f"sum({value} {tail})",
        )

    def walrus(self, depth: int) -> str:
        return f"{self.pick('a', 'b', 'w', 'xs')} := {self.expression(depth)}"

    def display(self, depth: int) -> str:
        one, two = self.tagged(self.expression(depth)), self.tagged(self.expression(depth))
        return self.pick(
            f"[{one}, *{two}]",
            f"{{{one}: {two}, **d}}",
            f"{{{one}, {two}}}",
            f"({one}, *xs)",
            f"{{**{one}, 'z': {two}}}",
        )

    def text(self, depth: int) -> str:
        inner = self.expression(depth)
        return self.pick(
            f'f"{{{inner}}}"',
            f'f"{{{inner}!r:>{{b}}}}|"',
            'f"{a=} {o.x=!r} {xs[0]:{s}}"',
            f'f"{{{self.tagged(inner)}!s}} {{{{}}}} {{o}}"',
            "t_string(t'{a!r:>{b}} {o.x=}')" if sys.version_info >= (3, 14) else "''",
        )

    def lambda_call(self, depth: int) -> str:
        return f"(lambda v, w={self.expression(depth)}: {self.expression(depth)})({self.expression(depth)})"

    def awaited(self, depth: int) -> str:
        return f"await later({self.expression(depth)})" if self.in_async else self.expression(depth)

    # ----------------------------------------------------------------------------------- statements

    def block(self, depth: int, count: int = 2) -> list[str]:
        lines: list[str] = []
        for _ in range(1 + self.number(count)):
            lines += self.statement(depth)
        return ["    " + line for line in lines]

    def statement(self, depth: int) -> list[str]:
        if depth <= 0:
            return self.pick(Writer.assign, Writer.augment, Writer.bare)(self, 1)
        return self.pick(*STATEMENTS)(self, depth - 1)

    def target(self, depth: int) -> str:
        return self.pick(
            *(
                "a",
                "b",
                "w",
                "g",
                "counter",
                "o.x",
                "o.twice",
                "o.y",
                "Base.total",
                "o.new",
                "p.slot",
                "xs[0]",
                "d['n']",
            ),
            *("o.xs[0]", "o.d['n']", "xs[:1]", "o.xs[1:]", "pair.left", "p.other", "dd['q']", "stack[0]"),
            f"{self.tagged('o')}.x",
            f"{self.tagged('xs')}[{self.tagged('0')}]",
            f"{self.tagged('o.d')}[{self.expression(depth)}]",
        )

    def unpacked(self, depth: int) -> str:
        return self.pick(
            f"{self.target(depth)}, {self.target(depth)}",
            f"[{self.target(depth)}, ({self.target(depth)}, *{self.target(depth)})]",
            f"{self.target(depth)}, *{self.target(depth)}",
        )

    def assign(self, depth: int) -> list[str]:
        value = self.expression(depth)
        return [
            self.pick(
                f"{self.target(depth)} = {value}",
                f"{self.target(depth)} = {self.target(depth)} = {self.tagged(value)}",
                f"{self.unpacked(depth)} = {value}",
                f"{self.unpacked(depth)} = {self.target(depth)} = {self.tagged(value)}",
                f"{self.target(depth)}, {self.target(depth)} = {value}, {value}",
                f"o.xs[0], o.xs[1] = o.xs[1], {value}",
                f"{self.pick('a', 'o.x', 'xs[0]', 'o.d[1]')}: int = {value}",
                f"{self.pick('o.x', 'xs[0]')}: int",
            )
        ]

    def augment(self, depth: int) -> list[str]:
        operator = self.pick("+", "-", "*", "//", "%", "|", "&", "^", ">>", "@", "/")
        target = self.target(depth)
        value = self.pick(self.expression(depth), self.tagged(self.expression(depth)), "1", "[1]")
        return [self.pick(f"{target} {operator}= {value}", f"{target} {operator}= (\n        {value}\n    )")]

    def bare(self, depth: int) -> list[str]:
        return [f"t('bare', {self.expression(depth + 1)})"]

    def delete(self, depth: int) -> list[str]:
        return [f"del {self.target(depth)}", "del xs[0], o.xs[:1]", "del (w, [b])"][self.number(3) :][:1]

    def branch(self, depth: int) -> list[str]:
        lines = [f"if {self.expression(depth)}:", *self.block(depth)]
        if self.number(2):
            lines += [f"elif {self.expression(depth)}:", *self.block(depth), "else:", *self.block(depth)]
        return lines

    def loop(self, depth: int) -> list[str]:
        before, self.in_loop = self.in_loop, True
        source = self.pick("xs[:3]", "range(2)", "o.xs", "list(d)", "gen(1)", "d.items()", f"{self.expression(depth)}")
        target = self.pick(self.target(depth), self.unpacked(depth))
        lines = [f"for {target} in itertools.islice({source}, 3):", *self.block(depth)]
        if self.number(3) == 0:
            turns = self.new("turns")
            lines = [
                f"{turns} = 2",
                f"while {turns} and {self.expression(depth)}:",
                f"    {turns} -= 1",
                *self.block(depth),
            ]
        self.in_loop = before
        return lines + (["else:", *self.block(depth)] if self.number(2) else [])

    def leave(self, depth: int) -> list[str]:
        if self.in_loop and self.number(2):
            return [f"if {self.expression(depth)}:", f"    {self.pick('break', 'continue')}"]
        if self.in_function:
            return [f"return {self.expression(depth)}"]
        return ["pass"]

    def attempt(self, depth: int) -> list[str]:
        kind = self.pick("Exception", "(TypeError, KeyError)", "AttributeError", "o.nothing")
        lines = [
            "try:",
            *self.block(depth, 3),
            f"except {kind} as error:",
            "    t('caught', error)",
            *self.block(depth),
        ]
        if self.number(2):
            lines += ["else:", *self.block(depth)]
        if self.number(2):
            lines += ["finally:", *self.block(depth)]
        return lines

    def group(self, depth: int) -> list[str]:
        raised = self.pick("ExceptionGroup('g', [TypeError(a), KeyError(o.x)])", "TypeError(g)", self.expression(depth))
        return [
            *(
                "try:",
                f"    raise {raised}",
                "except* TypeError as several:",
                "    t('group', len(several.exceptions))",
            ),
            *("except* KeyError:", "    o.x += 1"),
        ]

    def manage(self, depth: int) -> list[str]:
        item = self.pick(
            "o", "managed(a)", "p", self.expression(depth), "o as w, managed(w) as a", "managed([1, 2]) as (a, b)"
        )
        target = "" if " as " in item else self.pick("", f" as {self.target(depth)}")
        return [f"with {item}{target}:", *self.block(depth)]

    def raising(self, depth: int) -> list[str]:
        return [
            self.pick(
                f"if {self.expression(depth)}: raise KeyError({self.expression(depth)}) from None",
                f"assert {self.expression(depth)}, {self.expression(depth)}",
                f"if {self.expression(depth)}: raise {self.expression(depth)}",
            )
        ]

    def function(self, depth: int) -> list[str]:
        name, outer = self.new("f"), (self.in_function, self.in_loop)
        self.in_function, self.in_loop = True, False
        declared = self.pick("pass", "global g", "global a, counter", "a = b = w = 0", "nonlocal_ = 1")
        default = self.expression(depth)
        decorator = self.pick([], [], ["@functools.wraps(len)", "@(lambda f: f)"], ["@t_decorator(o.x)"])
        body = ["    " + declared, *self.block(depth, 3)]
        if self.number(3) == 0:
            inner = self.new("inner")
            body = [f"    def {inner}(k=a):", "        nonlocal kept", *(self._deep(["kept += 1", "return kept + k"]))]
            body = ["    kept = 0", *body, f"    t('inner', {inner}())", *self.block(depth)]
        self.in_function, self.in_loop = outer
        generics = self.pick("", "", "[T]") if sys.version_info >= (3, 12) else ""
        head = f"def {name}{generics}(k={default}, *rest: o.x, m: 'late' = {self.tagged('1')}, **named) -> None:"
        return [*decorator, head, *body, f"t('called', {name}({self.expression(depth)}, m=o.x))"]

    def _deep(self, lines: list[str]) -> list[str]:
        return ["        " + line for line in lines]

    def generator(self, depth: int) -> list[str]:
        name, outer = self.new("f"), (self.in_function, self.in_loop)
        self.in_function, self.in_loop = False, False
        body = [
            *self.block(depth),
            f"    a = yield {self.expression(depth)}",
            f"    o.d[(yield a)] = {self.expression(depth)}",
        ]
        body += [f"    {self.pick('o.x', 'xs[0]', 'b')} += yield 2", f"    yield from {self.expression(depth)}"]
        self.in_function, self.in_loop = outer
        return [
            *(f"def {name}(b={self.expression(depth)}):", *body, f"made = {name}()", "t('first', next(made))"),
            *("t('sent', made.send(1))", f"t('rest', list({name}()))"),
        ]

    def coroutine(self, depth: int) -> list[str]:
        name, outer = self.new("f"), (self.in_function, self.in_loop, self.in_async)
        self.in_function, self.in_loop, self.in_async = True, False, True
        body = self.block(depth, 3)
        body += [
            "    async for a in each(2): t('async for', a)",
            f"    async with guard() as {self.pick('o.x', 'b')}: pass",
        ]
        body += ["    t('async comprehension', [v async for v in each(2) if await later(v)])"]
        body += [f"    {self.pick('o.x', 'xs[0]', 'o.xs[0]')} += await later({self.expression(depth)})"]
        self.in_function, self.in_loop, self.in_async = outer
        return [f"async def {name}(a=1, b=2):", *body, f"t('ran', drive({name}()))"]

    def klass(self, depth: int) -> list[str]:
        name, outer = self.new("K"), (self.in_function, self.in_loop)
        self.in_function, self.in_loop = False, False
        base = self.pick("", "(Base)", "(Base, flag=2)", "(Stack)", "(dict)", "(o.nothing)")
        body = [*self.block(depth), "    items = [1, 2]", "    both = [v for v in items]", "    items += both"]
        body += [
            "    seen = [lambda: v for v in items][0]()",
            "    __mine = 1",
            "    def me(self): self.__mine += 1; return self.__mine",
        ]
        body += ["    global from_class", "    from_class = 1"]
        self.in_function, self.in_loop = outer
        return [
            f"class {name}{base}:",
            *body,
            f"t('me', [{name}().me() for _ in range(2)])",
            f"t('total', {name}.items)",
        ]

    def match(self, depth: int) -> list[str]:
        return [
            f"match {self.pick('o', 'xs', 'd', 'pair', 'p.xs', 'a', self.expression(depth))}:",
            *(f"    case [first, *rest] if {self.expression(depth)}:", "        t('sequence', rest)"),
            *("    case {'a': w, **rest}:", "        t('mapping', rest)"),
            *("    case Base(x=1 | 2 as w, xs=[*_]):", "        t('class', w)"),
            *("    case Base.total | None | -1:", "        o.x += 1"),
            *("    case Pair(left=0) | int():", "        t('pair')"),
            *("    case _:", "        t('else')"),
        ]

    def evaluated(self, depth: int) -> list[str]:
        return [
            self.pick(
                "exec('a = b + 1; xs.append(a)')", "t('eval', eval('o.x + g'))", "t('names', sorted(globals())[-3:])"
            )
        ]

    def aliases(self, depth: int) -> list[str]:
        if sys.version_info < (3, 12):
            return ["pass"]
        name = self.new("A")
        return self.pick(
            [f"type {name} = list[a.nothing]", f"t('alias', {name}.__name__)"],
            [f"class {name}[T: int, *Ts, **P](Base):", "    n: T = o.x", f"t('params', len({name}.__type_params__))"],
            [f"def {name}[T](v: T, w=o.x) -> list[T]: return [v, w, T.__name__]", f"t('generic', {name}(a))"],
        )


EXPRESSIONS = (
    *(lambda writer, depth: writer.expression(0), lambda writer, depth: writer.tagged(writer.expression(depth))),
    *(Writer.binary, Writer.binary, Writer.power, Writer.modulo, Writer.unary, Writer.boolean, Writer.compare),
    *(
        Writer.conditional,
        Writer.attribute,
        Writer.attribute,
        Writer.subscript,
        Writer.subscript,
        Writer.call,
        Writer.call,
    ),
    *(Writer.builtin, Writer.library, Writer.comprehension, Writer.walrus, Writer.display, Writer.text),
    *(Writer.lambda_call, Writer.awaited, lambda writer, depth: writer.name()),
)
STATEMENTS = (
    *(
        Writer.assign,
        Writer.assign,
        Writer.augment,
        Writer.augment,
        Writer.bare,
        Writer.delete,
        Writer.branch,
        Writer.loop,
    ),
    *(Writer.leave, Writer.attempt, Writer.group, Writer.manage, Writer.raising, Writer.function, Writer.generator),
    *(Writer.coroutine, Writer.klass, Writer.match, Writer.evaluated, Writer.aliases),
)


def written(number: Callable[[int], int]) -> str:
    """Return a program: a prelude that is always there, and a few statements, most of them guarded."""
    writer = Writer(number)
    lines: list[str] = []
    for _ in range(3 + number(6)):
        statement = writer.statement(2)
        if number(6):
            statement = ["try:", *("    " + line for line in statement), "except Exception as error: t('error', error)"]
        lines += statement
    return PRELUDE + "\n".join(lines) + "\n"


def numbered_program(seed: int) -> str:
    """Return the program of this number: evenly spread, where Hypothesis prefers what is small."""
    return written(Random(seed).randrange)


@st.composite
def programs(draw: Callable[[st.SearchStrategy[int]], int]) -> str:
    """Draw a program that Hypothesis can make smaller."""
    return written(lambda top: draw(st.integers(0, top - 1)))
