"""What all jobs with one grader share: made once, before a zygote forks, for all its children."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

from dojo.explore.real import Plain
from dojo.explore.stdlib import COPIED, Library
from dojo.explore.world import Program, load_program, vocabulary_code


@functools.cache
def library() -> Library:
    """Return this process's copies of the standard library, those that most scenarios reach loaded already."""
    made = Library()
    for name in ("queue", "concurrent.futures.thread"):
        made.load(name)
    return made


@functools.lru_cache(maxsize=16)
def grader_program(path: str, text: str) -> Program:
    """Return the grader, instrumented; raise SyntaxError where it is none."""
    return load_program(Path(path).stem, path, text, by_learner=False)


@functools.lru_cache(maxsize=16)
def plain_grader(path: str, text: str) -> Plain:
    """Return the grader as it is, for runs on real threads."""
    return Plain(Path(path), compile(text, path, "exec", dont_inherit=True))


def prepare(grader: str) -> None:
    """Make the library, and the program of this grader with the copies that it imports; nothing of it is executed.

    A grader that cannot be read or does not compile is passed over: the job says so.
    """
    made = library()
    vocabulary_code()
    try:
        text = Path(grader).read_text(encoding="utf-8")
        grader_program(grader, text)
        plain_grader(grader, text)
    except (OSError, ValueError, SyntaxError):
        return
    for name in _imported_by(text):
        if name in COPIED:
            made.load(name)


@functools.lru_cache(maxsize=16)
def _imported_by(text: str) -> list[str]:
    statements = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    plain = [alias.name for node in statements if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module for node in statements if isinstance(node, ast.ImportFrom) and node.module]
