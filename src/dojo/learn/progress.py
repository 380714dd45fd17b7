"""What the dojo remembers of a learner, in .dojo/ below the root: katas passed, hints shown."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dojo.catalog import Kata

FILE = Path(".dojo", "progress.json")


@dataclass(slots=True)
class Progress:
    """Which submissions have passed, by a key over all that went into the verdict, and how many hints were shown."""

    root: Path
    passed: dict[str, str] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)

    def has_passed(self, kata: Kata) -> bool:
        """Tell whether exactly this exercise has passed exactly this grader on this Python."""
        return self.passed.get(kata.slug) == key_of(self.root, kata)

    def note(self, kata: Kata, *, passed: bool) -> None:
        """Remember the verdict on the exercise as it stands now."""
        self.passed.pop(kata.slug, None)
        if passed:
            self.passed[kata.slug] = key_of(self.root, kata)

    def save(self) -> None:
        """Write it down; a folder that cannot be written to only costs the memory."""
        path = self.root / FILE
        text = json.dumps({"passed": self.passed, "hints": self.hints}, indent=1)
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            path.with_suffix(".new").write_text(text, encoding="utf-8")
            path.with_suffix(".new").replace(path)


def load_progress(root: Path) -> Progress:
    """Read what is remembered; a file that is missing or damaged is as good as none."""
    try:
        stored = json.loads((root / FILE).read_text(encoding="utf-8"))
        passed, hints = stored["passed"], stored["hints"]
        return Progress(root, {str(k): str(v) for k, v in passed.items()}, {str(k): int(v) for k, v in hints.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Progress(root)


def find_current(katas: Sequence[Kata], progress: Progress) -> Kata | None:
    """Return the first kata of the course that has not passed; None where all have."""
    return next((kata for kata in katas if not progress.has_passed(kata)), None)


def key_of(root: Path, kata: Kata) -> str:
    """Return a digest of everything that the verdict on the exercise depends on."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (kata.submission(root / "exercises"), kata.grader(root)):
        with contextlib.suppress(OSError):
            digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:20]
