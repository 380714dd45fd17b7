"""The trusted ends of what connects a check's process with the outside: two pipes and a channel."""

from __future__ import annotations

import os
import selectors
import socket
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from dojo.sandbox.launcher import Handed

KEPT = 64 << 10
"""Bytes kept of the beginning, and as many of the end, of what is printed."""
CHUNK = 1 << 16
MOST_AT_ONCE = 64


@dataclass
class Printed:
    """One of the two streams: its beginning, its end, and how much there was."""

    descriptor: int
    head: bytearray = field(default_factory=bytearray)
    tail: bytearray = field(default_factory=bytearray)
    total: int = 0
    open: bool = True

    def drain(self) -> bytes:
        """Take what is there now, up to some megabytes, without blocking; notice the end."""
        taken = bytearray()
        for _ in range(MOST_AT_ONCE):
            try:
                part = os.read(self.descriptor, CHUNK)
            except BlockingIOError:
                break
            if not part:
                self.open = False
                break
            taken += part
        return bytes(taken)

    def take(self) -> int:
        """Drain and keep; return how many bytes there were."""
        data = self.drain()
        self.keep(data)
        return len(data)

    def keep(self, data: bytes) -> None:
        """Add to what was printed."""
        self.total += len(data)
        room = KEPT - len(self.head)
        self.head += data[:room]
        self.tail += data[room:]
        if len(self.tail) > 2 * KEPT:
            del self.tail[:-KEPT]

    @property
    def text(self) -> str:
        """What was printed, with a line in place of what was left out."""
        end = self.tail[-KEPT:]
        left_out = self.total - len(self.head) - len(end)
        middle = f"\n[{left_out} bytes left out]\n" if left_out else ""
        return self.head.decode("utf-8", "replace") + middle + end.decode("utf-8", "replace")


class Plumbing:
    """Makes the pipes and the channel of one child; a context manager that closes our ends of them."""

    def __init__(self) -> None:
        output, self._output_there = os.pipe()
        errors, self._errors_there = os.pipe()
        self.channel, self._channel_there = socket.socketpair()
        for descriptor in (output, errors):
            os.set_blocking(descriptor, False)
        self.output, self.errors = Printed(output), Printed(errors)
        self.selector = selectors.DefaultSelector()

    @property
    def handed(self) -> Handed:
        """What the child is to get."""
        return Handed(self._output_there, self._errors_there, self._channel_there.fileno())

    def close_theirs(self) -> None:
        """Close the child's ends here, so that their end can be noticed."""
        os.close(self._output_there)
        os.close(self._errors_there)
        self._channel_there.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close our ends."""
        self.selector.close()
        os.close(self.output.descriptor)
        os.close(self.errors.descriptor)
        self.channel.close()
