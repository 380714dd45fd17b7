"""fork_parent_child: a result, an exit code, and nothing left behind."""

import atexit
import gc
import hashlib
import os
import random
import signal
import sys

NO_EOF = "PIPE-NO-EOF: the child is done and the parent still reads: the pipe's write end is open somewhere"
FULL = "PIPE-FULL: the child cannot write, the parent waits for it to end: a pipe holds 64 KiB, the result is larger"
SAID_BEFORE = "said before the fork"
PIPE_SIZE = 1 << 16
LARGE = 3 * (1 << 20) + 1


class Interrupted(BaseException):
    """Not an Exception: `except Exception` lets it through."""


def payload(size):
    return random.Random(size).randbytes(size)


def returns():
    return b"a result"


def prints():
    print("some words", flush=True)
    return b"a result"


def raises():
    raise ValueError("no money left")


def interrupts():
    raise Interrupted("stop here")


def leaves(code):
    def job():
        sys.exit(code)

    return job


def is_killed_by(number):
    def job():
        os.kill(os.getpid(), number)
        return b"still here"

    return job


JOBS = {
    "returns": returns,
    "raises ValueError": raises,
    "raises a BaseException": interrupts,
    "calls sys.exit(3)": leaves(3),
    "calls sys.exit(130)": leaves(130),
    "calls sys.exit(255)": leaves(255),
    "calls sys.exit(-1)": leaves(-1),
    "calls sys.exit('text')": leaves("out of paper"),
    "calls sys.exit()": leaves(None),
    "is killed by SIGKILL": is_killed_by(signal.SIGKILL),
    "is killed by SIGTERM": is_killed_by(signal.SIGTERM),
}


def call(kata, job):
    """How run_in_child ended, as JSON; in a child that comes back too, whatever it brings."""
    try:
        result = kata.run_in_child(job)
    except kata.ChildFailed as failure:
        code = getattr(failure, "exit_code", None)
        return {"exit_code": int(code) if isinstance(code, int) else repr(code)}
    except BaseException as error:
        return {"raised": f"{type(error).__name__}: {error}"}
    return {"returned": result.decode("latin-1") if type(result) is bytes else repr(result)}


def told(ended):
    """The same in words."""
    if "exit_code" in ended:
        return f"ChildFailed with exit_code {ended['exit_code']}"
    if "raised" in ended:
        return ended["raised"]
    return f"a result of {len(ended['returned'])} bytes"


# ------------------------------------------------------------------------------------------- who goes on


def what_follows_the_call(kata, stage, job):
    after_the_call = stage.recorder("after the call")
    call(kata, JOBS[job])
    after_the_call(True)


def test_only_the_parent_goes_on_after_the_call(supervise):
    for job in ("returns", "raises ValueError", "calls sys.exit(3)", "raises a BaseException"):
        for outcome in supervise(what_follows_the_call, job, hung=NO_EOF):
            went_on = {record.process for record in outcome.records}
            assert went_on == {0}, (
                f"FORK-FALLTHROUGH: the job {job}, and {len(went_on)} processes ran what follows run_in_child: "
                "the child came back too"
            )


def pids(kata, stage):
    return [os.getpid(), call(kata, lambda: str(os.getpid()).encode())]


def test_the_job_runs_in_a_process_of_its_own(supervise):
    for outcome in supervise(pids, hung=NO_EOF):
        parent, ended = outcome.value
        assert ended.get("returned", "").isdecimal(), f"the job returned a pid, run_in_child gave {told(ended)}"
        assert int(ended["returned"]) != parent, (
            "the job ran in the process that called run_in_child, not in a child of it"
        )


# --------------------------------------------------------------------------------------------- the result


def result_of_size(kata, stage, size):
    ended = call(kata, lambda: payload(size))
    if "returned" in ended:
        result = ended["returned"].encode("latin-1")
        return {"size": len(result), "digest": hashlib.sha256(result).hexdigest()}
    return ended


def check_size(outcome, size):
    ended = outcome.value
    assert "size" in ended, f"the job returned {size} bytes, run_in_child gave {told(ended)}"
    assert ended["size"] == size, f"the job returned {size} bytes, {ended['size']} arrived"
    assert ended["digest"] == hashlib.sha256(payload(size)).hexdigest(), f"{size} bytes arrived, but other ones"


def test_a_result_that_fits_the_pipe_arrives(supervise):
    for size in (0, 1, PIPE_SIZE):
        for outcome in supervise(result_of_size, size, hung=NO_EOF):
            check_size(outcome, size)


def test_a_result_larger_than_the_pipe_arrives(supervise):
    for outcome in supervise(result_of_size, LARGE, hung=FULL):
        check_size(outcome, LARGE)


CONTENTS = (
    b" white space around \r\n\n",
    bytes(range(256)),
    b"\0",
    b"\1",
    b"E",
    b"ERROR: just a result",
    b"Traceback (most recent call last):\n",
    b"\x80\x04N.",
)


def results_that_look_like_something_else(kata, stage):
    parent, ended = os.getpid(), []
    for result in CONTENTS:
        ended.append(call(kata, lambda result=result: result))
        if os.getpid() != parent:
            # A child that came back: with each call there would be twice as many.
            return None
    return [each == {"returned": result.decode("latin-1")} for each, result in zip(ended, CONTENTS, strict=True)]


def a_job_that_prints(kata, stage):
    return call(kata, prints)


def test_every_result_arrives_as_it_is(supervise):
    for outcome in supervise(results_that_look_like_something_else, hung=NO_EOF):
        for result, has_arrived in zip(CONTENTS, outcome.value, strict=True):
            assert has_arrived, f"the job returned {result[:40]!r}, and that is not what run_in_child returned"
    for outcome in supervise(a_job_that_prints, hung=NO_EOF):
        ended = outcome.value
        assert "returned" in ended, f"the job prints and returns b'a result', run_in_child gave {told(ended)}"
        assert ended["returned"] == "a result", (
            f"the job prints 'some words' and returns b'a result', run_in_child returned {ended['returned'].encode()!r}"
        )


# ------------------------------------------------------------------------------------------- the failures


def failure_of(kata, stage, job):
    return call(kata, JOBS[job])


def raw_status(exit_code):
    return exit_code << 8 if exit_code >= 0 else -exit_code


def check_exit_code(ended, job, expected):
    wanted = f"expected ChildFailed with exit_code {expected}"
    if expected < 0 and ("returned" in ended or ended.get("exit_code") == 0):
        raise AssertionError(
            f"STATUS-RAW: the job {job}, and run_in_child saw exit code 0: the signal is in the other half of the "
            f"status; {wanted}"
        )
    assert "returned" not in ended, (
        f"EXCEPTION-LOST: the job {job}, and run_in_child returned {ended['returned'][:20]!r}; {wanted}"
    )
    assert ended.get("exit_code") != raw_status(expected), (
        f"STATUS-RAW: the job {job}, and exit_code is {ended['exit_code']}: that is the wait status, not yet decoded; "
        f"{wanted}"
    )
    assert ended == {"exit_code": expected}, f"the job {job}, and run_in_child gave {told(ended)}; {wanted}"


def test_a_job_that_raises_gives_exit_code_1_and_its_traceback(supervise):
    for job, words in (("raises ValueError", "no money left"), ("raises a BaseException", "stop here")):
        for outcome in supervise(failure_of, job, hung=NO_EOF):
            check_exit_code(outcome.value, job, 1)
            assert "Traceback (most recent call last)" in outcome.errors and words in outcome.errors, (
                f"EXCEPTION-LOST: the job {job} ({words!r}), and no traceback of it stands on stderr"
            )


def several_failures(kata, stage, *jobs):
    return [call(kata, JOBS[job]) for job in jobs]


def test_sys_exit_in_the_job_gives_its_own_code(supervise):
    codes = {
        "calls sys.exit(3)": 3,
        "calls sys.exit(130)": 130,
        "calls sys.exit(255)": 255,
        "calls sys.exit(-1)": 255,
        "calls sys.exit('text')": 1,
    }
    for outcome in supervise(several_failures, *codes, hung=NO_EOF):
        for ended, (job, code) in zip(outcome.value, codes.items(), strict=True):
            check_exit_code(ended, job, code)


def test_sys_exit_without_a_code_is_no_failure_of_another_kind(supervise):
    for outcome in supervise(failure_of, "calls sys.exit()", hung=NO_EOF):
        assert outcome.value in ({"returned": ""}, {"exit_code": 0}), (
            f"the job calls sys.exit(): run_in_child gave {told(outcome.value)}, expected exit_code 0 or no bytes"
        )


def test_a_signal_gives_its_negative_number(supervise):
    codes = {"is killed by SIGKILL": -9, "is killed by SIGTERM": -15}
    for outcome in supervise(several_failures, *codes, hung=NO_EOF):
        for ended, (job, code) in zip(outcome.value, codes.items(), strict=True):
            check_exit_code(ended, job, code)


# -------------------------------------------------------------------------------------- what is left behind


def descriptors_over_calls(kata, stage, job):
    counts = [stage.descriptors()]
    for _ in range(4):
        call(kata, JOBS[job])
        gc.collect()
        counts.append(stage.descriptors())
    return counts


def test_no_descriptor_stays_open(supervise):
    for job in ("returns", "raises ValueError", "calls sys.exit(3)", "is killed by SIGKILL"):
        for outcome in supervise(descriptors_over_calls, job, hung=NO_EOF):
            first, *_, last = outcome.value
            assert last <= first, (
                f"FD-LEAK: four calls whose job {job}, and {last - first} descriptors more are open than before: "
                f"{outcome.value}, expected no growth"
            )


def something_in_the_buffer(kata, stage):
    print(SAID_BEFORE, end="; ")
    for job in (returns, raises, leaves(3)):
        call(kata, job)
    sys.stdout.flush()


def test_what_the_parent_had_buffered_is_printed_once(supervise):
    for outcome in supervise(something_in_the_buffer, hung=NO_EOF):
        times = outcome.output.count(SAID_BEFORE)
        code = "FORK-DOUBLE-OUTPUT: " if times else ""
        assert times == 1, f"{code}the parent printed {SAID_BEFORE!r} once; it came out {times} times"


def something_in_other_buffers(kata, stage):
    sys.stderr.write(SAID_BEFORE)
    with open("log", "w", encoding="utf-8") as log:
        log.write(SAID_BEFORE)
        call(kata, returns)
    sys.stderr.write("\n")
    with open("log", encoding="utf-8") as log:
        return log.read()


def test_the_child_flushes_neither_errors_nor_files_of_the_parent(supervise):
    for outcome in supervise(something_in_other_buffers, hung=NO_EOF):
        for where, text in (("stderr", outcome.errors), ("a file", outcome.value)):
            times = text.count(SAID_BEFORE)
            code = "FORK-DOUBLE-OUTPUT: " if times else ""
            assert times == 1, f"{code}the parent wrote {SAID_BEFORE!r} to {where} once; it stands there {times} times"


def with_an_exit_handler(kata, stage):
    atexit.register(stage.recorder("exit handler"), True)
    for job in ("returns", "raises ValueError", "calls sys.exit(3)"):
        call(kata, JOBS[job])


def test_the_child_runs_no_exit_handler_of_the_parent(supervise):
    for outcome in supervise(with_an_exit_handler, hung=NO_EOF):
        assert not outcome.records, (
            "FORK-FALLTHROUGH: the parent had registered an exit handler with atexit, and the child ran it"
        )


def with_another_child(kata, stage):
    other = os.fork()
    if other == 0:
        os._exit(7)
    os.waitid(os.P_PID, other, os.WEXITED | os.WNOWAIT)
    ended = call(kata, returns)
    try:
        _, status = os.waitpid(other, 0)
    except ChildProcessError:
        while stage.children():
            os.wait()
        return {"ended": ended, "other": "gone"}
    return {"ended": ended, "other": os.waitstatus_to_exitcode(status)}


def test_other_children_of_the_parent_are_left_alone(supervise):
    for outcome in supervise(with_another_child, hung=NO_EOF):
        assert outcome.value["other"] == 7, (
            "CHILD-REAPED: the parent had another child, which had ended with 7: run_in_child reaped it, and the "
            "parent can no longer learn how it ended"
        )
        ended = outcome.value["ended"]
        assert ended == {"returned": "a result"}, (
            f"the parent had another child, and run_in_child gave {told(ended)}, expected b'a result'"
        )
