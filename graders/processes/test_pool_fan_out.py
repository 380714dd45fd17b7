"""pool_fan_out: an outcome for each argument, in order, from a pool that is as busy as it may be."""

import functools
import os
import re
from multiprocessing import util

ADDRESS = re.compile(" at 0x[0-9a-f]+")
MANY, FEW = 5, 3
"""Workers: processes that start afresh cost more."""
LEFT = "POOL-ABANDONED: fan_out returned and workers of its pool are left; closed and joined, it would leave none"


class Refused(Exception):
    """An exception of the application's own."""


def show(outcome):
    error = outcome.error
    if error is not None and not isinstance(error, BaseException):
        return {"value": repr(outcome.value), "error": f"a {type(error).__name__}, not an exception"}
    return {"value": repr(outcome.value), "error": None if error is None else repr(error)}


def fanned_out(kata, task, arguments, workers):
    """What fan_out gave, as JSON: a list of outcomes, or what it raised."""
    try:
        return [show(outcome) for outcome in kata.fan_out(task, arguments, workers=workers)]
    except Exception as error:
        return {"raised": type(error).__name__, "message": ADDRESS.sub("", str(error))}


def check_it_returned(value):
    """Fail with what fan_out raised, where it did."""
    if isinstance(value, dict):
        is_pickle = any(word in value["message"].lower() for word in ("pickle", "local object"))
        code = "PICKLE: " if is_pickle else ""
        raise AssertionError(f"{code}fan_out raised {value['raised']}: {value['message']}; expected a list of outcomes")


# ------------------------------------------------------------------------------------ order and overlap


def held_square(gate, started, number):
    started(number)
    gate(f"task {number}")
    return number * number


def tasks_for(workers):
    """So many that the library's own default would hand out two tasks at a time."""
    return 4 * workers + 1


def squares(kata, stage, workers):
    task = functools.partial(held_square, stage.gate("tasks"), stage.recorder("started"))
    return fanned_out(kata, task, (number for number in range(tasks_for(workers))), workers)


def check_overlap(quiet, workers):
    """Every quiet point lets one task end: the others must fill the pool as far as there is work."""
    for done, point in enumerate(quiet):
        running, left = len(point.waiting), tasks_for(workers) - done
        assert running <= workers, f"{running} calls ran at once in a pool of {workers}"
        assert running == min(workers, left), (
            f"NOT-CONCURRENT: {left} tasks were not done yet, and only {running} ran at once; "
            f"expected {min(workers, left)} in a pool of {workers}"
        )


def check_they_ran_elsewhere(outcome, what):
    here = [record for record in outcome.records if record.process == 0]
    assert not here, f"{what}: the tasks ran in the process that called fan_out, not in those of a pool"


def check_squares(outcome, workers):
    check_it_returned(outcome.value)
    check_they_ran_elsewhere(outcome, f"{tasks_for(workers)} arguments and workers={workers}")
    check_overlap(outcome.quiet, workers)
    tasks = tasks_for(workers)
    assert len(outcome.value) == tasks, f"{tasks} arguments gave {len(outcome.value)} outcomes"
    expected = [{"value": repr(number * number), "error": None} for number in range(tasks)]
    got = [each["value"] for each in outcome.value]
    assert sorted(got) != sorted(each["value"] for each in expected) or outcome.value == expected, (
        f"RESULT-ORDER: the tasks ended in another order, and so stand the outcomes: {', '.join(got[:5])} ..., "
        "expected 0, 1, 4, 9, 16 ..."
    )
    assert outcome.value == expected, f"the squares of 0 to {tasks - 1} came out as {outcome.value}"


def test_outcomes_stand_in_the_order_of_the_arguments(supervise, start_method):
    plans, workers = (("first", "last"), MANY) if start_method == "fork" else (("last",), FEW)
    for outcome in supervise(squares, workers, start_method=start_method, plans=plans, left=LEFT):
        check_squares(outcome, workers)


# --------------------------------------------------------------------------------------------- outcomes


def one_of_many(argument):
    """What a task may do, chosen by its argument."""
    if argument == "raises":
        raise ValueError("three is too many")
    if argument == "refuses":
        raise Refused("not today", 7)
    if argument == "returns an error":
        return KeyError("a value like any other")
    return argument


ARGUMENTS = ((1, 2), "raises", None, "refuses", "returns an error", "", 7, [7], 7)
EXPECTED = [
    {"value": "(1, 2)", "error": None},
    {"value": "None", "error": "ValueError('three is too many')"},
    {"value": "None", "error": None},
    {"value": "None", "error": "Refused('not today', 7)"},
    {"value": "KeyError('a value like any other')", "error": None},
    {"value": "''", "error": None},
    {"value": "7", "error": None},
    {"value": "[7]", "error": None},
    {"value": "7", "error": None},
]


def all_kinds(kata, stage, workers):
    return fanned_out(kata, one_of_many, iter(ARGUMENTS), workers)


def check_outcome(argument, got, expected, method):
    told = f"value {got['value']}, error {got['error']}"
    wanted = f"expected value {expected['value']}, error {expected['error']}"
    assert expected["error"] is None or got["error"] == expected["error"], (
        f"EXCEPTION-LOST: the task raised {expected['error']}; its outcome holds {told} ({method})"
    )
    assert got == expected, f"the outcome for {argument!r} holds {told}; {wanted} ({method})"


def test_every_argument_gets_its_value_or_its_exception(supervise, start_method):
    for outcome in supervise(all_kinds, 2, start_method=start_method, left=LEFT):
        value = outcome.value
        assert not isinstance(value, dict) or value["raised"] not in ("ValueError", "Refused"), (
            "one of the tasks raised an exception, and fan_out raised it too: the outcomes of the other tasks are lost"
        )
        check_it_returned(value)
        assert len(value) == len(ARGUMENTS), (
            f"EXCEPTION-LOST: {len(ARGUMENTS)} arguments, two of whose tasks raise, gave {len(value)} outcomes"
        )
        is_shuffled = value != EXPECTED and sorted(map(str, value)) == sorted(map(str, EXPECTED))
        assert not is_shuffled, f"RESULT-ORDER: the outcomes stand in another order than the arguments ({start_method})"
        for argument, got, expected in zip(ARGUMENTS, value, EXPECTED, strict=True):
            check_outcome(argument, got, expected, start_method)


# ------------------------------------------------------------------------------------- the pool's own life


def farewell(gate, ended):
    gate("ends")
    ended(os.getpid())


def says_farewell(gate, ran, ended, number):
    """Have this worker wait at a gate when it ends by itself; one that is killed never says so."""
    ran(number)
    util.Finalize(None, farewell, args=(gate, ended), exitpriority=10)
    if number == 1:
        raise Refused("not today")
    return number


def workers_that_end(kata, stage, workers):
    task = functools.partial(says_farewell, stage.gate("farewell"), stage.recorder("ran"), stage.recorder("ended"))
    value = fanned_out(kata, task, range(4), workers)
    stage.recorder("returned")(stage.children())
    return value


def test_the_pool_is_closed_and_joined(supervise):
    for outcome in supervise(workers_that_end, 2, left=LEFT):
        check_it_returned(outcome.value)
        names = [record.recorder for record in outcome.records]
        before = outcome.records[: names.index("returned")]
        runs = sorted(record.value for record in before if record.recorder == "ran")
        assert runs == [0, 1, 2, 3], f"0 to 3 were to be run once each, and that of 1 raises; run were {runs}"
        ran = {record.process for record in before if record.recorder == "ran"}
        ended = {record.process for record in before if record.recorder == "ended"}
        assert ended >= ran, (
            "POOL-ABANDONED: when fan_out returned, workers had been killed, or were still busy ending; "
            "in a pool that is closed and joined every worker ends by itself"
        )


# --------------------------------------------------------------------------------------------- the edges


def edge(kata, stage, count, workers):
    return fanned_out(kata, one_of_many, range(count), workers)


def test_no_arguments_give_no_outcomes(supervise):
    for outcome in supervise(edge, 0, 2, left=LEFT):
        check_it_returned(outcome.value)
        assert outcome.value == [], f"no arguments gave {outcome.value}, expected []"


def recorded(started, number):
    started(number)
    return number


def little_work(kata, stage, count, workers):
    return fanned_out(kata, functools.partial(recorded, stage.recorder("started")), range(count), workers)


def test_one_argument_and_one_worker_will_do(supervise):
    for count, workers in ((1, 2), (2, 1)):
        for outcome in supervise(little_work, count, workers, left=LEFT):
            check_it_returned(outcome.value)
            what = f"range({count}) and workers={workers}"
            expected = [{"value": repr(number), "error": None} for number in range(count)]
            assert outcome.value == expected, f"{what} gave {outcome.value}"
            check_they_ran_elsewhere(outcome, what)


def test_a_pool_without_workers_is_refused(supervise):
    for count, workers in ((3, 0), (3, -1), (0, 0)):
        for outcome in supervise(edge, count, workers, left=LEFT):
            is_refused = isinstance(outcome.value, dict) and outcome.value["raised"] == "ValueError"
            assert is_refused, f"{count} arguments and workers={workers} gave {outcome.value}, expected ValueError"


def outcomes_made_by_hand(kata, stage):
    empty, full = kata.Outcome(), kata.Outcome(1, KeyError(2))
    try:
        full.value = 3
    except AttributeError:
        is_frozen = True
    else:
        is_frozen = False
    return {"fields": [show(empty), show(full)], "equal": kata.Outcome(7) == kata.Outcome(7, None), "frozen": is_frozen}


def test_an_outcome_is_a_frozen_dataclass(supervise):
    expected = [{"value": "None", "error": None}, {"value": "1", "error": "KeyError(2)"}]
    for outcome in supervise(outcomes_made_by_hand):
        assert outcome.value["fields"] == expected, f"Outcome() and Outcome(1, KeyError(2)): {outcome.value['fields']}"
        assert outcome.value["equal"], "Outcome(7) and Outcome(7, None) are not equal: @dataclass makes them so"
        assert outcome.value["frozen"], "an Outcome can be changed: @dataclass(frozen=True) makes it constant"
