"""How executions end, as values."""

from __future__ import annotations

import pytest

from dojo import model
from dojo.explore.endings import MAX_OBSERVATION, Autopsy, check_plain, key_of, returned
from dojo.explore.sources import Sources
from tests.engine.explore.support import LOCK_CYCLE, replayed

NESTED: list[object] = []
for _ in range(101):
    NESTED = [NESTED]


class Text(str):
    pass


@pytest.mark.parametrize("value", [None, True, 1, 1.5, "a", [], {"a": [1, {"b": None}]}])
def test_plain_data_is_an_observation(value: object) -> None:
    assert returned(value) == model.Returned(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ((1,), "an object of type tuple"),
        ({1}, "an object of type set"),
        (Text("a"), "an object of type Text"),
        ([object()], "an object of type object"),
        ({1: 2}, "a dict with keys that are not str"),
        ({Text("a"): 2}, "a dict with keys that are not str"),
        (float("nan"), "the number nan"),
        ({"a": [float("inf")]}, "the number inf"),
        (NESTED, "data nested more than 100 deep"),
        ("a" * MAX_OBSERVATION, "more than 1,048,576 characters of JSON"),
        (10**5000, "more than 1,048,576 characters of JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 100 else "value",
)
def test_what_is_not_plain_data_is_refused(value: object, fault: str) -> None:
    expected = f"the observation must be plain JSON data, and holds {fault}"
    assert returned(value) == model.Raised("NotPlainData", expected, None)


def test_the_first_fault_is_named() -> None:
    assert check_plain([1, (2,), {3}]) == "an object of type tuple"


def test_endings_with_the_same_key_are_the_same_outcome() -> None:
    place = model.Place("kata.py", 3, "text")
    assert key_of(model.Returned({"b": 1, "a": 2})) == key_of(model.Returned({"a": 2, "b": 1}))
    assert key_of(model.Returned(1)) != key_of(model.Returned(True))
    assert key_of(model.Returned(1)) != key_of(model.Returned("1"))
    assert key_of(model.Raised("E", "m", place)) != key_of(model.Raised("E", "m", None))
    assert key_of(model.Spinning(100, (place,))) == key_of(model.Spinning(200, (place,)))


def raised(error: Exception) -> model.Raised:
    return Autopsy(Sources("kata.py", "", {})).raised(error, 2)


def test_addresses_are_left_out_of_messages() -> None:
    assert raised(ValueError("<C object at 0x7f00aa12>")).message == "<C object at 0x...>"


def test_a_message_that_cannot_be_shown_is_replaced() -> None:
    class Shy(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert raised(Shy()) == model.Raised("Shy", "<its message cannot be shown>", None, 2)


def test_a_message_is_cut_off() -> None:
    assert len(raised(ValueError("a" * 1000)).message) == 500


def test_an_exception_is_placed_where_the_learners_code_raised_it() -> None:
    ending = replayed("def fail(): return int('x')\nfail()", "-").ending
    assert isinstance(ending, model.Raised)
    assert ending.place == model.Place("program.py", 6, "def fail(): return int('x')")


def test_whoever_waits_is_told_with_what_for_and_who_holds_it() -> None:
    ending = replayed(LOCK_CYCLE, "112").ending
    assert isinstance(ending, model.Stuck)
    assert [(wait.task, wait.what, wait.place and wait.place.line, wait.holder) for wait in ending.waits] == [
        (0, "the end of a thread", 14, 1),
        (1, "a lock", 10, 2),
        (2, "a lock", 13, 1),
    ]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("queue.SimpleQueue().get()", "an item in a queue"),
        ("queue.Queue().get()", "a wake-up"),
        ("threading.Event().wait()", "a wake-up"),
        ("lock = threading.Lock()\nlock.acquire()\nlock.acquire()", "a lock"),
    ],
)
def test_what_is_waited_for_has_a_name(body: str, what: str) -> None:
    ending = replayed(f"threading.Thread(target=int).start()\n{body}", "-").ending
    assert isinstance(ending, model.Stuck)
    assert [(wait.task, wait.what) for wait in ending.waits] == [(0, what)]


def test_a_lock_that_its_waiter_holds_itself_is_told_so() -> None:
    ending = replayed("lock = threading.Lock()\nlock.acquire()\nlock.acquire()", "-").ending
    assert isinstance(ending, model.Stuck)
    assert ending.waits[0].holder == 0


def test_threads_left_alive_are_told_with_where_they_stand() -> None:
    ending = replayed(
        "e = threading.Event()\ndef wait():\n    e.wait()\nthreading.Thread(target=wait).start()\ne.x = 1", "1"
    ).ending
    assert ending == model.LeftAlive((model.Task(1, "T1"),), (model.Place("program.py", 8, "e.wait()"),))


def test_a_loop_without_end_is_told_with_its_place() -> None:
    ending = replayed(
        "a = []\ndef wait():\n    while not a: pass\nthreading.Thread(target=wait).start()\nwhile not a: pass", "-"
    ).ending
    assert isinstance(ending, model.Spinning)
    assert [place.line for place in ending.places] == [10, 8]


def test_an_exception_of_a_thread_comes_before_threads_left_alive() -> None:
    body = """
        threading.Thread(target=int, args="x").start()
        threading.Thread(target=threading.Event().wait).start()
        time.sleep(1)
    """
    assert replayed(body, "-").key.startswith("raised ValueError")
