"""escape_the_gil: where the calls ran, and how many at once; never how long they took."""

import functools
import importlib
import operator
import os
import re
import site
import sys
import threading
from multiprocessing import util

try:
    from concurrent import interpreters
except ImportError:
    interpreters = None

ADDRESS = re.compile(" at 0x[0-9a-f]+")
ITEMS = 21
WORKERS = 5
MAIN = 0
LARGE = 1 << 20
FULL = (
    "PIPE-FULL: a call returned a megabyte; its process waits to be read, and the caller waits for the process to end"
)


class Later:
    """Pickles as a call that is made when it is unpickled."""

    def __init__(self, call, *arguments):
        self.call, self.arguments = call, arguments

    def __reduce__(self):
        return self.call, self.arguments


class Portable:
    """A function of this module; it is found by a sub-interpreter too, which does not know where graders are."""

    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)

    def __reduce__(self):
        folder, name = os.path.split(os.path.abspath(__file__))
        known = Later(site.addsitedir, folder)
        module = Later(importlib.import_module, name.removesuffix(".py"))
        return getattr, (Later(operator.itemgetter(1), (known, module)), self.function.__name__)


class TooLarge(Exception):
    """An exception of the application's own."""


def gil_is_on():
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def interpreter():
    """The number of the interpreter that runs this; 0 is the main one, and the only one before Python 3.14."""
    return interpreters.get_current().id if interpreters else MAIN


def mapped(kata, function, items, workers):
    """What parallel_map gave, as JSON."""
    try:
        results = kata.parallel_map(function, items, workers=workers)
    except Exception as error:
        message, error_as_it_is = ADDRESS.sub("", str(error)), ADDRESS.sub("", repr(error))
        return {"raised": type(error).__name__, "message": message, "error": error_as_it_is}
    return {"returned": results if type(results) is list else repr(results)}


def told(value):
    return f"returned {value['returned']}" if "returned" in value else f"raised {value['raised']}: {value['message']}"


def check_returned(value, expected):
    is_pickle = any(word in value.get("message", "").lower() for word in ("pickle", "local object"))
    code = "PICKLE: " if is_pickle else ""
    is_shuffled = isinstance(value.get("returned"), list) and sorted(value["returned"]) == sorted(expected) != []
    code = "RESULT-ORDER: " if is_shuffled and value["returned"] != expected else code
    assert value == {"returned": expected}, f"{code}parallel_map {told(value)}, expected {expected}"


# ------------------------------------------------------------------------------------ place, order, overlap


def held_square(gate, ran, number):
    ran(interpreter())
    gate(f"item {number}")
    return number * number


def squares(kata, stage, workers):
    function = functools.partial(Portable(held_square), stage.gate("items"), stage.recorder("ran"))
    value = mapped(kata, function, (number for number in range(ITEMS)), workers)
    return {**value, "gil": gil_is_on()}


def ran_at_home(outcome):
    return any(record.process == 0 and record.value == MAIN for record in outcome.records)


def check_place(outcome, gil):
    """With a GIL no call may run in the caller's own interpreter, and no two interpreters are one."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert not (gil and ran_at_home(outcome)), (
        f"NOT-CONCURRENT: the calls ran in the caller's own interpreter. It has a GIL (Python {version}, "
        "sys._is_gil_enabled() is not False), so threads of it take turns, however many there are"
    )


def check_overlap(quiet, workers):
    """Every quiet point lets one call end: the others must be as many as there is work for."""
    for done, point in enumerate(quiet):
        running, left = len(point.waiting), ITEMS - done
        assert running <= workers, f"{running} calls ran at once, {workers} were asked for"
        assert running == min(workers, left), (
            f"NOT-CONCURRENT: {left} items were not done yet, and only {running} calls ran at once; "
            f"expected {min(workers, left)}"
        )


def test_the_calls_run_at_once_and_on_cores_of_their_own(supervise):
    for outcome in supervise(squares, WORKERS, plans=("first", "last")):
        value = dict(outcome.value)
        gil = value.pop("gil")
        check_place(outcome, gil)
        check_overlap(outcome.quiet, WORKERS)
        check_returned(value, [number * number for number in range(ITEMS)])


# ------------------------------------------------------------------------------------------------ the edges


def half(number):
    if number == 3:
        raise TooLarge("3 is too large")
    return number / 2


def odd_result(item):
    if item == "nothing":
        return None
    if item == "an exception":
        return TooLarge("just a value")
    if item == "megabytes":
        return b"x" * LARGE
    return item


ODD = ("nothing", "megabytes", [7], [7], "an exception", "megabytes", "", 0, "nothing", (), "nothing")
"""Items that cannot be keys, and equal ones; results that are false, large, or could be taken for a failure."""


def odd_results(kata, stage, workers):
    try:
        results = kata.parallel_map(Portable(odd_result), ODD, workers=workers)
    except Exception as error:
        return {"raised": type(error).__name__, "message": ADDRESS.sub("", str(error))}
    return {"returned": [shown(result) for result in results]}


def shown(result):
    return f"{len(result)} bytes" if isinstance(result, bytes) else repr(result)


def test_any_item_and_any_result_will_do(supervise):
    expected = [shown(odd_result(item)) for item in ODD]
    for outcome in supervise(odd_results, 2, hung=FULL):
        check_returned(outcome.value, expected)


def halves(kata, stage, count, workers):
    return mapped(kata, Portable(half), range(count), workers)


def half_at_a_second_call(number):
    if number == 3 and not os.path.exists("called"):
        with open("called", "x"):
            raise TooLarge("too large", number)
    return number / 2


def one_call_raises(kata, stage, count, workers):
    return mapped(kata, Portable(half_at_a_second_call), range(count), workers)


def test_an_exception_reaches_the_caller(supervise):
    for outcome in supervise(one_call_raises, 5, 2):
        value, what = outcome.value, "EXCEPTION-LOST: the call for one item raised TooLarge"
        assert value != {"returned": [number / 2 for number in range(5)]}, (
            f"{what}, and parallel_map called the function for that item again"
        )
        assert value.get("raised") == "TooLarge", f"{what}, and parallel_map {told(value)}"
        assert value["error"] == "TooLarge('too large', 3)", (
            f"{what}('too large', 3), and parallel_map raised {value['error']}"
        )


def recorded_half(ran, number):
    ran(interpreter())
    return half(number)


def little_work(kata, stage, count, workers):
    value = mapped(kata, functools.partial(Portable(recorded_half), stage.recorder("ran")), range(count), workers)
    return {**value, "gil": gil_is_on()}


def test_few_items_and_none_and_one_worker(supervise):
    for count, workers in ((0, 2), (1, 2), (2, 1)):
        for outcome in supervise(little_work, count, workers):
            value = dict(outcome.value)
            gil = value.pop("gil")
            check_returned(value, [number / 2 for number in range(count)])
            assert not (gil and ran_at_home(outcome)), (
                f"range({count}) and workers={workers}: the calls ran in the caller's own interpreter; it has a GIL, "
                "and then they run in worker processes or in sub-interpreters"
            )


def test_no_workers_are_refused(supervise):
    for count, workers in ((3, 0), (3, -1), (0, 0)):
        for outcome in supervise(halves, count, workers):
            assert outcome.value.get("raised") == "ValueError", (
                f"{count} items, workers={workers}: parallel_map {told(outcome.value)}, expected ValueError"
            )


# ---------------------------------------------------------------------------------------- nothing left running


def farewell(gate):
    gate("ends")


def says_farewell(home, gate, number):
    """Have a worker process wait at a gate when it ends by itself."""
    if os.getpid() != home:
        util.Finalize(None, farewell, args=(gate,), exitpriority=10)
    return half(number)


def slow_to_end(kata, stage, count):
    before = set(threading.enumerate())
    mapped(kata, functools.partial(Portable(says_farewell), os.getpid(), stage.gate("farewell")), range(count), 2)
    children = stage.children()
    return [children, len(set(threading.enumerate()) - before)]


def test_nothing_is_left_running(supervise):
    left = "CHILD-LEAK: parallel_map came back while worker processes of its own were alive"
    for count in (3, 5):
        for outcome in supervise(slow_to_end, count, left=left):
            children, threads = outcome.value
            assert children == 0, f"{left}: {children}"
            assert threads == 0, f"THREAD-LEAK: parallel_map came back, and {threads} threads of its own live on"
