"""run_process: the exit code of a named process, a limit that is kept, and nothing left behind."""

import functools
import gc
import multiprocessing
import os
import re
import signal
import sys
import time

LONG = 60.0
SHORT = 0.05
LIMIT = 0.2
MIB = 1 << 20
ADDRESS = re.compile(" at 0x[0-9a-f]+")
NEVER_ENDS = "run_process waits for ever: the target ignores SIGTERM and was asked only that way"


def ended(kata, target, args=(), *, name="worker", timeout=None):
    """How run_process ended, as JSON."""
    try:
        code = kata.run_process(target, args, name=name, timeout=timeout)
    except TimeoutError:
        return {"raised": "TimeoutError"}
    except Exception as error:
        module = "" if type(error).__module__ == "builtins" else f"{type(error).__module__}."
        return {"raised": f"{module}{type(error).__name__}: {ADDRESS.sub('', str(error))}"}
    return {"returned": int(code) if isinstance(code, int) else repr(code)}


def told(value):
    return f"returned {value['returned']}" if "returned" in value else f"raised {value['raised']}"


def check_returned(value, expected, what):
    raw = expected << 8 if expected >= 0 else -expected
    code = "STATUS-RAW: " if expected and value.get("returned") == raw else ""
    is_pickle = any(word in told(value).lower() for word in ("pickle", "local object"))
    code = "PICKLE: " if is_pickle else code
    assert value == {"returned": expected}, f"{code}{what}: run_process {told(value)}, expected exit code {expected}"


# -------------------------------------------------------------------------------------------- the process


def who_am_i(seen, *arguments):
    seen([multiprocessing.current_process().name, multiprocessing.parent_process() is not None, *arguments])


def in_a_process(kata, stage):
    return ended(kata, functools.partial(who_am_i, stage.recorder("seen")), (1, "two", None), name="the clerk")


def test_the_target_runs_in_a_process_of_that_name(supervise, start_method):
    for outcome in supervise(in_a_process, start_method=start_method):
        check_returned(outcome.value, 0, f"the target returns ({start_method})")
        assert len(outcome.records) == 1, f"the target was called {len(outcome.records)} times"
        record = outcome.records[0]
        assert record.process != 0, "the target ran in the process that called run_process"
        name, is_child, *arguments = record.value
        assert is_child, "the target did not run in a process of multiprocessing"
        assert name == "the clerk", f"the process was to be called 'the clerk', it is called {name!r}"
        assert arguments == [1, "two", None], f"the target was to get (1, 'two', None), it got {tuple(arguments)}"


def without_arguments(kata, stage):
    kata.run_process(functools.partial(who_am_i, stage.recorder("seen")), name="alone")
    return True


def test_arguments_and_timeout_may_be_left_out(supervise):
    for outcome in supervise(without_arguments):
        assert [record.value[0] for record in outcome.records] == ["alone"], "the target without arguments did not run"


# ------------------------------------------------------------------------------------------- the exit code


def raises():
    raise ValueError("no money left")


def dies(number):
    os.kill(os.getpid(), number)


ENDINGS = {
    "the target returns a value": (len, ("abc",), 0),
    "the target raises ValueError": (raises, (), 1),
    "the target calls sys.exit(3)": (sys.exit, (3,), 3),
    "the target calls sys.exit(130)": (sys.exit, (130,), 130),
    "the target calls sys.exit()": (sys.exit, (), 0),
    "the target calls sys.exit('text')": (sys.exit, ("out of paper",), 1),
    "the target is killed by SIGKILL": (dies, (signal.SIGKILL,), -9),
    "the target is killed by SIGTERM": (dies, (signal.SIGTERM,), -15),
}


def endings(kata, stage, timeout):
    return {what: ended(kata, target, args, timeout=timeout) for what, (target, args, _) in ENDINGS.items()}


def test_the_exit_code_tells_how_the_target_ended(supervise):
    for timeout in (None, LONG):
        for outcome in supervise(endings, timeout):
            for what, (_, _, code) in ENDINGS.items():
                check_returned(outcome.value[what], code, what)


# ---------------------------------------------------------------------------------------------- the limit


def waits_for_ever():
    # Not time.sleep: what sleeps for a thousand seconds may still go on by itself, and the supervisor has to wait.
    while True:
        signal.pause()


def returns():
    return "a value"


def past_the_limit(kata, stage, timeout):
    return ended(kata, waits_for_ever, timeout=timeout)


def check_timeout(value, what):
    assert value == {"raised": "TimeoutError"}, f"{what}: run_process {told(value)}, expected the built-in TimeoutError"


def test_a_target_past_its_limit_is_ended(supervise, start_method):
    for outcome in supervise(past_the_limit, SHORT, start_method=start_method):
        check_timeout(outcome.value, f"the target never ends, the limit is {SHORT} seconds ({start_method})")


def how_long_it_took(kata, stage, limit):
    began = time.monotonic()
    value = ended(kata, waits_for_ever, timeout=limit)
    return [value, time.monotonic() - began]


def test_a_target_gets_the_time_it_was_given(supervise):
    for outcome in supervise(how_long_it_took, LIMIT):
        value, took = outcome.value
        check_timeout(value, f"the target never ends, the limit is {LIMIT} seconds")
        assert took >= LIMIT, f"the limit is {LIMIT} seconds, and run_process raised TimeoutError after {took:.2f}"


def waits(gate):
    gate("target")


def no_time_at_all(kata, stage):
    return ended(kata, functools.partial(waits, stage.gate("target")), timeout=0)


def test_no_time_is_a_limit_too(supervise):
    for outcome in supervise(no_time_at_all):
        check_timeout(outcome.value, "the target has not ended and the limit is 0 seconds")


def deaf_target(kata, stage):
    # The child inherits it, from its first instruction on.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return ended(kata, waits_for_ever, timeout=SHORT)


def test_a_target_that_ignores_the_request_is_killed(supervise):
    for outcome in supervise(deaf_target, hung=NEVER_ENDS):
        check_timeout(outcome.value, "the target ignores SIGTERM")


def tidy_target(kata, stage):
    parent, cleaned = os.getpid(), stage.recorder("cleaned up")

    def clean_up(number, frame):
        if os.getpid() != parent:
            cleaned(True)
            os._exit(0)

    signal.signal(signal.SIGTERM, clean_up)
    return ended(kata, waits_for_ever, timeout=SHORT)


def test_a_target_past_its_limit_may_clean_up(supervise):
    for outcome in supervise(tidy_target):
        check_timeout(outcome.value, "the target cleans up on SIGTERM")
        assert any(record.recorder == "cleaned up" for record in outcome.records), (
            "the target cleans up when it is terminated; it was killed at once, and its clean-up did not run"
        )


# --------------------------------------------------------------------------------------- what targets may do


def has_a_family():
    child = multiprocessing.Process(target=len, args=("abc",))
    child.start()
    child.join()
    sys.exit(5 if child.exitcode == 0 else 1)


def parent_of_a_child(kata, stage):
    return ended(kata, has_a_family)


def test_the_target_may_have_processes_of_its_own(supervise):
    for outcome in supervise(parent_of_a_child):
        check_returned(outcome.value, 5, "the target starts a process, joins it and calls sys.exit(5)")


def exits_before_its_child(inbox):
    if os.fork() == 0:
        os.read(inbox, 1)
        os._exit(0)
    sys.exit(4)


def parent_that_goes_first(kata, stage):
    inbox, outbox = os.pipe()
    value = ended(kata, exits_before_its_child, (inbox,))
    os.write(outbox, b"!")
    return value


def test_the_target_may_leave_a_process_behind(supervise):
    hung = "CONTRACT: the target has called sys.exit(4), a process that it had started lives on, and run_process waits"
    for outcome in supervise(parent_that_goes_first, hung=hung):
        check_returned(outcome.value, 4, "the target starts a process that lives on and calls sys.exit(4)")


def other_children(kata, stage):
    """A process of the caller's own that has ended, and one that runs: they are none of run_process's business."""
    other = os.fork()
    if other == 0:
        os._exit(7)
    os.waitid(os.P_PID, other, os.WEXITED | os.WNOWAIT)
    inbox, outbox = multiprocessing.Pipe(duplex=False)
    companion = multiprocessing.Process(target=inbox.recv)
    companion.start()
    values = [ended(kata, returns), ended(kata, waits_for_ever, timeout=SHORT)]
    outbox.send("end")
    companion.join()
    try:
        _, status = os.waitpid(other, 0)
    except ChildProcessError:
        return [*values, "reaped", companion.exitcode]
    return [*values, os.waitstatus_to_exitcode(status), companion.exitcode]


def test_other_children_of_the_caller_are_left_alone(supervise):
    for outcome in supervise(other_children):
        value, late, other, companion = outcome.value
        check_returned(value, 0, "the target returns, and the caller has other children")
        check_timeout(late, "the target never ends, and the caller has other children")
        assert other == 7, (
            "CHILD-REAPED: the caller had another child, which had ended: run_process reaped it, and its end is unknown"
        )
        assert companion == 0, f"the caller had another child, which ran: run_process ended it (exit code {companion})"


def prints(size):
    sys.stdout.write("x" * size)


def chatter(kata, stage, size):
    return ended(kata, prints, (size,))


def test_the_target_may_print_megabytes(supervise):
    hung = "PIPE-FULL: the target prints 2 MiB, and waits for somebody to read them"
    for outcome in supervise(chatter, 2 * MIB, hung=hung):
        check_returned(outcome.value, 0, "the target prints 2 MiB")
        printed = outcome.output.count("x")
        assert printed > 0, "the target printed 2 MiB, and nothing of it reached the output of the caller"


def descriptors_over_calls(kata, stage, timeout):
    counts, errors = [], []
    for _ in range(3):
        try:
            kata.run_process(waits_for_ever if timeout else returns, name="worker", timeout=timeout)
        except TimeoutError as error:
            # Who keeps the error keeps its frames, and their variables with them.
            errors.append(error)
        gc.collect()
        counts.append(stage.descriptors())
    return counts


def test_no_descriptor_stays_open(supervise):
    for timeout in (None, SHORT):
        for outcome in supervise(descriptors_over_calls, timeout):
            first, *_, last = outcome.value
            ending = "ends in TimeoutError" if timeout else "returns"
            assert last <= first, (
                f"FD-LEAK: each call {ending}, and each leaves a descriptor: {outcome.value} are open; "
                "the process was not closed"
            )
