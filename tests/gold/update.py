"""Write the expected text of gold files anew: python tests/gold/update.py [NAME ...]; look at the difference before
you keep it. A new file needs its command line only.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.gold.transcript import load_transcripts, run


def main(names: list[str]) -> None:
    for path in load_transcripts():
        if names and path.stem not in names:
            continue
        head, text = run(path)
        if "InternalError" in text:
            print("FAULT, kept as it was:", path.stem)
            continue
        changed = path.read_text(encoding="utf-8") != head + text
        path.write_text(head + text, encoding="utf-8")
        print("changed  " if changed else "same     ", path.stem)


if __name__ == "__main__":
    main(sys.argv[1:])
