"""What comes over the channel of a check's process: news, one answer, and whatever a submission sends instead."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from dojo.sandbox import conversation
from dojo.sandbox.conversation import Conversation
from dojo.sandbox.framing import HEADER, MalformedError, Unpacker, pack, receive, send

ANSWER = {"answer": {"ok": 7}, "servants": [3, "not a process"]}


@dataclass
class Line:
    """Both ends of a channel, and the news that came over it."""

    child: socket.socket
    talk: Conversation
    news: list[object]

    def say(self, data: bytes) -> Conversation:
        """Send what the child says, and read it."""
        self.child.sendall(data)
        self.talk.read()
        return self.talk


@pytest.fixture
def line() -> Iterator[Line]:
    ours, child = socket.socketpair()
    news: list[object] = []
    with ours, child:
        yield Line(child, Conversation(ours, news.append), news)


def test_news_and_an_answer_are_taken_in(line: Line) -> None:
    line.say(pack({"progress": 250}) + pack(ANSWER))
    assert (line.news, line.talk.answer, line.talk.servants) == ([250], {"ok": 7}, [3])
    assert line.talk.is_open and not line.talk.is_garbled


def test_half_a_message_is_waited_for(line: Line) -> None:
    packed = pack(ANSWER)
    assert line.say(packed[:9]).answer is None
    assert line.say(packed[9:]).answer == {"ok": 7}


def test_where_nothing_has_come_there_is_nothing_more(line: Line) -> None:
    assert line.talk.read() is False and line.talk.is_open


def test_a_child_that_has_gone_closes_the_conversation(line: Line) -> None:
    line.child.close()
    assert line.talk.read() is False and not line.talk.is_open
    assert line.talk.read() is False


def test_a_child_that_goes_before_it_has_listened_closes_the_conversation(line: Line) -> None:
    line.talk.channel.send(b"for nobody")
    line.child.close()
    assert line.talk.read() is False and not line.talk.is_open and not line.talk.is_garbled


def test_letting_go_of_a_child_that_has_gone_is_no_matter(line: Line) -> None:
    line.child.close()
    line.talk.let_go()


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(pack(7), id="no object"),
        pytest.param(pack({"answer": 7, "servants": []}), id="no answer"),
        pytest.param(pack({"answer": {"ok": 7}}), id="no servants"),
        pytest.param(pack(ANSWER) + pack(ANSWER), id="two answers"),
        pytest.param(HEADER.pack(3) + b"{,}", id="no JSON"),
        pytest.param(HEADER.pack(200_000) + b"[" * 200_000, id="nested too deeply"),
        pytest.param(HEADER.pack(1 << 30), id="too long"),
    ],
)
def test_what_is_no_message_of_ours_garbles_the_conversation(line: Line, said: bytes) -> None:
    talk = line.say(said)
    assert talk.is_garbled and not talk.is_open


def test_more_news_than_any_job_has_garbles_the_conversation(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "MOST_NEWS", 100)
    talk = line.talk
    while talk.is_open:
        line.say(pack({"progress": 1}))
    assert talk.is_garbled and len(line.news) < 100


def test_a_message_goes_over_a_channel_as_it_is() -> None:
    here, there = socket.socketpair()
    with here, there:
        send(here, ANSWER)
        assert receive(there) == ANSWER


def test_a_channel_that_ends_within_a_message_is_told() -> None:
    here, there = socket.socketpair()
    with there:
        with here:
            here.sendall(pack(ANSWER)[:9])
        with pytest.raises(EOFError):
            receive(there)


def test_the_limit_of_a_message_is_told_with_its_length() -> None:
    with pytest.raises(MalformedError, match="a message of 101 bytes"):
        Unpacker(100).feed(HEADER.pack(101))
