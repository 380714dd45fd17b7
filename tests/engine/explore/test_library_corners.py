"""Less used parts of the modules that controlled code imports: they answer as everywhere."""

from __future__ import annotations

import pytest

from dojo.errors import InternalError
from dojo.explore import stdlib
from tests.engine.explore.exploring import ending, notes, outcomes


@pytest.mark.parametrize(
    "body, said",
    [
        ("return str(queue.SimpleQueue[int]).rpartition('.')[2]", 'returned "SimpleQueue[int]"'),
        ("box = queue.SimpleQueue(); box.put_nowait(7); return [box.qsize(), box.get_nowait()]", "returned [1, 7]"),
        ("box = queue.SimpleQueue(); box.put(7); return [box.get(), box.empty()]", "returned [7, true]"),
        ("own = threading.local(); own.x = 7; del own.x; return hasattr(own, 'x')", "returned false"),
        ("return threading.local().__dict__", "returned {}"),
        (
            "threading.local().__dict__ = {}",
            "raised:AttributeError '_thread._local' object attribute '__dict__' is read-only",
        ),
        (
            "class Own(threading.local): pass\nOwn().__dict__ = {}",
            "raised:AttributeError 'Own' object attribute '__dict__' is read-only",
        ),
        (
            "del threading.local().__dict__",
            "raised:AttributeError '_thread._local' object attribute '__dict__' is read-only",
        ),
        ("return time.strftime('%Y', time.gmtime(0))", 'returned "1970"'),
        ("return time.strftime('%Y') == time.strftime('%Y', time.localtime())", "returned true"),
        ("return time.gmtime().tm_year", "returned 2023"),
        ("import atexit; return atexit.register(int) is int", "returned true"),
        ("import gc; return gc.collect() >= 0", "returned true"),
        (
            "import threading.nothing",
            "raised:ModuleNotFoundError No module named 'threading.nothing'; 'threading' is not a package",
        ),
        ("import logging; logging._lock.acquire(); logging._lock.release(); return 1", "returned 1"),
    ],
)
def test_it_answers_as_everywhere(body, said):
    assert ending(body) == said


def test_what_a_package_does_not_hold_cannot_be_imported_from_it():
    said = ending("from concurrent.futures import nothing")
    assert said.startswith("raised:ImportError cannot import name 'nothing' from 'concurrent.futures'")


@pytest.mark.parametrize(
    "module, name",
    [("queue", "Empty"), ("concurrent.futures", "ThreadPoolExecutor"), ("xml.sax.handler", "ContentHandler")],
)
def test_everything_can_be_imported_from_a_module(module, name):
    assert ending(f"return {name!r} in globals()", module=f"from {module} import *") == "returned true"


def test_a_pool_of_threads_gives_up_waiting_for_a_result():
    assert (
        ending("""
        from multiprocessing.pool import ThreadPool
        pool = ThreadPool(1)
        slow = pool.apply_async(time.sleep, (10,))
        slow.wait(1)
        late = [slow.ready(), attempt(slow.get, 1)["raised"]]
        pool.close()
        pool.join()
        return late
    """)
        == 'returned [false, "TimeoutError"]'
    )


@pytest.mark.parametrize("wanted", ["Pool", "Process"])
def test_a_context_of_processes_is_refused(wanted):
    said = ending(f"import multiprocessing; multiprocessing.get_context('fork').{wanted}(1)")
    assert said.startswith("raised:Uncontrolled program.py, line 6, calls multiprocessing.get_context, which starts a")


def test_what_makes_processes_may_be_made_while_a_module_is_imported():
    assert ending("return lock.acquire()", module="import multiprocessing\nlock = multiprocessing.Lock()") == (
        "returned true"
    )


def test_a_signal_handler_of_the_first_thread_is_set_and_noted():
    body = "import signal; return signal.signal(signal.SIGUSR1, signal.SIG_DFL) == signal.SIG_DFL"
    assert ending(body) == "returned true"
    (sentence,) = notes(body)
    assert sentence == (
        "program.py, line 6, calls signal.signal, which waits for a signal or asks for one: "
        "no schedule says when a signal comes"
    )


def test_what_is_done_to_the_builtins_is_undone():
    body = """
        import builtins
        before = hasattr(builtins, "mine")
        __builtins__["mine"] = 1
        return before
    """
    assert ending(body, executions=2) == "returned false"


def test_a_seed_of_one_execution_is_none_of_the_next():
    body = "import random; drawn = random.random(); random.seed(7); return drawn"
    assert ending(body) == ending(body, executions=3)


def test_a_thread_that_only_polls_a_simple_queue_gets_what_is_put():
    assert outcomes("""
        box = queue.SimpleQueue()
        def poll():
            while box.qsize() == 0: pass
            return box.get()
        return together(poll, (box.put, 7))[0]
    """) == {"returned 7"}


def test_a_library_that_is_not_as_it_was_is_a_fault_of_ours(monkeypatch):
    monkeypatch.setattr(stdlib, "REPLACED", (("sched", "no such text", ""),))
    library = stdlib.Library()
    with pytest.raises(InternalError) as caught:
        library.load("sched")
    assert caught.value.slug == "library-changed"
    assert "holds no 'no such text': adapt REPLACED to it." in str(caught.value)
    assert "sched" not in library.modules


LAZY = """\
if True:
    lazy from .thread import ThreadPoolExecutor
    lazy from .process import ProcessPoolExecutor
"""


def test_lazy_imports_of_copies_are_made_at_once_and_others_later():
    rewritten = stdlib._without_lazy_imports(LAZY, "concurrent.futures")
    assert rewritten.startswith("if True:\n    from .thread import ThreadPoolExecutor\n    pass\n")
    space = {"__name__": "concurrent.futures", "__package__": "concurrent.futures"}
    exec(rewritten.replace("from .thread import ThreadPoolExecutor", "pass"), space)
    assert space["__getattr__"]("ProcessPoolExecutor").__name__ == "ProcessPoolExecutor"
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        space["__getattr__"]("nothing")


def test_a_module_without_lazy_imports_stays_as_it_is():
    assert stdlib._without_lazy_imports("import queue\n", "queue") == "import queue\n"
