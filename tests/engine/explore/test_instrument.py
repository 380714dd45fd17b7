"""The rewriting itself: what is left alone, and what even rare forms of source mean afterwards."""

from __future__ import annotations

import ast
import builtins

import pytest

from dojo.explore.hooks import hook_table
from dojo.explore.instrument import instrument


def rewritten(source: str, **options) -> str:
    return ast.unparse(instrument(source, "<source>", [], **options))


def result_of(source: str) -> object:
    space = {"__builtins__": {**vars(builtins), **hook_table()}}
    exec(compile(instrument(source, "<source>", []), "<source>", "exec", dont_inherit=True), space)
    return space["result"]


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    y = x\n    return y",
        "'text'.upper()",
        "import os\nos.getcwd()",
        "from __future__ import annotations",
        "def f(x: a.b=1) -> c.d:\n    pass",
        "class A(Generic[T.x]):\n    pass",
        "match 1:\n    case a.b:\n        pass",
    ],
)
def test_what_nobody_shares_is_left_alone(source: str) -> None:
    assert rewritten(source) == source


def test_library_code_is_only_rewritten_for_the_attributes_that_are_named() -> None:
    source = "class A:\n    def f(self):\n        self._count += self.x\n        return self._flag"
    text = rewritten(source, only_members=frozenset({"_count", "_flag"}))
    assert text.count("__dojo_attr__") == 2 and text.count("__dojo_set__") == 1 and "__dojo_inplace__" not in text


def test_a_temporary_name_is_gone_after_an_error() -> None:
    source = "class O: pass\ntry:\n    O().x.y += 1\nexcept AttributeError: pass\n"
    source += "try:\n    [[1]][0][0] += 'a'\nexcept TypeError: pass\n"
    assert result_of(source + "result = [name for name in list(globals()) if '_t' in name]") == []


def test_a_function_named_like_a_builtin_gets_what_it_was_given() -> None:
    assert result_of("def map(items): return items\nresult = map([1])") == [1]


def test_generators_of_one_place_do_not_mix_their_targets() -> None:
    source = "def g(box):\n    box.get('items')[(yield)] = 1\n"
    source += "a, b = {'items': {}}, {'items': {}}\nfor box in (a, b):\n    box['g'] = g(box); next(box['g'])\n"
    source += "for box in (a, b):\n    try: box['g'].send(id(box))\n    except StopIteration: pass\n"
    assert result_of(source + "result = [list(box['items']) == [id(box)] for box in (a, b)]") == [True, True]


@pytest.mark.parametrize("part", [".y", " + y", "[0]", "()"])
def test_deeply_nested_source_is_rewritten_and_compiled(part: str) -> None:
    compile(instrument("x" + part * 300, "<source>", []), "<source>", "exec")


def test_a_syntax_error_is_raised_as_by_the_interpreter() -> None:
    with pytest.raises(SyntaxError, match="never closed"):
        instrument("(", "<source>", [])
