"""A gold file is a transcript: "$ dojo ..." in its first line, then what that prints and its exit code.

The command runs in the folder that the first word of the file's name stands for: `faulty--x.txt` in tests/gold/faulty,
where there is such a folder, and any other file in the repository.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

GOLD = Path(__file__).parent
ROOT = GOLD.parents[1]
PROMPT = "$ dojo "

_VERSION = re.compile(r"(?<=Python)(\s+)3\.\d+\.\d+\w*")


def load_transcripts() -> list[Path]:
    """Return every gold file."""
    return sorted(GOLD.glob("*.txt"))


def run(path: Path) -> tuple[str, str]:
    """Return the first line of a gold file, and what its command prints now."""
    head = path.read_text(encoding="utf-8").partition("\n")[0]
    assert head.startswith(PROMPT), f"{path.name} does not begin with {PROMPT!r}"
    folder = GOLD / path.stem.partition("--")[0]
    environment = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "COLUMNS")}
    done = subprocess.run(
        [sys.executable, "-m", "dojo.cli", *shlex.split(head.removeprefix(PROMPT))],
        cwd=folder if folder.is_dir() else ROOT,
        env={**environment, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    text = _VERSION.sub(r"\g<1>3.x.y", done.stdout + done.stderr)
    return f"{head}\n", f"{text}[exit code {done.returncode}]\n"
