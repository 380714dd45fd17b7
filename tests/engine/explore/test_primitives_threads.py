"""Threads, their locals and the queue under the others: starting, joining, naming, ending."""

from __future__ import annotations

import sys

import pytest

from tests.engine.explore.exploring import ending, outcomes


@pytest.mark.parametrize(
    "body, said",
    [
        ("threading.Thread(target=int).join()", "raised:RuntimeError cannot join thread before it is started"),
        ("threading.current_thread().join()", "raised:RuntimeError cannot join current thread"),
        (
            "t = threading.Thread(target=int); t.start(); t.start()",
            "raised:RuntimeError threads can only be started once",
        ),
        ("threading.Thread(daemon=True, target=int).daemon = None; return 1", "returned 1"),
        ("t = threading.Thread(target=int); t.start(); t.join(-1); t.join(); return t.is_alive()", "returned false"),
        ("threading.Thread(int)", "raised:AssertionError group argument must be None for now"),
        ("threading.Thread(target=1 / 0)", "raised:ZeroDivisionError division by zero"),
        ("t = threading.Thread(target=7); t.start(); t.join()", "raised:TypeError 'int' object is not callable"),
        ("import _thread; _thread.start_new_thread(1, ())", "raised:TypeError first arg must be callable"),
        ("import _thread; _thread.start_new_thread(int, [])", "raised:TypeError 2nd arg must be a tuple"),
        (
            "import _thread; _thread.start_new_thread(int, (), 1)",
            "raised:TypeError optional 3rd arg must be a dictionary",
        ),
        ("threading.local(1)", "raised:TypeError Initialization arguments are not supported"),
    ],
)
def test_threads_answer_as_real_ones_do(body, said):
    assert ending(body) == said


@pytest.mark.parametrize("timeout", ["float('inf')", "float('nan')", "1e10", "'1'"])
def test_a_wrong_timeout_of_join_is_refused_as_by_a_real_thread(timeout):
    import threading

    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    try:
        real = threading.Thread(target=threading.Event().wait, daemon=True)
        real.start()
        real.join(eval(timeout))
    except (ValueError, OverflowError, TypeError) as error:
        expected = f"raised:{type(error).__name__} {error}"
    body = f"t = threading.Thread(target=time.sleep, args=(1,)); t.start()\ntry: t.join({timeout})\nfinally: t.join()"
    assert ending(body) == expected


def test_a_stack_of_a_wrong_size_is_refused_as_by_the_real_module():
    import threading

    with pytest.raises(ValueError) as caught:
        threading.stack_size(1)
    assert ending("threading.stack_size(1)") == f"raised:ValueError {caught.value}"
    assert ending("return [threading.stack_size(1 << 20), threading.stack_size()]") == "returned [0, 1048576]"


def test_threads_have_names_idents_and_a_place_in_the_list():
    assert (
        ending("""
        def work():
            me = threading.current_thread()
            return [me.name, me.ident == threading.get_ident(), me in threading.enumerate(), threading.active_count()]
        return together(work)
    """)
        == 'returned [["Thread-1 (_keep_ending)", true, true, 2]]'
    )


def test_names_count_from_one_in_every_execution():
    assert ending("return threading.Thread().name", executions=3) == 'returned "Thread-1"'


def test_a_join_with_a_timeout_sees_the_thread_ended_or_alive():
    assert outcomes("""
        thread = threading.Thread(target=time.sleep, args=(1,))
        thread.start()
        thread.join(timeout=2)
        alive = thread.is_alive()
        thread.join()
        return alive
    """) == {"returned true", "returned false"}


def test_a_subclass_runs_its_run():
    assert outcomes("""
        class Worker(threading.Thread):
            def run(self): self.result = 7
        worker = Worker()
        worker.start(); worker.join()
        return worker.result
    """) == {"returned 7"}


def test_daemons_may_be_left_and_others_are_told():
    assert ending("threading.Thread(target=threading.Event().wait).start()") == "left-alive"


def test_an_exception_ends_its_thread_and_is_told():
    assert ending("t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()").startswith(
        "raised:ZeroDivisionError"
    )


def test_an_excepthook_may_take_care_of_it():
    assert (
        ending(
            """
        seen = []
        threading.excepthook = lambda args: seen.append(args.exc_type.__name__)
        t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()
        return seen
    """,
            executions=2,
        )
        == 'returned ["ZeroDivisionError"]'
    )


def test_an_excepthook_that_raises_hides_nothing(capsys):
    assert (
        ending("""
        def hook(args): raise KeyError("from the hook")
        threading.excepthook = hook
        t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()
    """)
        == "raised:ZeroDivisionError division by zero"
    )
    assert "KeyError" in capsys.readouterr().err


def test_a_bare_thread_that_raises_is_told():
    assert ending("import _thread; _thread.start_new_thread(lambda: 1 / 0, ()); time.sleep(1)").startswith(
        "raised:ZeroDiv"
    )


def test_an_unraisable_hook_may_take_care_of_it():
    before = sys.unraisablehook
    assert (
        ending(
            """
        import _thread
        seen = []
        sys.unraisablehook = lambda args: seen.append(args.exc_type.__name__)
        _thread.start_new_thread(lambda: 1 / 0, ())
        time.sleep(1)
        return seen
    """,
            executions=2,
        )
        == 'returned ["ZeroDivisionError"]'
    )
    ending("return 1")
    assert sys.unraisablehook is before


def test_a_bare_thread_can_ask_who_it_is():
    assert outcomes("""
        import _thread
        done, seen = threading.Event(), []
        def work():
            seen.append(threading.current_thread().ident)
            done.set()
        ident = _thread.start_new_thread(work, ())
        done.wait()
        return [number == ident for number in seen]
    """) <= {"returned [true]", "left-alive"}


def test_exit_ends_a_thread_in_silence():
    assert ending("t = threading.Thread(target=sys.exit); t.start(); t.join(); return 1") == "returned 1"


def test_a_thread_at_import_is_refused_with_a_sentence():
    with pytest.raises(
        RuntimeError, match=r"a thread is started while the module is imported: .* start it inside a function"
    ):
        ending("pass", module="threading.Thread(target=int).start()")


def test_the_first_thread_can_be_waited_for():
    assert ending("together(threading.main_thread().join)") == "stuck"
    assert ending("return threading.main_thread().is_alive()") == "returned true"


def test_the_first_thread_has_its_own_name_again_in_the_next_execution():
    body = "name = threading.current_thread().name; threading.current_thread().name = 'mine'; return name"
    assert ending(body, executions=2) == 'returned "MainThread"'


def test_every_thread_has_its_own_locals():
    assert outcomes("""
        own = threading.local()
        own.name = "main"
        def use(name):
            before = getattr(own, "name", None)
            own.name = name
            return [before, own.name]
        return [*together((use, "a"), (use, "b")), own.name]
    """) == {'returned [[null, "a"], [null, "b"], "main"]'}


def test_locals_set_at_import_belong_to_the_first_thread():
    program = "return [own.name, *together(lambda: hasattr(own, 'name'))]"
    assert (
        ending(program, module="own = threading.local(); own.name = 'main'", executions=2) == 'returned ["main", false]'
    )


def test_a_subclass_of_local_is_set_up_for_every_thread():
    assert (
        ending("""
        class Own(threading.local):
            def __init__(self, start): self.value = start
        own = Own(7)
        own.value += 1
        return [own.value, *together(lambda: own.value)]
    """)
        == "returned [8, 7]"
    )


def test_locals_of_a_thread_go_with_it():
    assert (
        ending("""
        import weakref
        class Thing: pass
        own, seen = threading.local(), []
        def use():
            own.thing = Thing()
            seen.append(weakref.ref(own.thing))
        together(use)
        return [hasattr(own, "thing"), seen[0]() is None]
    """)
        == "returned [false, true]"
    )


def test_a_simple_queue_hands_over_in_order():
    assert outcomes("""
        items = queue.SimpleQueue()
        def put():
            items.put(1)
            items.put(2)
        return together(put, lambda: [items.get(), items.get()])[1]
    """) == {"returned [1, 2]"}


def test_a_simple_queue_is_found_empty_or_not():
    assert outcomes("""
        items = queue.SimpleQueue()
        def look():
            return [items.empty(), attempt(items.get, False).get("returned")]
        return together(lambda: items.put(1), look)[1]
    """) == {"returned [true, null]", "returned [true, 1]", "returned [false, 1]"}


def test_a_simple_queue_waits_as_long_as_it_was_asked_to():
    assert outcomes("""
        items = queue.SimpleQueue()
        return attempt(items.get, True, 1)["raised"]
    """) == {'returned "Empty"'}
    assert ending("queue.SimpleQueue().get()") == "stuck"
    assert ending("queue.SimpleQueue().get(True, -1)") == "raised:ValueError 'timeout' must be a non-negative number"


def test_five_hundred_threads_run():
    assert ending("return len(together(*[int] * 500))") == "returned 500"


@pytest.mark.parametrize(
    "seconds, said",
    [
        ("-1", "ValueError sleep length must be non-negative"),
        ("float('nan')", "ValueError Invalid value NaN (not a number)"),
    ],
)
def test_a_wrong_sleep_is_refused(seconds, said):
    assert ending(f"time.sleep({seconds})") == f"raised:{said}"


def test_an_endless_sleep_is_refused():
    assert ending("time.sleep(float('inf'))").startswith("raised:OverflowError")


def test_sleeping_is_never_seen_to_take_too_short():
    assert (
        ending("""
        short = 0
        for number in range(100):
            start = time.monotonic()
            time.sleep(number * 0.1)
            short += time.monotonic() - start < number * 0.1
        return short
    """)
        == "returned 0"
    )


def test_built_in_functions_do_not_bind():
    assert (
        ending("""
        class Clock:
            now, rest, lock = time.monotonic, time.sleep, threading.Lock
        Clock().rest(1)
        return [Clock().now() > 1000, Clock().lock().acquire()]
    """)
        == "returned [true, true]"
    )
