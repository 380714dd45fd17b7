"""What a check's process says on its channel: news as often as it likes, and one answer."""

from __future__ import annotations

import socket
from collections.abc import Callable

from dojo.model import Json
from dojo.sandbox.framing import LARGEST_ANSWER, MalformedError, Unpacker, pack

CHUNK = 1 << 18
MOST_NEWS = 4 * LARGEST_ANSWER
"""Bytes altogether; an exploration sends some thousands."""


class Conversation:
    """Reads one child's channel without blocking; whatever is not a message of ours ends it."""

    def __init__(self, channel: socket.socket, progress: Callable[[Json], None]) -> None:
        self.channel = channel
        self.progress = progress
        self.answer: dict[str, Json] | None = None
        self.servants: list[int] = []
        self.is_open = True
        self.is_garbled = False
        self._received = 0
        self._unpacker = Unpacker(LARGEST_ANSWER)
        channel.setblocking(False)

    def read(self) -> bool:
        """Take in what has arrived; say whether there may be more."""
        if not self.is_open:
            return False
        try:
            data = self.channel.recv(CHUNK)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            # Its process is about to end, or goes on and cannot answer any more: how it ends will tell.
            self.is_open = False
            return False
        self._take(data)
        return self.is_open

    def let_go(self) -> None:
        """Tell the child that it may leave; one that has gone already is no matter."""
        try:
            self.channel.send(pack({"leave": True}))
        except OSError:
            return

    def _take(self, data: bytes) -> None:
        self._received += len(data)
        try:
            if self._received > MOST_NEWS:
                raise MalformedError("more than any job has to say")
            for message in self._unpacker.feed(data):
                self._understand(message)
        except MalformedError:
            self.is_garbled = True
            self.is_open = False

    def _understand(self, message: Json) -> None:
        if self.answer is not None or type(message) is not dict:
            raise MalformedError("not a message of ours")
        if "progress" in message:
            self.progress(message["progress"])
            return
        answer, servants = message.get("answer"), message.get("servants")
        if type(answer) is not dict or type(servants) is not list:
            raise MalformedError("not an answer")
        self.answer = answer
        self.servants = [process for process in servants if type(process) is int]
