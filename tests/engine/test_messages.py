"""docs/messages.md explains every slug and every code. To bring its second half up to date, run this file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from dojo.diagnosis import load_lessons

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "messages.md"
SECOND_HALF = "## Diagnosis codes\n"
RAISED = {"KataError", "UsageError", "InternalError", "_refuse"}


def slugs_in(source: Path) -> Iterator[str]:
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                slug = node.args[0] if node.args else None
                if isinstance(slug, ast.Constant) and slug.value:
                    yield str(slug.value)


def render_codes() -> str:
    """Return the second half of the page, from diagnoses.toml."""
    lines = [SECOND_HALF, "`dojo explain CODE` shows the same texts.\n"]
    for lesson in load_lessons().values():
        lines.append(f"### {lesson.code}\n\n**{lesson.title}.** {lesson.meaning}\n")
        lines.append(f"*The usual repair.* {lesson.repair}\n")
        lines.append(f"*How to see it.* {lesson.see}\n")
    return "\n".join(lines)


def test_every_slug_has_its_section() -> None:
    first_half = PAGE.read_text(encoding="utf-8").partition(SECOND_HALF)[0]
    explained = [line.removeprefix("### ") for line in first_half.splitlines() if line.startswith("### ")]
    assert sorted(explained) == sorted(set(slugs_in(ROOT / "src")))


def test_every_code_is_explained_as_the_command_does_it() -> None:
    _, heading, rest = PAGE.read_text(encoding="utf-8").partition(SECOND_HALF)
    assert heading + rest == render_codes()


def test_the_codes_of_the_design_are_all_there() -> None:
    assert set(CODES.split()) == set(load_lessons())


CODES = """
RACE-LOST-UPDATE RACE-CHECK-ACT RACE-TORN-READ RACE-ITERATION LOCK-PER-CALL LOCK-SPLIT LOCK-NOT-RELEASED LOCK-SELF
LOCK-CYCLE LOCK-HELD-WHILE-BLOCKING WAKE-LOST WAKE-IF-NOT-WHILE WAKE-WRONG-WAITER BUSY-WAIT SLEEP-SYNC NOT-CONCURRENT
OVER-SYNCHRONISED EXCEPTION-LOST RESULT-ORDER THREAD-LEAK CHILD-LEAK CHILD-REAPED ZOMBIE FD-LEAK SHM-LEAK
FORK-FALLTHROUGH FORK-DOUBLE-OUTPUT STATUS-RAW PIPE-NO-EOF PIPE-FULL QUEUE-JOIN-UNDRAINED QUEUE-EMPTY-TEST
TERMINATE-TOO-EARLY TERMINATE-HOLDING WORKER-DIED POOL-ABANDONED LOCAL-WRONG-THREAD LOCAL-LEAK PICKLE UNCONTROLLED
CONTRACT STUB FAULT
"""

if __name__ == "__main__":
    PAGE.write_text(PAGE.read_text(encoding="utf-8").partition(SECOND_HALF)[0] + render_codes(), encoding="utf-8")
