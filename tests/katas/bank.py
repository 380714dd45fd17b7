"""The bank: complete submissions, right and wrong, each with what must be said about it in its first line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BANK = ROOT / "tests" / "submissions"
FIRST_LINE = re.compile(
    r"# (?:right: (?P<design>\S.*)|wrong: (?P<mistake>\S.*) -> (?P<verdict>[a-z-]+) (?P<code>[A-Z-]+))"
)


@dataclass(frozen=True)
class Submission:
    """One file of the bank."""

    path: Path
    is_right: bool
    sentence: str
    verdict: str
    code: str | None

    @property
    def kata(self) -> str:
        return self.path.parent.name

    @property
    def name(self) -> str:
        return self.path.relative_to(BANK).with_suffix("").as_posix()


def load_submission(path: Path) -> Submission:
    """Read what a file of the bank announces."""
    with path.open(encoding="utf-8") as file:
        line = file.readline().rstrip("\n")
    match = FIRST_LINE.fullmatch(line)
    kind = path.name.partition("_")[0]
    if match is None or kind != ("right" if match["design"] else "wrong"):
        raise ValueError(
            f"{path}: {line!r} is not '# right: design' or '# wrong: mistake -> verdict CODE', as the name says"
        )
    if match["design"]:
        return Submission(path, is_right=True, sentence=match["design"], verdict="passed", code=None)
    return Submission(path, is_right=False, sentence=match["mistake"], verdict=match["verdict"], code=match["code"])


def load_bank() -> list[Submission]:
    """Return the whole bank, sorted by name."""
    return [load_submission(path) for path in sorted(BANK.glob("*/*/*.py"))]


def environment() -> dict[str, str]:
    """Return the environment for a command that a learner would start: nothing of the pytest around it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


def dojo(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a learner does, from the top of the checkout."""
    command = [sys.executable, "-m", "dojo.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def grade(kata: str, *arguments: str) -> dict[str, Any]:
    """Return the JSON document of one `dojo run`, once its exit code was seen to agree with it."""
    done = dojo("run", kata, *arguments, "--format", "json")
    assert done.stdout.startswith("{"), f"no document, exit code {done.returncode}:\n{done.stdout}{done.stderr}"
    document: dict[str, Any] = json.loads(done.stdout)
    expected = {"passed": 0, "fault": 3}.get(document["verdict"], 1)
    assert done.returncode == expected, f"exit code {done.returncode} for {document['verdict']}"
    return document


def told(document: dict[str, Any]) -> str:
    """Return the verdict of a document in one line, for a test that fails."""
    lines = [f"{document['verdict']} {document['code']}: {document['message']}"]
    lines += [
        f"  {check['name']}: {check['verdict']} {check['code']}: {check['message']}"
        for check in document["checks"]
        if check["verdict"] != "passed"
    ]
    return "\n".join(lines)
