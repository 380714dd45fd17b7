"""Checks of threads/start_and_join: a thread for each job, all at the same time, every result and every exception."""

import threading
import time

NOT_CONCURRENT = "NOT-CONCURRENT: two jobs that wait for each other never meet: they do not run at the same time"
TOO_FEW = "NOT-CONCURRENT: a hundred jobs that wait for each other never meet: not all of them run at the same time"
LEFT = "THREAD-LEAK: run_all came back while a thread that it had started was still alive"


class Halt(BaseException):
    """No Exception: only `except BaseException` catches it."""


ERRORS = {error.__name__: error for error in (ValueError, SystemExit, KeyboardInterrupt, Halt)}


def run_all(kata, jobs):
    """Call run_all and say in JSON how it ended: a list of results, or what else it returned or raised."""
    # A design may let an exception leave its thread as well: what counts is what run_all makes of it.
    threading.excepthook = note_nothing
    try:
        results = kata.run_all(jobs)
    except (Exception, SystemExit, KeyboardInterrupt, BaseExceptionGroup, Halt) as error:
        return f"raised {shown(error)}"
    return [shown(result) for result in results] if isinstance(results, list) else f"returned {shown(results)}"


def note_nothing(_):
    """Stand in for threading.excepthook."""


def shown(value):
    """A value as JSON: itself, or a text that says what it is."""
    if isinstance(value, BaseException):
        return f"{type(value).__name__}: {value}"
    return value if type(value) in (type(None), bool, int, float, str) else f"a {type(value).__name__}"


def said(ending):
    """How run_all ended, as the end of a sentence that begins with "run_all"."""
    return ending if isinstance(ending, str) else f"returned {ending}"


def failing(name, message):
    def job():
        raise ERRORS[name](message)

    return job


def two_results(kata):
    return run_all(kata, [lambda: "first", lambda: "second"])


def test_results_come_in_the_order_of_the_jobs(explore):
    expected = ["first", "second"]
    for outcome in explore(two_results, leaves_threads=LEFT):
        code = "RESULT-ORDER: " if outcome.value == expected[::-1] else ""
        assert outcome.value == expected, f"{code}two jobs ended, run_all {said(outcome.value)}, expected {expected}"


def no_jobs(kata):
    return run_all(kata, [])


def test_no_jobs_give_no_results(explore):
    for outcome in explore(no_jobs, leaves_threads=LEFT):
        assert outcome.value == [], f"no jobs: run_all {said(outcome.value)}, expected []"


def two_jobs_meet(kata):
    here, there = threading.Event(), threading.Event()

    def meet(mine, other, result):
        mine.set()
        other.wait()
        return result

    return run_all(kata, [lambda: meet(here, there, "here"), lambda: meet(there, here, "there")])


def test_two_jobs_run_at_the_same_time(explore):
    for outcome in explore(two_jobs_meet, stuck=NOT_CONCURRENT, leaves_threads=LEFT):
        expected = ["here", "there"]
        assert outcome.value == expected, f"two jobs met, run_all {said(outcome.value)}, expected {expected}"


def a_hundred_jobs_meet(kata):
    """The first and the last wait for each other, all others for both: a gap anywhere leaves somebody waiting.

    Locks that are held from the start, not events or a barrier: nobody can come too early, so the search stays small.
    """
    here, there = [threading.Lock() for _ in range(100)], [threading.Lock() for _ in range(100)]
    for lock in here + there:
        lock.acquire()

    def job(place):
        if place == 0:
            for lock in here:
                lock.release()
        if place == 99:
            for lock in there:
                lock.release()
        here[place].acquire()
        there[place].acquire()
        return place

    return run_all(kata, [lambda place=place: job(place) for place in range(100)])


def test_a_hundred_jobs_all_meet(explore):
    for outcome in explore(a_hundred_jobs_meet, stuck=TOO_FEW, leaves_threads=LEFT, budget=20):
        assert outcome.value == list(range(100)), f"a hundred jobs met, run_all {said(outcome.value)}, expected 0 to 99"


def where_jobs_run(kata):
    caller = threading.get_ident()
    return run_all(kata, [lambda: threading.get_ident() == caller, lambda: threading.get_ident() == caller])


def test_no_job_runs_in_the_thread_of_the_caller(explore):
    for outcome in explore(where_jobs_run, leaves_threads=LEFT):
        assert outcome.value == [False, False], (
            f"{outcome.value.count(True)} of two jobs ran in the caller's own thread, expected a thread for each"
            if isinstance(outcome.value, list)
            else f"two jobs ended, run_all {said(outcome.value)}"
        )


def same_job_twice(kata):
    numbers = [2, 1]

    def take():
        return numbers.pop()

    ending = run_all(kata, [take, take])
    return sorted(ending, key=str) if isinstance(ending, list) else ending


def test_the_same_job_may_stand_there_twice(explore):
    for outcome in explore(same_job_twice, leaves_threads=LEFT):
        assert outcome.value == [1, 2], f"one job stood there twice and gave 1, then 2: run_all {said(outcome.value)}"


def jobs_that_return(kata, kind):
    value = {"nothing": None, "an exception": ValueError("just a value")}[kind]
    return run_all(kata, [lambda: value, lambda: "tea"])


def test_a_job_may_return_nothing(explore):
    for outcome in explore(jobs_that_return, "nothing", leaves_threads=LEFT):
        assert outcome.value == [None, "tea"], (
            f"a job returned None: run_all {said(outcome.value)}, expected [None, 'tea']"
        )


def test_a_job_may_return_an_exception(explore):
    expected = ["ValueError: just a value", "tea"]
    for outcome in explore(jobs_that_return, "an exception", leaves_threads=LEFT):
        assert outcome.value == expected, f"a job returned (not raised) a ValueError: run_all {said(outcome.value)}"


def jobs_that_return_marks(kata):
    """Values that a design might take for its own mark of a job that raised."""
    error = ValueError("just a value")
    values = [
        SystemExit(0),
        Halt(),
        (error,),
        ("error", error),
        (error, None),
        (None, error),
        (False, error),
        (True, error),
    ]
    return [shown(value) for value in values if kata.run_all([lambda value=value: value]) != [value]]


def test_a_job_may_return_anything(explore):
    for outcome in explore(jobs_that_return_marks, leaves_threads=LEFT, budget=20):
        assert not outcome.value, f"a job returned {outcome.value[0]}: run_all did not return it, or raised"


def a_job_that_calls_run_all(kata):
    return run_all(kata, [lambda: "first", lambda: kata.run_all([lambda: "inner"]), lambda: "last"])


def test_a_job_may_call_run_all(explore):
    for outcome in explore(a_job_that_calls_run_all, leaves_threads=LEFT, budget=100):
        assert outcome.value == ["first", "a list", "last"], (
            f"one of three jobs called run_all itself: the outer run_all {said(outcome.value)}"
        )


def one_job_raises(kata, error):
    return run_all(kata, [lambda: "tea", failing(error, "no milk")])


def test_an_exception_reaches_the_caller(explore):
    assert_raised(explore, "ValueError")


def test_an_exception_that_is_no_exception_reaches_the_caller(explore):
    assert_raised(explore, "SystemExit")
    assert_raised(explore, "KeyboardInterrupt")
    assert_raised(explore, "Halt")


def assert_raised(explore, error):
    for outcome in explore(one_job_raises, error, leaves_threads=LEFT):
        code = "CONTRACT" if isinstance(outcome.value, str) else "EXCEPTION-LOST"
        expected = f"raised {error}: no milk"
        assert outcome.value == expected, f"{code}: a job raised {error}, run_all {said(outcome.value)}"


def the_very_exception(kata):
    error = ValueError("no milk")

    def job():
        raise error

    threading.excepthook = note_nothing
    try:
        kata.run_all([job])
    except Exception as caught:
        return caught is error
    return False


def test_the_exception_is_the_one_that_was_raised(explore):
    for outcome in explore(the_very_exception, leaves_threads=LEFT):
        assert outcome.value, "CONTRACT: run_all did not raise the exception of the job, but another one"


def two_jobs_raise(kata, first, second):
    return run_all(kata, [failing(first, "first"), failing(second, "second")])


def test_the_first_in_order_wins_not_the_first_in_time(explore):
    for first, second in (("ValueError", "ValueError"), ("SystemExit", "ValueError"), ("ValueError", "SystemExit")):
        for outcome in explore(two_jobs_raise, first, second, leaves_threads=LEFT):
            code = "CONTRACT" if isinstance(outcome.value, str) else "EXCEPTION-LOST"
            code = "RESULT-ORDER" if outcome.value == f"raised {second}: second" else code
            assert outcome.value == f"raised {first}: first", (
                f"{code}: two jobs raised, run_all {said(outcome.value)}, not the first one's"
            )


def one_raises_one_works(kata, first_raises):
    done = []

    def slow():
        time.sleep(1)
        done.append("slow")

    jobs = [failing("ValueError", "no milk"), slow]
    ending = run_all(kata, jobs if first_raises else jobs[::-1])
    return [ending, list(done)]


def test_all_jobs_end_before_the_exception_is_raised(explore):
    for first_raises in (True, False):
        for outcome in explore(one_raises_one_works, first_raises, leaves_threads=LEFT):
            ending, done = outcome.value
            assert done == ["slow"], "one job raised, and run_all came back before the other job had done its work"
            assert ending == "raised ValueError: no milk", f"EXCEPTION-LOST: a job raised, run_all {said(ending)}"


def one_raises_beside_a_call(kata):
    """One job raises while another one is inside a run_all of its own."""
    inside = threading.Event()
    inner = []

    def fail():
        inside.wait()
        raise ValueError("no milk")

    def slow():
        inside.set()
        time.sleep(1)
        return "cake"

    ending = run_all(kata, [fail, lambda: inner.append(kata.run_all([slow]))])
    return [ending, inner]


def test_an_exception_is_not_lost_to_a_call_inside_a_job(explore):
    expected = "raised ValueError: no milk"
    for outcome in explore(one_raises_beside_a_call, leaves_threads=LEFT):
        ending, inner = outcome.value
        code = "CONTRACT" if isinstance(ending, str) else "EXCEPTION-LOST"
        assert ending == expected, (
            f"{code}: one job raised while another was inside a run_all of its own: the outer run_all {said(ending)}"
        )
        assert inner == [["cake"]], "CONTRACT: a job called run_all, which raised what a job outside of it had raised"


def two_calls_leave_in_turn(kata):
    """Two jobs call run_all; the first to come is the first to leave, and after that a job of the other one raises."""
    first, second = threading.Event(), threading.Event()

    def quick():
        first.set()
        second.wait()

    def fail():
        second.set()
        time.sleep(1)
        raise ValueError("no milk")

    def call_second():
        first.wait()
        kata.run_all([fail])

    return run_all(kata, [lambda: kata.run_all([quick]), call_second])


def test_two_jobs_may_call_run_all_at_once(explore):
    for outcome in explore(two_calls_leave_in_turn, leaves_threads=LEFT):
        code = "CONTRACT" if isinstance(outcome.value, str) else "EXCEPTION-LOST"
        assert outcome.value == "raised ValueError: no milk", (
            f"{code}: two jobs called run_all, and a job of one call raised: the outer run_all {said(outcome.value)}"
        )


def twice_in_a_row(kata):
    first = run_all(kata, [failing("ValueError", "no milk"), failing("ValueError", "no tea")])
    second = run_all(kata, (lambda: "tea", lambda: "cake"))
    return [first, second]


def test_a_second_call_knows_nothing_of_the_first(explore):
    for outcome in explore(twice_in_a_row, leaves_threads=LEFT):
        second = outcome.value[1]
        assert second == ["tea", "cake"], f"one call raised, the next one {said(second)}, expected ['tea', 'cake']"
