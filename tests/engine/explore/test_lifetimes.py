"""Objects end in an execution when they would end without us, and what they do then is explored like all the rest."""

from __future__ import annotations

import gc

import pytest

from dojo.explore.execution import EXECUTION
from dojo.explore.lifetimes import Lifetimes, Marker, may_notice
from dojo.explore.strategies.dpor import Dpor
from tests.engine.explore.exploring import ending, outcomes
from tests.engine.explore.support import LOCK_CYCLE, LOST_UPDATE, recorded, searched, told

HANDLE = """
    class Handle:
        name = None
        def __init__(self, seen): self.seen = seen
        def __del__(self): self.seen.append("closed")
"""


def test_an_object_ends_where_the_last_name_of_it_goes() -> None:
    body = """
        seen = []
        def use():
            handle = Handle(seen)
            handle.name = "a"
            seen.append("before")
            del handle
            seen.append("after")
        together(use)
        return seen
    """
    assert outcomes(body, module=HANDLE) == {'returned ["before", "closed", "after"]'}


def test_an_object_ends_with_the_function_that_made_it() -> None:
    body = """
        seen = []
        def make(): Handle(seen).name = "a"
        def use():
            make()
            seen.append("after")
        together(use)
        return seen
    """
    assert outcomes(body, module=HANDLE) == {'returned ["closed", "after"]'}


@pytest.mark.parametrize("container", ["[Handle(seen)]", "{1: Handle(seen)}", "[[Handle(seen)]]"])
def test_an_object_ends_with_the_last_container_that_holds_it_before_the_next_step(container: str) -> None:
    body = f"""
        seen = []
        def use():
            held = {container}
            len(held)
            del held
            seen.append("after")
        together(use)
        return seen
    """
    assert outcomes(body, module=HANDLE) == {'returned ["closed", "after"]'}


def test_an_object_ends_when_it_is_taken_out_of_a_container() -> None:
    body = """
        seen, held = [], []
        def use():
            held.append(Handle(seen))
            held.clear()
            seen.append("after")
        together(use)
        return seen
    """
    assert outcomes(body, module=HANDLE) == {'returned ["closed", "after"]'}


def test_what_an_object_does_at_its_end_can_be_interrupted() -> None:
    module = """
        class Handle:
            def __init__(self, counter): self.counter = counter
            def __del__(self): self.counter[0] += 1
    """
    body = """
        counter = [0]
        def use():
            handle = Handle(counter)
            handle.counter
            del handle
        together(use, use)
        return counter[0]
    """
    assert outcomes(body, module=module) == {"returned 1", "returned 2"}


def test_an_object_that_takes_a_lock_at_its_end_deadlocks_under_that_lock() -> None:
    module = """
        class Handle:
            def __init__(self, lock): self.lock = lock
            def __del__(self):
                with self.lock: pass
    """
    body = """
        lock = threading.Lock()
        def use():
            handle = Handle(lock)
            handle.lock
            with lock:
                del handle
        together(use)
    """
    assert outcomes(body, module=module) == {"stuck"}


def test_a_generator_that_is_dropped_does_what_it_has_to_finish() -> None:
    body = """
        seen = []
        def numbers():
            try: yield 1
            finally: seen.append("closed")
        def use():
            source = numbers()
            next(source)
            del source
            seen.append("after")
        together(use)
        return seen
    """
    assert outcomes(body) == {'returned ["closed", "after"]'}


def test_the_callback_of_a_weak_reference_comes_when_the_object_ends() -> None:
    body = """
        import weakref
        class Thing: name = None
        seen = []
        def use():
            thing = Thing()
            thing.name = "a"
            reference = weakref.ref(thing, lambda _: seen.append("ended"))
            del thing
            seen.append(reference() is None)
        together(use)
        return seen
    """
    assert ending(body) == 'returned ["ended", true]'


def test_the_workers_of_an_executor_that_nobody_holds_end() -> None:
    module = """
        from concurrent.futures import ThreadPoolExecutor
        class Service:
            def __init__(self): self.pool = ThreadPoolExecutor(1)
            def ask(self): return self.pool.submit(len, "abc").result()
    """
    body = """
        answer = Service().ask()
        while threading.active_count() > 1: time.sleep(0.1)
        return answer
    """
    assert ending(body, module=module) == "returned 3"


def test_a_collection_finds_a_cycle_that_others_only_might_have_held() -> None:
    body = """
        import gc, weakref
        class Node: children = ()
        def leave():
            node = Node()
            node.children = [node]
            node.children.append(node)
            return weakref.ref(node)
        def watch(): Node.children
        thread = threading.Thread(target=watch)
        thread.start()
        reference = leave()
        before = reference() is None
        gc.collect()
        after = reference() is None
        thread.join()
        return [before, after]
    """
    assert ending(body) == "returned [false, true]"


def test_a_collection_leaves_what_is_in_use_the_same_object_to_the_search() -> None:
    body = """
        import gc
        counter = [0]
        def add(): counter[0] += 1
        def collect():
            counter.append(1)
            gc.collect()
            counter[0] += 1
        together(add, collect)
        return counter
    """
    assert outcomes(body) == {"returned [1, 1]", "returned [2, 1]"}


def test_a_loop_that_polls_does_not_keep_alive_what_its_turns_had() -> None:
    body = """
        seen, go = [], []
        def poll():
            while len(seen) < 3:
                handle = Handle(seen)
                handle.name = "a"
                del handle
            seen.append("after")
        def use():
            turns = 0
            while turns < 1:
                handle = Handle(seen)
                turns += 1
            return None
        together(use)
        seen.append("used")
        together(poll)
        return seen
    """
    assert ending(body, module=HANDLE) == 'returned ["closed", "used", "closed", "after"]'


def test_a_loop_that_waits_is_still_known_to_get_nowhere() -> None:
    body = """
        import gc
        a = []
        def wait():
            while not a: pass
        together(wait, lambda: a.append(1))
        return a
    """
    assert outcomes(body) == {"returned [1]"}


@pytest.mark.parametrize("body", [LOST_UPDATE, LOCK_CYCLE])
def test_markers_change_nothing_in_what_is_found_and_how_fast(body: str) -> None:
    marked = body.replace("\n    ", "\n    import gc\n    ", 1)
    assert searched(body, Dpor()) == searched(marked, Dpor())
    assert EXECUTION.lifetimes is not None
    assert searched(body, Dpor(1)) == searched(marked, Dpor(1))


def test_a_recording_has_the_same_objects_end_at_the_same_steps() -> None:
    body = """
        seen = []
        def use():
            handle = Handle(seen)
            handle.name = "a"
            del handle
            seen.append("after")
        together(use)
    """
    assert told(recorded(HANDLE.replace("\n    ", "\n        ") + body))[1:-1] == [
        "1 write seen = []",
        "1 write handle.name = 'a'",
        "1 read seen = []",
        "1 call seen.append = ['closed']",
        "1 call seen.append = ['closed', 'after']",
        "1 end use()",
    ]


def test_nothing_of_an_execution_stays_behind() -> None:
    body = """
        import gc
        class Thing: pass
        thing = Thing()
        thing.items = []
        def use(): thing.items.append([1])
        together(use, use)
        return len(thing.items)
    """
    gc.collect()
    gc.disable()
    try:
        ending(body)
        before = sum(isinstance(each, Marker | Lifetimes) for each in gc.get_objects())
        ending(body, executions=5)
        assert sum(isinstance(each, Marker | Lifetimes) for each in gc.get_objects()) == before
    finally:
        gc.enable()


def test_another_object_at_the_same_address_has_another_marker() -> None:
    class Thing:
        pass

    lifetimes = Lifetimes()
    markers = [lifetimes.marker_of(Thing()) for _ in range(5)]
    assert len(set(markers)) == 5
    held = []
    for _ in range(5):
        held.append(lifetimes.marker_of([]))
        lifetimes.sweep()
    assert len(set(held)) == 5


def test_a_marker_leads_to_its_object_as_long_as_that_lives() -> None:
    class Thing:
        pass

    lifetimes, thing, items = Lifetimes(), Thing(), [1]
    markers = [lifetimes.marker_of(thing), lifetimes.marker_of(items)]
    assert [lifetimes.object_of(marker) for marker in markers] == [thing, items]
    del thing, items
    lifetimes.sweep()
    assert [lifetimes.object_of(marker) for marker in markers] == [None, None]
    assert lifetimes.marker_of("text") == lifetimes.object_of("text") == "text"


@pytest.mark.parametrize(
    ("source", "noticed"),
    [
        ("class A:\n    def __del__(self): pass", True),
        ("import weakref", True),
        ("import gc", True),
        ("from concurrent.futures import ThreadPoolExecutor", True),
        ("def f():\n    try:\n        yield\n    finally: pass", True),
        ("def f():\n    with lock:\n        yield from ()", True),
        ("def f():\n    yield 1", False),
        ("def f():\n    with lock: pass", False),
        ("gcd = 1", False),
    ],
)
def test_markers_are_used_where_somebody_may_notice(source: str, noticed: bool) -> None:
    assert may_notice(source) is noticed
