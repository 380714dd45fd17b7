"""Messages between the trusted side and a check's process: JSON after four bytes of length."""

from __future__ import annotations

import json
import os
import socket
import struct

from dojo.model import Json

HEADER = struct.Struct("!I")
TO_EXPLORE = b"e"
TO_RUN = b"r"
"""What the trusted side asks the zygote for: a child that will explore, or one that runs real processes."""
REQUEST = struct.Struct("!cI")
"""Such a request, and the length of the grader's path, which follows."""
LARGEST_ANSWER = 64 << 20
CHANNEL_LOST = 120
"""The exit code of a child that could not send its answer."""


class MalformedError(Exception):
    """What came is no message: too long, not JSON."""


def pack(message: Json) -> bytes:
    """Return a message as it goes over the channel."""
    body = json.dumps(message).encode()
    return HEADER.pack(len(body)) + body


def pack_request(kind: bytes, grader: str) -> bytes:
    """Return a request for a child as the zygote takes it."""
    path = os.fsencode(grader)
    return REQUEST.pack(kind, len(path)) + path


def receive_request(control: socket.socket, descriptors: int) -> tuple[bytes, str, list[int]]:
    """Block for a request; return its kind, the grader's path and what was handed over. EOFError where no more come."""
    begun, handed, _, _ = socket.recv_fds(control, REQUEST.size, descriptors)
    if not begun:
        raise EOFError
    kind, length = REQUEST.unpack(begun + exactly(control, REQUEST.size - len(begun)))
    return kind, os.fsdecode(exactly(control, length)), handed


class Unpacker:
    """Collects bytes and returns the messages that are complete."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Json]:
        """Take what arrived and return what it completes; raise MalformedError where it cannot be a message."""
        self._held += data
        messages: list[Json] = []
        while len(self._held) >= HEADER.size:
            (length,) = HEADER.unpack_from(self._held)
            if length > self.limit:
                raise MalformedError(f"a message of {length} bytes")
            end = HEADER.size + length
            if len(self._held) < end:
                break
            messages.append(_parse(bytes(self._held[HEADER.size : end])))
            del self._held[:end]
        return messages


def _parse(body: bytes) -> Json:
    try:
        message: Json = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedError("a message that is not JSON") from error
    return message


def send(channel: socket.socket, message: Json) -> None:
    """Send one message and return when it is on its way."""
    channel.sendall(pack(message))


def receive(channel: socket.socket) -> Json:
    """Block for one message; EOFError when the other side has gone."""
    (length,) = HEADER.unpack(exactly(channel, HEADER.size))
    return _parse(exactly(channel, length))


def exactly(channel: socket.socket, count: int) -> bytes:
    """Block for that many bytes; EOFError when the other side has gone."""
    data = bytearray()
    while len(data) < count:
        part = channel.recv(min(count - len(data), 1 << 20))
        if not part:
            raise EOFError
        data += part
    return bytes(data)
