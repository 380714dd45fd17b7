"""A dojo of two katas, one whose grader is right and one whose grader has a bug."""

from __future__ import annotations

from pathlib import Path

ENTRY = """
[[kata]]
slug = "{slug}"
group = "threads"
title = "{title}"
topic = "Lock"
stub = "RACE-LOST-UPDATE"
requires = ["Account", "Account.deposit"]
hints = ["Who else?", "Exclusion.", "with ...:"]
accepted = "One other accepted design: an owner thread."
what_if = "What if there were two?"
"""

STUB = """\
class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        self.balance += amount
"""

SOLUTION = """\
import threading


class Account:
    def __init__(self):
        self.balance = 0
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance += amount
"""

GRADER = """\
from dojo import together


def two_deposits(kata, first, second):
    account = kata.Account()
    together((account.deposit, first), (account.deposit, second))
    return account.balance


def test_no_deposit_is_lost(explore):
    for outcome in explore(two_deposits, 20, 50):
        assert outcome.value == 70, f"one vanished: {outcome.value}, expected 70"
"""

BUGGY_GRADER = GRADER.replace("outcome.value == 70", "outcome.value[0] == 70")


def write_dojo(root: Path) -> None:
    """Write the whole tree below `root`."""
    index = ENTRY.format(slug="account", title="A bank account that loses money")
    index += ENTRY.format(slug="counter", title="A counter")
    files = {"exercises/katas.toml": index, "conftest.py": 'pytest_plugins = ["dojo.plugin"]\n'}
    for slug, grader in (("account", GRADER), ("counter", BUGGY_GRADER)):
        files[f"exercises/threads/{slug}.py"] = STUB
        files[f"exercises/threads/{slug}.md"] = f"# {slug}\n"
        files[f"solutions/threads/{slug}.py"] = SOLUTION
        files[f"graders/threads/test_{slug}.py"] = grader
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
