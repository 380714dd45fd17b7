"""The author's check: everything that must hold between index, stubs, solutions, graders and banks."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dojo.catalog import Kata, check_parity, find_missing
from dojo.diagnosis import load_lessons
from dojo.errors import KataError
from dojo.learn.new import TEMPLATES
from dojo.learn.session import Subject, grade_kata
from dojo.report.card import ReportCard

LEAST_WRONG, LEAST_RIGHT = 10, 5
Grade = Callable[[Subject], ReportCard]
_PLACEHOLDER = re.compile(r"\b[Ww]rite [^\"$]*")


def find_parity_problems(root: Path, katas: Sequence[Kata], *, whole_course: bool = True) -> list[str]:
    """Return where the folders do not mirror each other; of some katas alone, the files that they lack."""
    if not whole_course:
        return [*find_missing(root, katas)]
    try:
        check_parity(root, katas)
    except KataError as error:
        return [problem.removeprefix("  - ") for problem in str(error).splitlines()[1:]]
    return []


def find_problems(root: Path, kata: Kata, grade: Grade = grade_kata, *, grades_bank: bool = False) -> list[str]:
    """Return everything that is wrong with the content of one kata; with its bank graded, which takes long."""
    problems = [*_problems_of(root, kata, grade)]
    if grades_bank and kata.grader(root).is_file():
        problems += _verdict_problems(root, kata, grade)
    return [f"{kata.slug}: {problem}" for problem in problems]


def _problems_of(root: Path, kata: Kata, grade: Grade) -> Iterator[str]:
    if kata.stub not in load_lessons():
        yield f"the index announces the code {kata.stub!r} for the stub, which does not exist"
    yield from _placeholder_problems(root, kata)
    yield from _bank_problems(root, kata)
    if kata.grader(root).is_file():
        yield from _grader_problems(kata.grader(root))
        yield from _stub_problems(root, kata, grade)
        yield from _solution_problems(root, kata, grade)


def _placeholder_problems(root: Path, kata: Kata) -> Iterator[str]:
    texts = {"the index": "\n".join([kata.title, kata.topic, *kata.hints, kata.accepted, kata.what_if])}
    folders = (root / "exercises", root / "solutions")
    for path in (*map(kata.submission, folders), kata.lesson(root), kata.grader(root)):
        if path.is_file():
            texts[str(path.relative_to(root))] = path.read_text(encoding="utf-8", errors="replace")
    for sentence in _placeholders():
        for where, text in texts.items():
            if sentence in text:
                yield f"{where} still says {sentence!r}, as the template does"


@functools.cache
def _placeholders() -> tuple[str, ...]:
    """Return what the templates of `dojo new` ask an author to write."""
    lines = [line for path in sorted(TEMPLATES.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    return tuple(dict.fromkeys(match[0].strip() for line in lines if (match := _PLACEHOLDER.search(line))))


def _verdict_problems(root: Path, kata: Kata, grade: Grade) -> Iterator[str]:
    for path in sorted(_bank_of(root, kata).glob("*_*.py")):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        announced = first.rpartition(" -> ")[2] if path.name.startswith("wrong_") else "passed"
        card = grade(Subject(root, kata, path))
        graded = f"{card.verdict} {card.diagnosis.code}".strip()
        if graded != announced:
            why = f": {card.diagnosis.sentence}" if card.diagnosis.sentence else ""
            yield f"{path.name} is announced as {announced}, and graded as {graded}{why}"


def _bank_of(root: Path, kata: Kata) -> Path:
    return root / "tests" / "submissions" / kata.group / kata.slug


def _bank_problems(root: Path, kata: Kata) -> Iterator[str]:
    bank = _bank_of(root, kata)
    for kind, least in (("wrong", LEAST_WRONG), ("right", LEAST_RIGHT)):
        found = sorted(bank.glob(f"{kind}_*.py"))
        if len(found) < least:
            yield f"{len(found)} {kind} submissions in {bank.relative_to(root)}, at least {least} are needed"
        for path in found:
            yield from _announcement_problems(path, kind)


def _announcement_problems(path: Path, kind: str) -> Iterator[str]:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    if not first.startswith(f"# {kind}: "):
        yield f"{path.name} does not begin with '# {kind}: ' and what it does"
    elif kind == "wrong":
        _, arrow, announced = first.rpartition(" -> ")
        words = announced.split()
        if not arrow or len(words) != 2 or words[1] not in load_lessons():
            yield f"{path.name} does not end its first line with ' -> <verdict> <CODE>'"


def _grader_problems(grader: Path) -> Iterator[str]:
    tree = ast.parse(grader.read_bytes())
    checks = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    if not checks:
        yield f"{grader.name} holds no check: write a function test_..."
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.msg is None:
            yield f"{grader.name}:{node.lineno} asserts without a message: say what the learner will see"


def _stub_problems(root: Path, kata: Kata, grade: Grade) -> Iterator[str]:
    if not kata.submission(root / "exercises").is_file():
        return
    card = grade(Subject(root, kata))
    codes = [check.failure.diagnosis.code for check in card.checks if check.failure]
    if card.verdict == "fault":
        yield f"grading the stub ends in a fault: {card.diagnosis.sentence}"
    elif not codes:
        yield "the stub passes: it must be plausible and wrong"
    elif card.diagnosis.code != kata.stub:
        yield f"the stub fails with {card.diagnosis.code}, the index announces {kata.stub}"


def _solution_problems(root: Path, kata: Kata, grade: Grade) -> Iterator[str]:
    if not kata.submission(root / "solutions").is_file():
        return
    card = grade(Subject(root, kata, target="solutions"))
    for check in card.checks:
        if check.failure:
            yield f"the solution fails {check.name}: {check.failure.diagnosis.code} {check.failure.diagnosis.sentence}"
    if not card.checks:
        yield "no check ran on the solution"
