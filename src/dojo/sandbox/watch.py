"""The loop that stands beside one job from its start to its end: one thread, one selector, no learner's code.

Whether a job hangs is never decided by a clock: `dojo.processes.stillness` says when nothing can go on any more. The
clock is asked only how often to look, and by the backstops in `Limits`, which no sane job comes near.
"""

from __future__ import annotations

import selectors
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from dojo.model import Json, ProcessStack
from dojo.processes import stacks, stillness
from dojo.processes.census import take_census
from dojo.processes.director import Director
from dojo.processes.severed import has_severed_connection
from dojo.processes.tree import stop_all, usage_of
from dojo.sandbox.conversation import Conversation
from dojo.sandbox.framing import CHANNEL_LOST
from dojo.sandbox.jobs import Answered, Budget, Died, Disrupted, Ended, Exceeded, Limits, Stalled
from dojo.sandbox.launcher import Launcher, ZygoteGoneError
from dojo.sandbox.plumbing import Plumbing, Printed

SHORTEST, LONGEST = 0.001, 0.04
"""Seconds between two looks: short after something has happened, longer the longer nothing does."""
LOOKS_TO_BE_STILL = 3
LOOKS_TO_HANG, SECONDS_TO_HANG = 10, 0.5
"""More than a gate needs: work that the kernel has put off (loopback packets, timers) shows within this time."""
DOZE, POLLING_DOZE, POLLING_WAKES = 6.0, 1.0, 4
"""Seconds of nothing but timed waits that count as still; fewer where every one of them has ended so often in vain.

No round number of seconds, which is what people sleep: an end of a sleep and of our patience must not coincide."""
DOZE_TO_HANG, POLLING_DOZE_TO_HANG = 31.0, 11.0
"""The same for a hang, where being wrong would do harm: somebody may have a deadline of ten seconds."""
SECONDS_TO_LEAVE = 10.0
CHECK_EVERY = 0.1
AFTERLIFE_SECONDS = 1.0
"""Processor time that what was left behind may still use before it is counted."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Who takes part in one job."""

    launcher: Launcher
    plumbing: Plumbing
    director: Director
    limits: Limits
    progress: Callable[[Json], None]
    names: stacks.Names


class Watch:
    """Watches one child and its tree until its job has ended one way or the other."""

    def __init__(self, surroundings: Surroundings, child: int) -> None:
        self.at = surroundings
        self.child = child
        self.ended: Ended | None = None
        self._talk = Conversation(surroundings.plumbing.channel, surroundings.progress)
        self._used_at_answer: float | None = None
        self._still = stillness.Watch()
        self._interval = SHORTEST
        self._began = self._checked = time.monotonic()
        self._register()

    def until_ended(self) -> Ended:
        """Return how the job ended, without what was printed; what is left of the tree is still there."""
        self.at.director.numbering.of(self.child)
        while self.ended is None:
            self._serve(self._interval)
            self._enforce_limits()
            if self.ended is None:
                self._look()
        return self.ended

    def see_off(self) -> None:
        """Let the child flush its output and leave, once its answer and the census are in."""
        self._still.restart()
        self._talk.let_go()
        while self.child not in self.at.launcher.ended and self._still.still_for < SECONDS_TO_HANG:
            try:
                self._serve(SHORTEST)
            except ZygoteGoneError:
                return
            if time.monotonic() - self._checked > SECONDS_TO_LEAVE:
                return
            self._still.look(self.at.launcher.tree(), time.monotonic())

    # ------------------------------------------------------------------------------------------ events

    def _register(self) -> None:
        plumbing = self.at.plumbing
        reading = selectors.EVENT_READ
        plumbing.selector.register(self._talk.channel, reading, self._read_channel)
        plumbing.selector.register(self.at.launcher.control, reading, self._read_control)
        for stream in (plumbing.output, plumbing.errors):
            plumbing.selector.register(stream.descriptor, reading, self._reader_of(stream))

    def _reader_of(self, stream: Printed) -> Callable[[], None]:
        return lambda: self._read_printed(stream)

    def _serve(self, seconds: float) -> None:
        events = self.at.plumbing.selector.select(seconds)
        for key, _ in events:
            # An earlier handler of the same round may have closed this one's connection.
            if self.at.plumbing.selector.get_map().get(key.fd) is key:
                key.data()
        if events:
            self._still.restart()
            self._interval = SHORTEST

    def _read_printed(self, stream: Printed) -> None:
        stream.take()
        if not stream.open:
            self.at.plumbing.selector.unregister(stream.descriptor)

    def _read_control(self) -> None:
        try:
            self.at.launcher.listen()
        except ZygoteGoneError:
            self.ended = Disrupted("", "")
            raise
        if self.child in self.at.launcher.ended and self.ended is None:
            self._child_ended(self.at.launcher.ended[self.child])

    def _child_ended(self, code: int) -> None:
        # Its answer may still be in the channel: a thread of the submission may have ended the process meanwhile.
        while self._talk.read():
            pass
        if self._talk.answer is not None:
            self._count()
        elif code == CHANNEL_LOST:
            self.ended = Died(None, "closed a descriptor that is not its own", "", "")
        else:
            self.ended = Died(code, _how(code), "", "")

    def _read_channel(self) -> None:
        self._talk.read()
        if not self._talk.is_open:
            self.at.plumbing.selector.unregister(self._talk.channel)
        if self._talk.answer is not None:
            self.at.director.drop_curtain()
        elif self._talk.is_garbled:
            self.ended = Died(None, "wrote to a descriptor that is not its own", "", "")

    # ------------------------------------------------------------------------------------------- looks

    def _look(self) -> None:
        """Look at the tree once, and act if nothing in it moves."""
        tree = self.at.launcher.tree()
        self._still.look(tree, time.monotonic())
        if not 0 < self._still.looks < LOOKS_TO_BE_STILL:
            self._interval = min(self._interval * 1.5, LONGEST)
        if not self._is_quiet():
            return
        self.at.director.notice_deaths()
        if self.at.director.let_one_go():
            self._still.restart()
            self._interval = SHORTEST
        elif self._talk.answer is not None:
            self._count()
        elif self._is_hung():
            severed = has_severed_connection(tree)
            self.ended = Stalled(self.collect_stacks(), self._still.looks > 0, "", "", severed)

    def _is_quiet(self) -> bool:
        still = self._still
        if still.looks >= LOOKS_TO_BE_STILL or still.dozed_for >= DOZE:
            return True
        return still.dozed_for >= POLLING_DOZE and still.wakes >= POLLING_WAKES

    def _is_hung(self) -> bool:
        still = self._still
        if still.looks >= LOOKS_TO_HANG and still.still_for >= SECONDS_TO_HANG:
            return True
        if still.dozed_for >= DOZE_TO_HANG:
            return True
        return still.dozed_for >= POLLING_DOZE_TO_HANG and still.wakes >= POLLING_WAKES

    def _count(self) -> None:
        assert self._talk.answer is not None
        role = self.at.director.numbering.role
        census = take_census(self.at.launcher.tree(), self.child, self._talk.servants, role)
        self.ended = Answered(self._talk.answer, "", "", census)

    def _enforce_limits(self) -> None:
        now = time.monotonic()
        limits = self.at.limits
        printed = self.at.plumbing.output.total + self.at.plumbing.errors.total
        if self.ended is None and printed > limits.output:
            self._exceeded("output", limits.output)
        if self.ended is not None or now - self._checked < CHECK_EVERY:
            return
        self._checked = now
        usage = usage_of(self.at.launcher.tree())
        if usage.memory > limits.memory:
            self._exceeded("memory", limits.memory)
        elif usage.processor_seconds > limits.processor_seconds:
            self._exceeded("processor time", limits.processor_seconds)
        elif now - self._began > limits.wall_seconds:
            self._exceeded("wall clock", limits.wall_seconds)
        elif self.at.director.calls > limits.gate_calls:
            self._exceeded("gate calls", limits.gate_calls)
        elif self._talk.answer is not None:
            self._end_afterlife(usage.processor_seconds)

    def _end_afterlife(self, used: float) -> None:
        """Count what was left behind even if it never comes to rest."""
        if self._used_at_answer is None:
            self._used_at_answer = used
        elif used - self._used_at_answer > AFTERLIFE_SECONDS:
            self._count()

    def _exceeded(self, what: Budget, limit: float) -> None:
        busy = what in ("processor time", "wall clock")
        self.ended = Exceeded(what, limit, "", "", self.collect_stacks() if busy else ())

    # ------------------------------------------------------------------------------------------ stacks

    def collect_stacks(self) -> tuple[ProcessStack, ...]:
        """Return what every process is doing; they are all stopped, and most of them dead, afterwards."""
        tree = stop_all(self.at.launcher.tree)
        self._drain()
        return stacks.collect_stacks(tree, self.at.director.numbering, self._dump, self.at.names)

    def _dump(self, process: int) -> str:
        written = bytearray()
        stacks.abort(process, lambda: written.extend(self.at.plumbing.errors.drain()))
        return written.decode("utf-8", "replace")

    def _drain(self) -> None:
        self.at.plumbing.output.take()
        self.at.plumbing.errors.take()


def with_printed(ended: Ended, plumbing: Plumbing, rename: Callable[[str], str]) -> Ended:
    """Return `ended` with all that was printed until the tree was gone."""
    while plumbing.output.take() or plumbing.errors.take():
        pass
    output, errors = rename(plumbing.output.text), rename(plumbing.errors.text)
    return replace(ended, output=output, errors=errors)


def _how(code: int) -> str:
    if code >= 0:
        return f"left the interpreter with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
