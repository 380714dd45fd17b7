"""Recordings: the steps of one schedule in the learner's words."""

from __future__ import annotations

import gc

import pytest

from dojo import model
from tests.engine.explore.support import LOCK_CYCLE, LOST_UPDATE, recorded, told

ACCOUNT = """
    class Account:
        def __init__(self):
            self._balance, self._lock = 0, threading.Lock()
        def deposit(self, amount):
            with self._lock:
                self._balance += amount
        def balance(self):
            return self._balance
    account = Account()
    together((account.deposit, 20), account.balance)
"""


def test_a_lost_update_is_two_reads_before_two_writes() -> None:
    assert told(recorded(LOST_UPDATE, "1212")) == [
        "0 start add()",
        "0 start add()",
        "*1 read counter[0] = 0",
        "*2 read counter[0] = 0",
        "2 write counter[0] = 1",
        "2 end add()",
        "1 write counter[0] = 1",
        "1 end add()",
        "0 join add()",
        "0 join add()",
        "0 read counter[0] = 1",
    ]


def test_reads_and_writes_show_values_and_locks_their_names() -> None:
    assert told(recorded(ACCOUNT)) == [
        "0 start deposit(20)",
        "0 start balance()",
        "1 read _lock = <lock>",
        "1 acquire self._lock",
        "1 read _balance = 0",
        "1 write _balance = 20",
        "1 release self._lock",
        "1 end deposit(20)",
        "0 join deposit(20)",
        "2 read _balance = 20",
        "2 end balance()",
        "0 join balance()",
    ]


def test_a_deadlock_ends_with_what_was_taken() -> None:
    assert told(recorded(LOCK_CYCLE, "112")) == [
        "0 start one()",
        "0 start other()",
        "1 acquire left",
        "2 acquire right",
    ]


def test_who_waits_on_a_condition_waits_and_who_tells_notifies() -> None:
    body = """
        told, ready = threading.Condition(), []
        def wait():
            with told: told.wait()
        def tell():
            with told: told.notify()
        together(wait, tell)
    """
    assert told(recorded(body)) == [
        "0 start wait()",
        "0 start tell()",
        "1 acquire told",
        "1 release told",
        "2 acquire told",
        "2 notify told",
        "2 release told",
        "2 end tell()",
        "1 wait told",
        "1 acquire told",
        "1 release told",
        "1 end wait()",
        "0 join wait()",
        "0 join tell()",
    ]


def test_a_step_knows_what_is_held_where_it_stands_and_whose_it_is() -> None:
    write = next(step for step in recorded(ACCOUNT) if step.verb == "write")
    assert write == model.Step(
        number=6,
        task=1,
        verb="write",
        subject="_balance",
        value="20",
        place=model.Place("program.py", 12, "self._balance += amount"),
        by_learner=True,
        variable="3._balance",
        holds=("self._lock",),
    )


def test_steps_on_one_member_of_one_object_share_their_variable() -> None:
    steps = recorded(ACCOUNT)
    balances = {step.variable for step in steps if step.subject == "_balance"}
    assert balances == {"3._balance"} and {step.variable for step in steps if step.subject == "_lock"} == {"3._lock"}


def test_containers_globals_and_slots_show_what_stands_there() -> None:
    body = """
        class Slotted: __slots__ = ("x",)
        thing, d, a = Slotted(), {"k": 1}, [1, 2]
        def use():
            global total
            total = 5
            thing.x = total
            d["k"] += thing.x
            a.append(d["k"])
            return len(a), a[-1], a[9:]
        together(use, int)
    """
    assert told(recorded(body)) == [
        "0 start use()",
        "0 start int()",
        "1 write total = 5",
        "1 read total = 5",
        "1 write thing.x = 5",
        "1 read d['k'] = 1",
        "1 read thing.x = 5",
        "1 write d['k'] = 6",
        "1 read d['k'] = 6",
        "1 call a.append = [1, 2, 6]",
        "1 read a = [1, 2, 6]",
        "1 read a[-1] = [1, 2, 6]",
        "1 read a[9:] = [1, 2, 6]",
        "1 end use()",
        "0 join use()",
        "2 end int()",
        "0 join int()",
    ]


def test_the_library_s_own_accesses_are_no_steps() -> None:
    steps = recorded("q = queue.Queue()\ntogether((q.put, 1), q.get)")
    assert {step.verb for step in steps} <= {"start", "end", "join", "acquire", "release", "wait", "notify"}


def test_a_collection_keeps_what_was_recorded_before_it() -> None:
    # What other tests have left would be collected within this one.
    gc.collect()
    steps = recorded("""
        import gc
        class Thing: pass
        thing = Thing()
        thing.x = 1
        def grow(): thing.x += 1
        together(grow)
        gc.collect()
        thing.x = 3
        together(grow)
        return thing.x
    """)
    assert told(steps) == [
        "0 start grow()",
        "1 read thing.x = 1",
        "1 write thing.x = 2",
        "1 end grow()",
        "0 join grow()",
        "0 write thing.x = 3",
        "0 start grow()",
        "2 read thing.x = 3",
        "2 write thing.x = 4",
        "2 end grow()",
        "0 join grow()",
        "0 read thing.x = 4",
    ]


@pytest.mark.parametrize("asks", ["acquire(False)", "acquire(timeout=1)"])
def test_a_lock_that_was_asked_for_in_vain_was_not_taken(asks: str) -> None:
    steps = recorded(f"""
        lock = threading.Lock()
        def hold():
            lock.acquire()
        def ask():
            if lock.{asks}: pass
        together(hold, ask)
    """)
    assert told(steps)[2:7] == ["1 acquire lock", "1 end hold()", "0 join hold()", "2 try lock = held", "2 end ask()"]


def test_a_queue_that_was_asked_in_vain_was_empty() -> None:
    body = """
        items = queue.SimpleQueue()
        def ask():
            try: items.get(timeout=1)
            except queue.Empty: pass
        def put():
            items.put(1)
            items.get(False)
        together(ask, put)
    """
    assert told(recorded(body, "1"))[2:] == [
        "2 put the queue",
        "2 take the queue",
        "2 end put()",
        "1 try the queue = empty",
        "1 end ask()",
        "0 join ask()",
        "0 join put()",
    ]
