"""Small functions, small files, few positional parameters; what is over stands in one table with its reason."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
FUNCTION_LINES = 50
FILE_LINES = 400
POSITIONAL = 4

# "path", or "path:function": why it is over, and how far it may go. docs/design.md names them too.
VIOLATIONS: dict[str, tuple[int, str]] = {
    "dojo/explore/stdlib.py:Library.import_name": (5, "the signature is that of builtins.__import__"),
}

NO_CODE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def docstring_lines(tree: ast.AST) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def code_lines(text: str, tree: ast.AST) -> set[int]:
    """Return the numbers of the lines that hold code: no comment, no blank line, no docstring."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    lines = {line for token in tokens if token.type not in NO_CODE for line in range(token.start[0], token.end[0] + 1)}
    return lines - docstring_lines(tree)


def positional(function: Function) -> int:
    parameters = [*function.args.posonlyargs, *function.args.args]
    bound = bool(parameters) and parameters[0].arg in ("self", "cls", "mcs")
    return len(parameters) - bound


def functions_in(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    """Yield every function with its name in full: "file.py:Class.method"."""
    for child in ast.iter_child_nodes(node):
        name = getattr(child, "name", "") if isinstance(child, Function | ast.ClassDef) else ""
        if isinstance(child, Function):
            yield prefix + name, child
        yield from functions_in(child, f"{prefix}{name}." if name else prefix)


def measures_of(path: Path, name: str) -> dict[str, tuple[int, int, str]]:
    """Return where -> (measured, allowed, what) for everything in a file that is over its size."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    code = code_lines(text, tree)
    over: dict[str, tuple[int, int, str]] = {}
    if (lines := text.count("\n")) > FILE_LINES:
        over[name] = lines, FILE_LINES, "lines"
    for where, node in functions_in(tree, name + ":"):
        length = len(code & set(range(node.lineno, (node.end_lineno or node.lineno) + 1)))
        if length > FUNCTION_LINES:
            over[where] = length, FUNCTION_LINES, "lines of code"
        if positional(node) > POSITIONAL:
            over[where] = positional(node), POSITIONAL, "positional parameters"
    return over


def problems_in(source: Path, violations: dict[str, tuple[int, str]]) -> list[str]:
    found: dict[str, tuple[int, int, str]] = {}
    for path in sorted(source.rglob("*.py")):
        found |= measures_of(path, path.relative_to(source).as_posix())
    problems = [
        f"{where}: {measured} {what}, at most {violations.get(where, (allowed,))[0]}"
        for where, (measured, allowed, what) in found.items()
        if measured > violations.get(where, (allowed,))[0]
    ]
    return problems + [f"{where} is small enough now: strike it from the table" for where in violations.keys() - found]


def test_functions_files_and_signatures_are_small():
    problems = problems_in(SOURCE, VIOLATIONS)
    assert not problems, "\n".join(problems)


def function_of(lines: int) -> str:
    return "def f():\n    '''Words,\n\n    more words.'''\n    # a comment\n\n" + "    f()\n" * (lines - 1)


BAD_FILES = {
    "long function": (function_of(51), ["bad.py:f: 51 lines of code, at most 50"]),
    "long file": ("\n" * 401, ["bad.py: 401 lines, at most 400"]),
    "many parameters": ("def f(a, b, c, /, d, e): ...\n", ["bad.py:f: 5 positional parameters, at most 4"]),
    "in a method": (
        "class A:\n    async def f(self, a, b, c, d, e): ...\n",
        ["bad.py:A.f: 5 positional parameters, at most 4"],
    ),
    "just right": (function_of(50), []),
    "keyword-only": ("class A:\n    def f(self, a, b, c, d, *, e, f): ...\n", []),
}


@pytest.mark.parametrize("text, problems", BAD_FILES.values(), ids=BAD_FILES)
def test_what_is_over_is_reported(tmp_path, text, problems):
    (tmp_path / "bad.py").write_text(text)
    assert problems_in(tmp_path, {}) == problems


def test_a_violation_may_not_grow(tmp_path):
    (tmp_path / "bad.py").write_text(function_of(60))
    assert problems_in(tmp_path, {"bad.py:f": (60, "a table")}) == []
    assert problems_in(tmp_path, {"bad.py:f": (59, "a table")}) == ["bad.py:f: 60 lines of code, at most 59"]


def test_a_violation_that_is_mended_leaves_the_table(tmp_path):
    (tmp_path / "bad.py").write_text(function_of(3))
    assert problems_in(tmp_path, {"bad.py:f": (60, "a table")}) == [
        "bad.py:f is small enough now: strike it from the table"
    ]
