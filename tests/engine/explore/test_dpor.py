"""The reduction: how many executions it takes on programs whose classes can be counted, and what it once missed."""

from __future__ import annotations

import pytest

from dojo.errors import InternalError
from dojo.explore.strategies.dfs import Dfs
from dojo.explore.strategies.dpor import Dpor
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.support import LOCK_CYCLE, LOST_UPDATE, searched

COUNTED = {
    "two tasks on different places": (
        "a, b = [0], [0]\ndef one(): a[0] = 1\ndef other(): b[0] = 1\ntogether(one, other)",
        1,
    ),
    "two writers of one place": ("a = [0]\ndef write(): a[0] = 1\ntogether(write, write)", 2),
    "three writers of one place": ("a = [0]\ndef write(): a[0] = 1\ntogether(write, write, write)", 6),
    "two readers": ("a = [0]\ndef read(): return a[0]\ntogether(read, read)", 1),
    # The writer comes before, between (2) or after the readers, whose own order does not matter.
    "a writer and two readers": (
        "a = [0]\ndef read(): return a[0]\ndef write(): a[0] = 1\ntogether(write, read, read)",
        4,
    ),
    "two items of one list": ("a = [0, 0]\ndef set(at): a[at] = 1\ntogether((set, 0), (set, 1))", 1),
    "one lock": ("lock = threading.Lock()\ndef use():\n    with lock: pass\ntogether(use, use, use)", 6),
    "read and write, twice": (LOST_UPDATE, 4),
    "two puts into a queue": ("q = queue.SimpleQueue()\ntogether((q.put, 1), (q.put, 2))\nreturn q.get()", 2),
    "two sleepers": ("together((time.sleep, 1), (time.sleep, 1))", 3),
}


@pytest.mark.parametrize("name", COUNTED)
def test_each_class_of_executions_is_explored_once(name: str) -> None:
    body, classes = COUNTED[name]
    assert searched(body, Dpor())[1] == classes


def test_it_finds_what_brute_force_finds_in_fewer_executions() -> None:
    reduced, brute = searched(LOST_UPDATE, Dpor()), searched(LOST_UPDATE, Dfs())
    assert reduced[0] == brute[0] == {"returned 1", "returned 2"}
    assert (reduced[1], brute[1]) == (4, 126)


def test_the_share_of_the_search_that_is_done_grows_to_all_of_it() -> None:
    explorer, strategy = explorer_of(LOST_UPDATE), Dpor()
    shares = []
    while strategy.begin():
        explorer.execute(strategy)
        shares.append(strategy.share())
    assert shares == sorted(shares) and shares[0] == 0.0 and shares[-1] < 1.0
    assert strategy.share() == 0.0, "nothing is left of the path"


def test_a_bound_of_no_preemptions_loses_no_update() -> None:
    assert searched(LOST_UPDATE, Dpor(0))[0] == {"returned 2"}
    assert searched(LOST_UPDATE, Dpor(1))[0] == {"returned 1", "returned 2"}


def test_a_bound_that_kept_nothing_out_says_so() -> None:
    cut, whole = Dpor(0), Dpor(99)
    searched(LOST_UPDATE, cut)
    searched(LOST_UPDATE, whole)
    assert (cut.was_cut, whole.was_cut) == (True, False)


def test_brute_force_with_a_bound_says_too_what_it_kept_out() -> None:
    cut, whole = Dfs(0), Dfs(99)
    assert searched(LOST_UPDATE, cut)[0] == {"returned 2"}
    searched("together(int)", whole)
    assert (cut.was_cut, whole.was_cut) == (True, False)


def test_a_deadlock_takes_one_preemption() -> None:
    assert searched(LOCK_CYCLE, Dpor(0))[0] == {"returned null"}
    assert searched(LOCK_CYCLE, Dpor(1))[0] == {"returned null", "stuck"}


# Every one of these was missed once.
REGRESSIONS = {
    "a thread that nobody joins may still end in time": (
        "threading.Thread(target=int).start()",
        {"returned null", "left-alive"},
    ),
    "a thread that nobody joins may raise before the end": (
        "threading.Thread(target=int, args=('x',)).start()",
        {"left-alive", "raised:ValueError invalid literal for int() with base 10: 'x'"},
    ),
    "two threads that nobody joins": (
        "a = []\ndef add(): a.append(1)\nfor _ in range(2): threading.Thread(target=add).start()\nreturn len(a)",
        {"left-alive", "returned 0", "returned 1", "returned 2"},
    ),
    "two pollers of one event come to rest": (
        (
            "event = threading.Event()\ndef poll(seconds):\n    while not event.wait(seconds): pass\n"
            "together((poll, 1), (poll, 2))"
        ),
        {"spinning"},
    ),
}


@pytest.mark.parametrize("name", REGRESSIONS)
def test_what_was_missed_once_is_found(name: str) -> None:
    body, expected = REGRESSIONS[name]
    assert searched(body, Dpor())[0] == expected


class Forgetful(Dpor):
    """Believes that it has seen one more task at its first decision."""

    def begin(self) -> bool:
        if self._path:
            self._path[0].enabled.append(9)
        return super().begin()


def test_a_program_that_does_not_repeat_itself_is_found_out() -> None:
    with pytest.raises(InternalError) as caught:
        searched(LOST_UPDATE, Forgetful())
    assert str(caught.value) == (
        "The same choices led to tasks [1, 2, 9] after 2 steps, and then to tasks [1, 2] after 2: something "
        "outside the schedule decides too. "
        "This is a fault of the dojo, not of the submission: report it with this text."
    )


@pytest.mark.parametrize("bound", [0, 1, 2])
@pytest.mark.parametrize("name", REGRESSIONS)
def test_what_was_missed_once_is_found_within_a_bound(name: str, bound: int) -> None:
    body, _ = REGRESSIONS[name]
    assert searched(body, Dpor(bound))[0] == searched(body, Dfs(bound))[0]


def test_what_can_only_repeat_is_cut_short() -> None:
    """Whether threads that wait for ever have begun before the end of the scenario makes no difference."""
    body = "for _ in range(2): threading.Thread(target=threading.Event().wait).start()"
    explorer, strategy, redundant = explorer_of(body), Dpor(), []
    while strategy.begin():
        redundant.append(explorer.execute(strategy).is_redundant)
    assert redundant.count(True) == 1 and redundant.count(False) == 2
    assert searched(body, Dpor())[0] == searched(body, Dfs())[0]


def test_the_path_of_a_search_that_is_over_is_empty() -> None:
    strategy = Dpor()
    searched(LOST_UPDATE, strategy)
    assert not strategy.begin()
