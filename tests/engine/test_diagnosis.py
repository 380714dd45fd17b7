import pytest

from dojo.diagnosis import Told, diagnose, find_lesson, load_lessons, told_by
from dojo.errors import KataError, UsageError
from dojo.model import LeftAlive, Place, Raised, Returned, Spinning, Step, Stuck, Task, Trace, Wait
from tests.engine.traces import trace

WRONG = Returned(50)

PATTERNS = {
    "two read, both write": (
        "RACE-LOST-UPDATE",
        """
        T1 13 read _balance -> 0
        T2 13 read _balance -> 0
        T2 14 write _balance <- 50
        T1 14 write _balance <- 20
        """,
    ),
    "only one side holds the lock": (
        "RACE-LOST-UPDATE",
        """
        T1 13 read _balance -> 0
        T2 19 read _balance -> 0 under self._lock
        T2 20 write _balance <- 50 under self._lock
        T1 14 write _balance <- 20
        """,
    ),
    "a list is replaced by a longer one": (
        "RACE-LOST-UPDATE",
        """
        T1 13 read items -> [1]
        T2 13 read items -> [1]
        T2 14 write items <- [1, 2]
        T1 14 write items <- [1, 3]
        """,
    ),
    "tested, then changed by another": (
        "RACE-CHECK-ACT",
        """
        T1 18 read _balance -> 100 {if self._balance < amount:}
        T2 18 read _balance -> 100 {if self._balance < amount:}
        T2 20 read _balance -> 100
        T2 20 write _balance <- 40
        T1 20 read _balance -> 40
        T1 20 write _balance <- -20
        """,
    ),
    "made twice, because nobody was first": (
        "RACE-CHECK-ACT",
        """
        T1 5 read _made -> None {if self._made is None:}
        T2 5 read _made -> None {if self._made is None:}
        T2 6 write _made <- <Made>
        T1 6 write _made <- <Made>
        """,
    ),
    "each under a lock of its own": (
        "LOCK-PER-CALL",
        """
        T1 13 read _balance -> 0 under lock 1
        T2 13 read _balance -> 0 under lock 2
        T2 14 write _balance <- 50 under lock 2
        T1 14 write _balance <- 20 under lock 1
        """,
    ),
    "the lock is let go between read and write": (
        "LOCK-SPLIT",
        """
        T1 13 read _balance -> 0 under self._lock
        T1 13 release self._lock
        T2 13 read _balance -> 0 under self._lock
        T2 13 release self._lock
        T2 15 write _balance <- 50 under self._lock
        T1 15 write _balance <- 20 under self._lock
        """,
    ),
    "a reader between two writes": (
        "RACE-TORN-READ",
        """
        T1 8 write source <- 50
        T2 20 read source -> 50
        T2 20 read target -> 0
        T1 9 write target <- 50
        """,
    ),
    "a list that grows under the walker": (
        "RACE-ITERATION",
        """
        T1 8 iterate items -> 1
        T2 12 call items.append
        T1 8 iterate items -> 2
        """,
    ),
    "the sleep was too short": (
        "SLEEP-SYNC",
        """
        T1 8! sleep 0.1
        T1 9 read result -> None
        """,
    ),
    "woken, and not looked again": (
        "WAKE-IF-NOT-WHILE",
        """
        T1 8 read items -> [] {if not items:}
        T1 9 release lock
        T2 4 call items.append
        T2 5 notify wake_up
        T2 3 release lock
        T3 8 read items -> [1] {if not items:}
        T3 10 call items.pop
        T1 9 wait wake_up
        T1 10 call items.pop
        """,
    ),
    "the wrong one woken, and not looked again": (
        "WAKE-IF-NOT-WHILE",
        """
        T1 8 read items -> [] {if not items:}
        T1 9 release lock
        T2 10 call items.pop
        T2 11 notify wake_up
        T2 7 release lock
        T1 9 wait wake_up
        T1 10 call items.pop
        """,
    ),
    "a wait of which the time is up": (
        "SLEEP-SYNC",
        """
        T1 8 read items -> [] {if not items:}
        T1 9 wait wake_up
        T1 10 read items -> []
        T2 4 call items.append
        """,
    ),
    "one after the other": (
        "CONTRACT",
        """
        T1 13 read _balance -> 0
        T1 14 write _balance <- 50
        T2 13 read _balance -> 50
        T2 14 write _balance <- 20
        """,
    ),
    "written, but not computed from what was read": (
        "CONTRACT",
        """
        T1 13 read _user -> None
        T2 13 read _user -> None
        T2 14 write _user <- 'bob'
        T1 14 write _user <- 'ada'
        """,
    ),
    "two threads with a variable each": (
        "CONTRACT",
        """
        T1 13 read one -> 0
        T2 13 read other -> 0
        T2 14 write other <- 50
        T1 14 write one <- 20
        """,
    ),
    "atomic calls on a shared list": (
        "CONTRACT",
        """
        T1 13 call items.append
        T2 13 call items.append
        """,
    ),
}


@pytest.mark.parametrize("name", PATTERNS)
def test_a_code_is_given_where_the_steps_show_it(name: str) -> None:
    code, steps = PATTERNS[name]
    assert diagnose(WRONG, trace(steps)).diagnosis.code == code


def test_a_lost_update_is_explained_by_its_three_steps() -> None:
    finding = diagnose(WRONG, trace(PATTERNS["two read, both write"][1]), Told("one vanished"))
    assert finding.diagnosis.sentence == "one vanished"
    assert finding.marks == (1, 3, 4)
    assert finding.place == Place("account.py", 14)
    assert finding.note == "computed from step {0}: the write of step {1} is lost"
    assert finding.why == "T1 computed what it writes (line 14) from its read (line 13). T2 wrote in between (line 14)."


def test_a_read_outside_of_the_lock_is_named() -> None:
    finding = diagnose(WRONG, trace(PATTERNS["only one side holds the lock"][1]))
    assert finding.why == "Line 13 reads without self._lock what line 20 writes under it."


def test_the_authors_code_comes_first() -> None:
    finding = diagnose(WRONG, trace(PATTERNS["two read, both write"][1]), Told("seen", "LOCAL-WRONG-THREAD"))
    assert finding.diagnosis.code == "LOCAL-WRONG-THREAD"
    assert finding.note == ""


GAVE_UP = """
    T1 12 acquire target.lock
    T1 14 write balance <- 90
    T2 9 try target.lock -> held
    T1 15 release target.lock
"""


def test_who_finds_a_lock_held_and_goes_on_without_it_is_shown() -> None:
    finding = diagnose(WRONG, trace(GAVE_UP))
    assert (finding.diagnosis.code, finding.place, finding.marks) == ("CONTRACT", Place("account.py", 9), (1, 3))
    assert finding.note == "held: it goes on without it"
    assert finding.why == (
        "T2 found target.lock held (line 9), taken by T1 at line 12. It did not wait, and never got it."
    )


def test_who_gets_the_lock_in_the_end_has_not_given_up() -> None:
    finding = diagnose(WRONG, trace(GAVE_UP + "    T2 9 acquire target.lock"))
    assert (finding.place, finding.why) == (None, "")


def test_a_lock_that_is_never_let_go_explains_a_deadlock_whatever_its_author_expected() -> None:
    told = Told("transfers of other accounts wait", "OVER-SYNCHRONISED")
    for code in ("LOCK-SELF", "LOCK-NOT-RELEASED"):
        assert diagnose(Stuck(DEADLOCKS[code]), ENDED, told) == diagnose(Stuck(DEADLOCKS[code]), ENDED)
    assert diagnose(Stuck(DEADLOCKS["LOCK-CYCLE"]), ENDED, told).diagnosis.code == "OVER-SYNCHRONISED"
    # Where nobody may wait, an execution ends while the holder could still let it go.
    assert diagnose(Stuck(DEADLOCKS["LOCK-NOT-RELEASED"]), EMPTY, told).diagnosis.code == "OVER-SYNCHRONISED"
    agreed = diagnose(Stuck(DEADLOCKS["LOCK-SELF"]), EMPTY, Told("a transfer to itself", "LOCK-SELF"))
    assert agreed.diagnosis.sentence == "a transfer to itself"


def test_who_looks_again_after_a_wake_up_is_not_blamed() -> None:
    looks_again = PATTERNS["woken, and not looked again"][1].replace("T1 10 call items.pop", "T1 8 read items -> []")
    assert diagnose(WRONG, trace(looks_again)).diagnosis.code == "CONTRACT"


# ------------------------------------------------------------------------------------------ other endings

HERE, THERE, GRADER = Place("account.py", 12, "with self._lock:"), Place("account.py", 9), Place("test_account.py", 30)
TASKS = (Task(0, "main"), Task(1, "T1", "deposit(20)"), Task(2, "T2"))
EMPTY = Trace(TASKS, (), "12", 1)
ENDED = Trace(TASKS, (Step(1, 2, "end", "T2", None, None, by_learner=False),), "12", 1)
"""The second thread has ended."""

DEADLOCKS = {
    "LOCK-SELF": (Wait(1, "self._lock", HERE, 1, THERE),),
    "LOCK-CYCLE": (Wait(1, "b.lock", HERE, 2, THERE), Wait(2, "a.lock", HERE, 1, THERE)),
    "LOCK-NOT-RELEASED": (Wait(1, "self._lock", HERE, 2, THERE), Wait(0, "the end of T1", GRADER, 1)),
    "LOCK-HELD-WHILE-BLOCKING": (Wait(1, "self._lock", HERE, 0, THERE), Wait(0, "the end of T1", HERE, 1)),
    "LOCK-HELD-WHILE-BLOCKING ": (Wait(1, "self._ready", THERE), Wait(2, "self._lock", HERE, 1, THERE)),
    "WAKE-LOST": (Wait(1, "self._ready", HERE), Wait(0, "the end of T1", GRADER, 1)),
    "CONTRACT": (Wait(0, "the end of T1", GRADER, 1),),
}


@pytest.mark.parametrize("code", DEADLOCKS)
def test_a_deadlock_is_told_apart_by_who_holds_what(code: str) -> None:
    assert diagnose(Stuck(DEADLOCKS[code]), ENDED).diagnosis.code == code.strip()


def test_who_waits_to_be_woken_while_nobody_can_wake_it_has_lost_a_wake_up() -> None:
    waits = (Wait(1, "a wake-up on self._ready", Place("account.py", 12, "self._ready.wait()")),)
    assert diagnose(Stuck(waits), EMPTY).diagnosis.code == "WAKE-LOST"


def asleep(task: int, line: int) -> Wait:
    return Wait(task, "a wake-up on changed", Place("account.py", line, "changed.wait()"))


def test_a_change_after_the_test_of_a_sleeper_is_shown() -> None:
    steps = """
        T1 8 read closed -> False {while not items and not closed:}
        T1 9 release lock
        T2 20 write closed <- True
        """
    finding = diagnose(Stuck((asleep(1, 9),)), trace(steps))
    assert (finding.diagnosis.code, finding.marks, finding.variables) == ("WAKE-LOST", (1, 3), ("closed",))
    assert finding.why == (
        "T1 tested (line 8) and went to sleep. T2 changed what it had tested (line 20), and nobody woke it."
    )


def test_a_wake_up_used_up_by_one_who_waits_for_something_else_is_named() -> None:
    steps = """
        T1 8 read items -> [] {while not items:}
        T1 9 release lock
        T2 18 read items -> [] {while len(items) == 1:}
        T2 19 release lock
        T3 30 call items.pop
        T3 31 notify wake_up
        T1 9 wait wake_up
        T1 8 read items -> [] {while not items:}
        """
    finding = diagnose(Stuck((asleep(1, 9), asleep(2, 19))), trace(steps))
    assert (finding.diagnosis.code, finding.marks) == ("WAKE-WRONG-WAITER", (4, 6, 7))
    assert finding.place == Place("account.py", 9, "changed.wait()")


def test_a_lock_taken_along_by_the_main_thread_was_not_released() -> None:
    waits = (Wait(1, "self._lock", HERE, 0, THERE), Wait(0, "the end of T1", GRADER, 1))
    finding = diagnose(Stuck(waits), EMPTY)
    assert finding.diagnosis.code == "LOCK-NOT-RELEASED"
    assert finding.diagnosis.sentence == "T1 deposit(20) waits for self._lock, which will never be let go"
    assert finding.place == THERE


def test_an_exception_is_told_with_its_thread() -> None:
    finding = diagnose(Raised("KeyError", "'ada'", HERE, 1), EMPTY)
    assert (finding.diagnosis.code, finding.diagnosis.sentence) == ("CONTRACT", "T1 deposit(20) raised KeyError: 'ada'")
    assert finding.place == HERE


def test_a_change_during_iteration_is_known_by_pythons_message() -> None:
    ending = Raised("RuntimeError", "dictionary changed size during iteration", HERE, 1)
    assert diagnose(ending, EMPTY).diagnosis.code == "RACE-ITERATION"


def test_running_in_circles_is_a_busy_wait() -> None:
    finding = diagnose(Spinning(20_000, (HERE, HERE, THERE)), EMPTY)
    assert (finding.diagnosis.code, finding.why) == ("BUSY-WAIT", "They go round at account.py:12, account.py:9.")


def test_a_thread_left_alive_is_a_leak() -> None:
    left = LeftAlive((Task(1, "T1"), Task(2, "T2")), (HERE,))
    finding = diagnose(left, trace("main 9 start work()\nmain 9 start work()\nT1 3 read x -> 1\nT2 3 read x -> 1"))
    assert finding.diagnosis.code == "THREAD-LEAK"
    assert finding.diagnosis.sentence == "the call came back while T1 and T2 were still alive"
    assert finding.place == Place("account.py", 9)
    assert finding.why == "T1 was started at line 9 and stands at line 12."


# ------------------------------------------------------------------------------------- the author's words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one vanished\nassert 50 == 70\n +  where 50 = x.value", Told("one vanished")),
        ("LOCAL-LEAK: still there\nassert 1 == 2", Told("still there", "LOCAL-LEAK")),
        ("ZOMBIE: one is left", Told("one is left", "ZOMBIE")),
        ("assert 50 == 70\n +  where 50 = x.value", Told("the check `assert 50 == 70` does not hold")),
        ("expected: a colon is no code", Told("expected: a colon is no code")),
        ("", Told("the check does not hold")),
    ],
)
def test_a_message_is_code_and_sentence(text: str, told: Told) -> None:
    assert told_by(text, "test_account.py, check 'x',") == told


def test_an_unknown_code_is_the_authors_mistake() -> None:
    with pytest.raises(KataError) as caught:
        told_by("LOST-UPDATE: one vanished", "test_account.py, check 'x',")
    assert str(caught.value) == (
        "test_account.py, check 'x', names the code 'LOST-UPDATE', which does not exist: see docs/messages.md"
    )


def test_every_code_has_its_whole_lesson() -> None:
    for lesson in load_lessons().values():
        assert all((lesson.title, lesson.meaning, lesson.repair, lesson.see)), lesson.code


def test_a_lesson_is_found_whatever_the_case() -> None:
    assert find_lesson("race-lost-update").title == "A lost update"


def test_a_near_match_is_named() -> None:
    with pytest.raises(UsageError, match=r"no code .LOST-UPDATE.: did you mean RACE-LOST-UPDATE\?"):
        find_lesson("LOST-UPDATE")
