"""What reports call calls and values; nothing that the learner wrote is called for it."""

from __future__ import annotations

import collections
import concurrent.futures.thread
import enum
import textwrap
import threading
from typing import Any

import pytest

from dojo.explore.labels import label_of_call, render_value


class Loud:
    """Fails whenever somebody asks it something."""

    def __repr__(self) -> str:
        raise AssertionError("the learner's code runs")

    __str__ = __len__ = __iter__ = __eq__ = __hash__ = __repr__  # type: ignore[assignment]


class LoudInt(int):
    __repr__ = Loud.__repr__


class LoudStr(str):
    __str__ = __repr__ = Loud.__repr__


class LoudList(list[int]):
    __repr__ = Loud.__repr__
    __iter__ = Loud.__repr__  # type: ignore[assignment]


class Account:
    def deposit(self, amount: int) -> None: ...


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (-1.5, "-1.5"),
        ("it's", '"it\'s"'),
        (b"\x00", "b'\\x00'"),
        (Account, "Account"),
        (len, "<builtin_function_or_..."),
        (textwrap.dedent, "dedent"),
        ([1, "a", None], "[1, 'a', None]"),
        ((1,), "(1)"),
        ({"a": [1, (2,)]}, "{'a': [1, <tuple>]}"),
        (set(), "{}"),
        ([1, 2, 3, 4, 5, 6], "[1, 2, 3, 4, 5, ...]"),
        (collections.deque([1, 2]), "deque([1, 2])"),
        (Account(), "<Account>"),
        (enum.IntEnum("Colour", "RED").RED, "1"),
        ("x" * 100, "'xxxxxxxxxxxxxxxxxxxx..."),
    ],
)
def test_a_value_is_shown_short(value: object, text: str) -> None:
    assert render_value(value) == text


def test_nothing_that_the_learner_wrote_is_called() -> None:
    values = (Loud(), LoudInt(7), LoudStr("a"), [Loud()], LoudList([1]))
    assert [render_value(value) for value in values] == ["<Loud>", "7", "'a'", "[<Loud>]", "<LoudList>"]


def _asked_of(thread: threading.Thread) -> str:
    return label_of_call(thread._bootstrap)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("thread", "text"),
    [
        (threading.Thread(target=Account().deposit, args=(20,)), "deposit(20)"),
        (threading.Thread(target=Account), "Account()"),
        (threading.Thread(), ""),
        (type("Worker", (threading.Thread,), {})(), "Worker.run()"),
    ],
)
def test_a_thread_is_called_after_its_target(thread: threading.Thread, text: str) -> None:
    assert _asked_of(thread) == text


def test_a_worker_of_a_pool_says_so() -> None:
    worker = threading.Thread(target=concurrent.futures.thread._worker)  # type: ignore[attr-defined]
    assert _asked_of(worker) == "a worker of the pool"


def test_a_lambda_is_called_after_the_call_in_it() -> None:
    account, amount = Account(), 20
    first: Any = lambda: account.deposit(amount)  # noqa: E731
    second: Any = lambda: account.deposit(amount + 1)  # noqa: E731
    assert label_of_call(first) == "deposit(20)"
    assert label_of_call(second) == "deposit(amount + 1)"


def test_each_of_two_lambdas_in_a_line_is_called_after_its_own_call() -> None:
    account = Account()
    pair: list[Any] = [lambda: account.deposit(20), lambda: account.deposit(50)]
    assert [label_of_call(each) for each in pair] == ["deposit(20)", "deposit(50)"]
    outer: Any = lambda: account.deposit(max([1], key=lambda n: n))  # noqa: E731
    assert label_of_call(outer) == "deposit(max([1], key=lambda n: n))"


def test_a_lambda_without_a_call_is_a_lambda() -> None:
    assert label_of_call(lambda: 1) == "a lambda"
    assert label_of_call(eval("lambda: print()")) == "a lambda"


def test_nothing_asked_is_nothing_told() -> None:
    assert label_of_call(None) == ""
