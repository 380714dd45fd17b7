"""queue_terminate: every value is handled, once, in order; and every way to die ends in RuntimeError."""

import functools
import hashlib
import os
import re
import signal
import sys
from multiprocessing import util

ADDRESS = re.compile(" at 0x[0-9a-f]+")
MIB = 1 << 20
UNDRAINED = (
    "QUEUE-JOIN-UNDRAINED: the writer is joined while its values are still on their way: it cannot end before somebody "
    "takes them, and nobody does"
)


class Held:
    """A value that keeps the writer at a gate when it is put; the reader gets what is inside, and that is noted."""

    def __init__(self, home, gate, taken, value):
        self.home, self.gate, self.taken, self.value = home, gate, taken, value

    def __reduce__(self):
        if os.getpid() == self.home:
            return Held, (self.home, self.gate, self.taken, self.value)
        self.gate(f"put({self.value!r})")
        return noted, (self.taken, self.value)


class Fatal:
    """A value that kills the process that puts it, unless that is the caller's own."""

    def __init__(self, home):
        self.home = home

    def __reduce__(self):
        if os.getpid() != self.home:
            os.kill(os.getpid(), signal.SIGKILL)
        return Fatal, (self.home,)


class Traced:
    """A value that records which process puts it."""

    def __init__(self, put):
        self.put = put

    def __reduce__(self):
        self.put(True)
        return plain, ("traced",)


class Lasting:
    """A value that keeps the process that puts it at a gate when it ends by itself."""

    def __init__(self, home, gate):
        self.home, self.gate = home, gate

    def __reduce__(self):
        if os.getpid() != self.home:
            util.Finalize(None, self.gate, args=("writer ends",), exitpriority=10)
        return plain, ("lasting",)


def plain(value):
    return value


def noted(taken, value):
    taken(value)
    return value


def relayed(kata, values, handle):
    """How relay ended, in words."""
    try:
        kata.relay(values, handle)
    except RuntimeError:
        return "RuntimeError"
    except Exception as error:
        return f"{type(error).__name__}: {ADDRESS.sub('', str(error))}"
    return "returned"


def check_it_returned(outcome, method="fork"):
    told = outcome.value
    code = "PICKLE: " if "pickle" in told.lower() or "local object" in told else ""
    assert told == "returned", f"{code}relay raised {told}; every value could be handled ({method})"


# ------------------------------------------------------------------------------------- nothing is lost


def held_handle(gate, handled, value):
    value = value.value if isinstance(value, Held) else value
    gate(f"handle({value!r})")
    handled(value)


def both_are_slow(kata, stage):
    """Every value keeps the writer waiting before it is put, and the reader while it is handled."""
    gate, home = stage.gate("slow"), os.getpid()
    values = [Held(home, gate, stage.recorder("taken"), value) for value in (0, 1)]
    told = relayed(kata, values, functools.partial(held_handle, gate, stage.recorder("handled")))
    stage.recorder("returned")(told)
    return told


def handled_before_return(outcome):
    records = list(outcome.records)
    names = [record.recorder for record in records]
    return [record.value for record in records[: names.index("returned")] if record.recorder == "handled"]


def check_nothing_is_lost(outcome, expected):
    handled = handled_before_return(outcome)
    killed = [record.value for record in outcome.records if record.recorder == "killed-at-gate"]
    lost = [value for value in expected if value not in handled]
    taken = [record.value for record in outcome.records if record.recorder == "taken" and record.value in lost]
    # Where the reader is killed between taking a value and handling it, only the first of the two is seen.
    where = killed or [f"handle({value!r})" for value in taken]
    assert not (lost and where), (
        f"TERMINATE-TOO-EARLY: the reader was terminated in {where[0]}: the values {lost} were put and never handled"
    )
    assert not lost, (
        f"QUEUE-EMPTY-TEST: the writer was slow, the queue was empty for a while and was taken for finished: "
        f"the values {lost} were never handled"
    )
    assert sorted(handled) != sorted(expected) or handled == expected, (
        f"RESULT-ORDER: the values were handled in the order {handled}, expected {expected}"
    )
    assert handled == expected, f"the values {expected} were put, {handled} were handled"


def test_no_value_is_lost_while_reader_and_writer_are_slow(supervise, start_method):
    # First the writer waits alone. Then both wait and the plan lets the writer go: it ends while the reader is busy.
    for outcome in supervise(both_are_slow, start_method=start_method, plans=("last",)):
        check_it_returned(outcome, start_method)
        check_nothing_is_lost(outcome, [0, 1])


def simple_handle(handled, value):
    handled(value if value is None or type(value) in (bool, int, float, str) else repr(value))


def these_values(kata, stage, *values):
    told = relayed(kata, values, functools.partial(simple_handle, stage.recorder("handled")))
    stage.recorder("returned")(told)
    return told


def check_values(outcome, expected):
    handled = handled_before_return(outcome)
    assert handled == expected, f"the values {expected} were put, {handled} were handled"


def test_any_value_is_handled_and_as_often_as_it_comes(supervise):
    values = [None, 0, "", False, 7, 7, "stop", "STOP", "done", "end", -1, None]
    for outcome in supervise(these_values, *values):
        check_it_returned(outcome)
        check_values(outcome, values)


def test_no_values_are_no_work(supervise):
    for outcome in supervise(these_values):
        check_it_returned(outcome)
        check_values(outcome, [])


def measure(handled, value):
    handled([len(value), hashlib.sha256(value).hexdigest()])


def large_value(number):
    return bytes([number]) * (MIB + number)


def several_megabytes(kata, stage, count):
    values = [large_value(number) for number in range(count)]
    told = relayed(kata, values, functools.partial(measure, stage.recorder("handled")))
    stage.recorder("returned")(told)
    return told


def test_values_larger_than_the_pipe_are_handled(supervise):
    for outcome in supervise(several_megabytes, 4, hung=UNDRAINED):
        check_it_returned(outcome)
        sizes = [size for size, _ in handled_before_return(outcome)]
        assert sizes == [MIB + number for number in range(4)], (
            f"four values of a megabyte and more were put, {len(sizes)} were handled, of {sizes} bytes"
        )
        digests = [digest for _, digest in handled_before_return(outcome)]
        assert digests == [hashlib.sha256(large_value(number)).hexdigest() for number in range(4)], (
            "the large values were handled, but not the ones that were put"
        )


# ----------------------------------------------------------------------------------------- two processes


def who_does_what(kata, stage):
    put, handled = stage.recorder("put"), stage.recorder("handled")
    return relayed(kata, [Traced(put), Traced(put)], functools.partial(simple_handle, handled))


def test_one_process_puts_and_another_handles(supervise):
    for outcome in supervise(who_does_what):
        check_it_returned(outcome)
        handlers = {record.process for record in outcome.records if record.recorder == "handled"}
        putters = {record.process for record in outcome.records if record.recorder == "put"}
        assert 0 not in handlers, "handle ran in the process that called relay, not in a reader process"
        assert len(handlers) == 1, f"the values were handled in {len(handlers)} processes, expected one reader"
        assert putters - {0}, "the values were put by the process that called relay, not by a writer process"
        assert putters - {0} - handlers, "the values were put by the process that handles them, not by a writer"


def writer_takes_long_to_end(kata, stage):
    """The only value is handled while the writer is about to end, and waits at a gate there."""
    gate = stage.gate("slow")
    return relayed(kata, [Lasting(os.getpid(), gate)], functools.partial(slow_handle, gate))


def slow_handle(gate, value):
    gate("handle(the value)")


def test_the_writer_ends_by_itself(supervise):
    for outcome in supervise(writer_takes_long_to_end, plans=("first",)):
        check_it_returned(outcome)
        killed = [record.value for record in outcome.records if record.recorder == "killed-at-gate"]
        assert "writer ends" not in killed, (
            "every value was handled, the writer was about to end by itself, and it was killed"
        )


# ---------------------------------------------------------------------------------------------- failures


def check_it_raised(outcome, what, code):
    assert outcome.value != "returned", f"{code}: {what}, and relay returned as if every value had been handled"
    assert outcome.value == "RuntimeError", f"{what}, and relay raised {outcome.value}; expected RuntimeError"


def numbered_handle(at, called, value):
    if value[0] == at:
        called(at)
        raise ValueError(f"cannot handle {at}")


def handle_raises(kata, stage, at, count, size):
    values = [bytes([number]) * size for number in range(count)]
    return relayed(kata, values, functools.partial(numbered_handle, at, stage.recorder("called")))


def test_a_handle_that_raises_ends_the_relay(supervise):
    for at, count, size in ((0, 3, MIB), (0, 4, 1), (3, 4, 1)):
        what = f"handle raised ValueError on value {at} of {count} ({size} bytes each)"
        hung = f"WORKER-DIED: {what}, and relay waits for ever"
        for outcome in supervise(handle_raises, at, count, size, hung=hung):
            check_it_raised(outcome, what, "EXCEPTION-LOST")
            assert len(outcome.records) == 1, f"{what}, and was called {len(outcome.records)} times with that one"


def fatal_handle(at, value):
    if value[0] == at:
        os.kill(os.getpid(), signal.SIGKILL)


def reader_is_killed(kata, stage, at, count, size):
    values = [bytes([number]) * size for number in range(count)]
    return relayed(kata, values, functools.partial(fatal_handle, at))


def test_a_killed_reader_ends_the_relay(supervise):
    for at, count, size in ((0, 4, 1), (3, 4, 1), (1, 4, MIB)):
        what = f"the reader was killed at value {at} of {count} ({size} bytes each)"
        hung = f"WORKER-DIED: {what}, and relay waits for ever"
        for outcome in supervise(reader_is_killed, at, count, size, hung=hung):
            check_it_raised(outcome, what, "WORKER-DIED")


def leaving_handle(way, value):
    way(0)


def reader_leaves(kata, stage, way):
    return relayed(kata, [1, 2], functools.partial(leaving_handle, {"os._exit": os._exit, "sys.exit": sys.exit}[way]))


def test_a_reader_that_ends_well_in_the_middle_ends_the_relay(supervise):
    for way in ("os._exit", "sys.exit"):
        what = f"handle called {way}(0) on the first of two values"
        hung = f"WORKER-DIED: {what}, and relay waits for ever"
        for outcome in supervise(reader_leaves, way, hung=hung):
            check_it_raised(outcome, what, "WORKER-DIED")


def writer_is_killed(kata, stage, at, size):
    """Value `at` kills the writer; the reader is held at the first, so that a large one is still on its way by then."""
    values = [bytes([number]) * size for number in range(3)]
    values.insert(at, Fatal(os.getpid()))
    return relayed(kata, values, functools.partial(slow_start_handle, stage.gate("handle")))


def slow_start_handle(gate, value):
    if value[0] == 0:
        gate("handle(the first value)")


def test_a_killed_writer_ends_the_relay(supervise):
    for at, size in ((0, 1), (2, 1), (3, MIB)):
        what = f"the writer was killed at value {at} ({size} bytes each)"
        hung = f"WORKER-DIED: {what}, and relay waits for ever"
        for outcome in supervise(writer_is_killed, at, size, hung=hung):
            check_it_raised(outcome, what, "WORKER-DIED")
