"""Laying out the files of a new kata: a small one that works, to be replaced line by line."""

from __future__ import annotations

from pathlib import Path
from string import Template

from dojo.catalog import INDEX, is_legal_name, load_katas
from dojo.errors import UsageError

TEMPLATES = Path(__file__).parent / "templates"


def new_kata(root: Path, name: str) -> list[Path]:
    """Write the files of the kata `name`, "group/kata", add it to the end of the index, and return what was written.

    Raises UsageError, and writes nothing, where the name is not legal or one of the files is there already.
    """
    group, separator, kata = name.partition("/")
    if not separator or not is_legal_name(group) or not is_legal_name(kata):
        raise UsageError(
            "bad-kata-name", f"{name!r} names no kata: write GROUP/KATA, two Python identifiers in lower case"
        )
    if kata in {known.slug for known in load_katas(root)}:
        raise UsageError("kata-exists", f"a kata {kata!r} stands in {INDEX} already: choose another name")
    files = _files(root, group, kata)
    there = [path for path in files if path.exists()]
    if there:
        raise UsageError(
            "kata-exists", f"{there[0].relative_to(root)} is there already: nothing was written, choose another name"
        )
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with (root / INDEX).open("a", encoding="utf-8") as index:
        index.write(_filled("entry.toml", group, kata))
    return [*files, root / INDEX]


def _files(root: Path, group: str, kata: str) -> dict[Path, str]:
    bank = root / "tests" / "submissions" / group / kata
    places = {
        root / "exercises" / group / f"{kata}.py": "stub.py",
        root / "exercises" / group / f"{kata}.md": "lesson.md",
        root / "solutions" / group / f"{kata}.py": "solution.py",
        root / "graders" / group / f"test_{kata}.py": "grader.py",
        bank / "wrong_no_lock.py": "wrong_no_lock.py",
        bank / "right_rlock.py": "right_rlock.py",
    }
    return {path: _filled(template, group, kata) for path, template in places.items()}


def _filled(template: str, group: str, kata: str) -> str:
    text = (TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(group=group, kata=kata)
