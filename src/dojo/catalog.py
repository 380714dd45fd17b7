"""The index exercises/katas.toml and the folders that mirror it."""

from __future__ import annotations

import keyword
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dojo.errors import KataError, UsageError

Target = Literal["exercises", "solutions"]

INDEX = Path("exercises", "katas.toml")
LEAST_HINTS = 3

_TEXTS = ("slug", "group", "title", "topic", "stub", "accepted", "what_if")
_LISTS = ("requires", "hints")


@dataclass(frozen=True, slots=True)
class Kata:
    """One entry of the index."""

    slug: str
    group: str
    title: str
    topic: str
    stub: str
    """The diagnosis code with which the stub fails."""
    requires: tuple[str, ...]
    hints: tuple[str, ...]
    accepted: str
    what_if: str
    limits: Mapping[str, float] = field(default_factory=dict)

    def submission(self, folder: Path) -> Path:
        """Return where this kata's source stands in a folder laid out like exercises/."""
        return folder / self.group / f"{self.slug}.py"

    def lesson(self, root: Path) -> Path:
        """Return the page that teaches this kata."""
        return root / "exercises" / self.group / f"{self.slug}.md"

    def grader(self, root: Path) -> Path:
        """Return the pytest file that grades this kata."""
        return root / "graders" / self.group / f"test_{self.slug}.py"


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds the index, else the checkout that `dojo` stands in."""
    checkout = Path(__file__).resolve().parents[2]
    for folder in (start, *start.parents, checkout):
        if (folder / INDEX).is_file():
            return folder
    raise UsageError(
        "no-dojo",
        f"no {INDEX} in {start} or above it: go to the folder that you cloned, and run the command there",
    )


def load_katas(root: Path) -> tuple[Kata, ...]:
    """Read the index in the order of the course; every mistake in it stands in one KataError."""
    path = root / INDEX
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KataError("no-index", f"{path} does not exist: write it, one [[kata]] for each kata") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KataError("bad-index", f"{path} is not valid TOML: {error}") from error
    entries = document.get("kata", [])
    if not isinstance(entries, list) or not entries:
        raise KataError("bad-index", f"{path} lists no kata: write a [[kata]] table for each")
    problems = [problem for number, entry in enumerate(entries, 1) for problem in _entry_problems(number, entry)]
    problems += _repeated([entry.get("slug") for entry in entries if isinstance(entry, dict)])
    _refuse("bad-index", f"{INDEX} has mistakes", problems)
    return tuple(_kata(entry) for entry in entries)


def check_parity(root: Path, katas: Sequence[Kata]) -> None:
    """Raise one KataError that names every file missing from, or not announced in, the mirrored folders."""
    problems = [*find_missing(root, katas), *_unannounced(root, katas)]
    _refuse("no-parity", "index and folders differ", problems)


def _refuse(slug: str, what: str, problems: Sequence[str]) -> None:
    if problems:
        listed = "".join(f"\n  - {problem}" for problem in problems)
        raise KataError(slug, f"{what}:{listed}")


def _entry_problems(number: int, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield f"entry {number} is not a table"
        return
    name = f"kata {entry['slug']!r}" if entry.get("slug") else f"entry {number}"
    for key in _TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            yield f"{name} needs a text {key!r}"
    for key in _LISTS:
        if not _is_list_of_texts(entry.get(key)):
            yield f"{name} needs a list of texts {key!r}"
    for key in ("slug", "group"):
        if isinstance(entry.get(key), str) and not is_legal_name(entry[key]):
            yield f"{name}: {key} {entry[key]!r} is no Python identifier in lower case"
    if len(entry.get("hints") or ()) < LEAST_HINTS:
        yield f"{name} needs at least {LEAST_HINTS} hints: a question, the concept, the shape of the code"
    limits = entry.get("limits", {})
    if not isinstance(limits, dict) or not all(isinstance(value, int | float) for value in limits.values()):
        yield f"{name}: limits is a table of numbers"
    for key in entry.keys() - {*_TEXTS, *_LISTS, "limits"}:
        yield f"{name} has an unknown key {key!r}"


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) and item for item in value)


def is_legal_name(name: str) -> bool:
    """Tell whether a kata or a group may be called so: a Python identifier in lower case."""
    return name.isidentifier() and name == name.lower() and not keyword.iskeyword(name)


def _repeated(slugs: Sequence[object]) -> Iterator[str]:
    for slug in sorted({str(slug) for slug in slugs if slug is not None and slugs.count(slug) > 1}):
        yield f"kata {slug!r} stands more than once in the index"


def _kata(entry: Mapping[str, object]) -> Kata:
    texts = {key: str(entry[key]).strip() for key in _TEXTS}
    lists = {key: tuple(_texts(entry[key])) for key in _LISTS}
    limits = entry.get("limits", {})
    assert isinstance(limits, dict)
    return Kata(**texts, **lists, limits=dict(limits))  # type: ignore[arg-type]  # keyed by _TEXTS and _LISTS


def _texts(value: object) -> Iterator[str]:
    assert isinstance(value, list)
    for item in value:
        yield str(item).strip()


def find_missing(root: Path, katas: Sequence[Kata]) -> Iterator[str]:
    """Name each file that these katas should have, and have not."""
    for kata in katas:
        expected = {
            "stub": kata.submission(root / "exercises"),
            "lesson": kata.lesson(root),
            "solution": kata.submission(root / "solutions"),
            "grader": kata.grader(root),
        }
        for what, path in expected.items():
            if not path.is_file():
                yield f"kata {kata.slug!r} has no {what}: write {path.relative_to(root)}, or remove it from {INDEX}"


def _unannounced(root: Path, katas: Sequence[Kata]) -> Iterator[str]:
    announced = {path for kata in katas for path in (kata.submission(root / "exercises"), kata.lesson(root))}
    announced |= {kata.submission(root / "solutions") for kata in katas} | {kata.grader(root) for kata in katas}
    patterns = ("exercises/*/*.py", "exercises/*/*.md", "solutions/*/*.py", "graders/*/test_*.py")
    for path in sorted(path for pattern in patterns for path in root.glob(pattern)):
        if path not in announced and path.name != "__init__.py":
            yield f"{path.relative_to(root)} belongs to no kata: add it to {INDEX}, or remove it"
