"""What the standard library offers to threads, on the re-executed copies; nothing is left to the next execution."""

from __future__ import annotations

import logging
import sys

import pytest

from tests.engine.explore.exploring import LIBRARY, ending, outcomes


def test_a_bounded_queue_hands_over_everything():
    assert outcomes("""
        items = queue.Queue(maxsize=1)
        def put():
            for number in range(2): items.put(number)
        return together(put, lambda: [items.get(), items.get()])[1]
    """) == {"returned [0, 1]"}


def test_queue_join_waits_for_task_done():
    assert outcomes("""
        items, done = queue.Queue(), []
        def work():
            done.append(items.get())
            items.task_done()
        thread = threading.Thread(target=work); thread.start()
        items.put(7)
        items.join()
        seen = list(done)
        thread.join()
        return seen
    """) == {"returned [7]"}


def test_other_queues_order_their_items():
    assert (
        ending("""
        last, first = queue.LifoQueue(), queue.PriorityQueue()
        for number in (2, 1, 3):
            last.put(number)
            first.put(number)
        return [last.get(), first.get()]
    """)
        == "returned [3, 1]"
    )


@pytest.mark.skipif(sys.version_info < (3, 13), reason="Queue.shutdown is new in 3.13")
def test_a_queue_that_is_shut_down_wakes_who_waits():
    assert outcomes("""
        items = queue.Queue()
        return together((attempt, items.get), items.shutdown)[0]["raised"]
    """) == {'returned "ShutDown"'}


def test_a_pool_runs_what_is_submitted():
    assert outcomes("""
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(pow, 2, 3).result()
    """) == {"returned 8"}


def test_a_pool_waits_and_completes():
    assert (
        ending("""
        from concurrent.futures import ThreadPoolExecutor, as_completed, wait
        with ThreadPoolExecutor() as pool:
            futures = [pool.submit(abs, -number) for number in range(3)]
            done, pending = wait(futures)
            return [len(done), len(pending), sorted(future.result() for future in as_completed(futures)),
                    list(pool.map(abs, [-1, -2]))]
    """)
        == "returned [3, 0, [0, 1, 2], [1, 2]]"
    )


def test_as_completed_runs_out_of_time():
    assert (
        ending("""
        from concurrent.futures import ThreadPoolExecutor, as_completed
        with ThreadPoolExecutor() as pool:
            return attempt(lambda: list(as_completed([pool.submit(time.sleep, 5)], timeout=2)))["message"]
    """)
        == 'returned "1 (of 1) futures unfinished"'
    )


def test_a_package_gives_its_copies_in_every_execution():
    body = (
        "from concurrent import futures\nreturn futures.ThreadPoolExecutor(1).submit(threading.get_ident).result() > 9"
    )
    assert ending(body, executions=3) == "returned true"


def test_a_pool_of_multiprocessing_dummy_runs_threads():
    assert (
        ending("""
        from multiprocessing.dummy import Pool, Process
        with Pool(2) as pool:
            result = pool.map(abs, [-1, -2])
        pool.join()
        process = Process(target=result.append, args=(3,)); process.start(); process.join()
        return result
    """)
        == "returned [1, 2, 3]"
    )


def test_a_scheduler_runs_in_the_order_of_time():
    assert outcomes("""
        import sched
        scheduler, ran = sched.scheduler(time.monotonic, time.sleep), []
        scheduler.enter(2, 1, ran.append, ("second",))
        scheduler.enter(1, 1, ran.append, ("first",))
        scheduler.run()
        return ran
    """) == {'returned ["first", "second"]'}


def test_a_thread_has_a_context_of_its_own():
    assert (
        ending("""
        import contextvars
        variable = contextvars.ContextVar("variable", default="unset")
        variable.set("main")
        context = contextvars.copy_context()
        return [*together(variable.get, (context.run, variable.get)), variable.get()]
    """)
        == 'returned ["unset", "main", "main"]'
    )


@pytest.mark.skipif(sys.version_info < (3, 14), reason="Thread(context=) is new in 3.14")
def test_a_thread_can_be_given_a_context():
    assert (
        ending("""
        import contextvars
        variable, seen = contextvars.ContextVar("variable"), []
        variable.set("main")
        thread = threading.Thread(target=lambda: seen.append(variable.get()), context=contextvars.copy_context())
        thread.start(); thread.join()
        return seen
    """)
        == 'returned ["main"]'
    )


@pytest.mark.skipif(sys.version_info < (3, 15), reason="serialize_iterator is new in 3.15")
def test_a_serialized_iterator_gives_every_item_once():
    assert outcomes("""
        numbers = threading.serialize_iterator(iter([1, 2]))
        return sorted(together((next, numbers), (next, numbers)))
    """) == {"returned [1, 2]"}


def test_a_cache_runs_its_function_for_one_or_both():
    assert outcomes("""
        import functools
        calls = []
        @functools.lru_cache
        def compute(): calls.append(1); return 7
        return [*together(compute, compute), len(calls)]
    """) == {"returned [7, 7, 1]", "returned [7, 7, 2]"}


def test_a_cached_property_locks_where_this_version_does():
    often = {"returned 1"} if sys.version_info < (3, 12) else {"returned 1", "returned 2"}
    assert (
        outcomes("""
        import functools
        calls = []
        class Thing:
            @functools.cached_property
            def value(self): calls.append(1); return 7
        thing = Thing()
        together(lambda: thing.value, lambda: thing.value)
        return len(calls)
    """)
        == often
    )


def test_logging_works_in_tasks_and_leaves_nothing():
    assert (
        ending(
            """
        import logging
        class Keep(logging.Handler):
            def emit(self, record): kept.append(record.getMessage())
        kept = []
        logger = logging.getLogger("mine")
        logger.addHandler(Keep())
        together((logger.warning, "one"), (logger.warning, "one"))
        return [kept, len(logger.handlers), len(logging.getLogger().handlers)]
    """,
            executions=3,
        )
        == 'returned [["one", "one"], 1, 0]'
    )
    assert "mine" not in logging.Logger.manager.loggerDict


def test_what_is_done_to_the_library_is_undone():
    body = """
        before = [hasattr(threading, "mine"), hasattr(threading.Thread, "mine"), threading.Thread.join.__name__]
        threading.mine = threading.Thread.mine = threading.Thread.join = print
        return before
    """
    assert ending(body, executions=2) == 'returned [false, false, "join"]'


def test_the_real_modules_are_left_alone():
    import threading
    import time

    ending("threading.mine = 1")
    assert not hasattr(threading, "mine")
    assert LIBRARY.load("threading") is not threading and LIBRARY.load("time") is not time


def test_submodules_are_imported_as_everywhere():
    assert (
        ending("""
        import os.path, xml.dom, concurrent.futures.thread
        from xml import sax
        from email.mime import text as plain
        return [os.path.sep, xml.dom.__name__, sax.__name__, plain.__name__, concurrent.futures.thread.__name__]
    """)
        == 'returned ["/", "xml.dom", "xml.sax", "email.mime.text", "concurrent.futures.thread"]'
    )


def test_a_missing_module_is_missing():
    assert ending("import nothing_of_the_kind") == "raised:ModuleNotFoundError No module named 'nothing_of_the_kind'"
    assert ending("from xml import nothing").startswith("raised:ImportError cannot import name 'nothing' from 'xml'")


def test_random_numbers_are_the_same_in_every_execution():
    body = "import random; return random.random()"
    assert ending(body) == ending(body, executions=3)


def test_a_callback_of_a_weak_reference_may_take_a_lock():
    assert (
        ending("""
        import weakref
        class Thing: pass
        lock, gone, thing = threading.RLock(), [], Thing()
        def note(_):
            with lock: gone.append(1)
        reference = weakref.ref(thing, note)
        with lock: del thing
        return gone
    """)
        == "returned [1]"
    )


def test_a_loop_may_poll_a_queue():
    assert outcomes("""
        items = queue.Queue()
        def put():
            time.sleep(1)
            items.put(7)
        def poll():
            while items.empty():
                time.sleep(0.3)
            return items.get()
        return together(put, poll)[1]
    """) == {"returned 7"}


def test_two_loops_may_poll_one_queue():
    assert outcomes(
        """
        items = queue.Queue()
        def poll():
            while True:
                try:
                    return items.get_nowait()
                except queue.Empty:
                    pass
        return sorted(together(poll, poll, lambda: [items.put(1), items.put(2)])[:2])
    """,
        budget=20_000,
    ) == {"returned [1, 2]"}


def test_a_loop_may_poll_a_future():
    assert outcomes("""
        from concurrent.futures import Future
        future = Future()
        def poll():
            while not future.done():
                pass
            return future.result()
        return together(poll, (future.set_result, 7))[0]
    """) == {"returned 7"}


def test_the_result_of_a_future_goes_with_it():
    assert (
        ending("""
        import weakref
        from concurrent.futures import Future
        class Thing: pass
        future = Future()
        together(lambda: future.set_result(Thing()))
        gone = weakref.ref(future.result())
        del future
        return gone() is None
    """)
        == "returned true"
    )


def test_a_builtin_that_is_replaced_is_another_one_for_the_program_and_for_nobody_else() -> None:
    body = "import builtins\nbuiltins.abs = lambda number: 'mine'\nreturn [abs(-1), builtins.abs(-1)]"
    assert ending(body, executions=2) == 'returned ["mine", "mine"]'
    assert abs(-1) == 1
