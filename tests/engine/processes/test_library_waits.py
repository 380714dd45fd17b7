"""Managers as a supervised scenario sees them: real ones, whose servers sleep until somebody wants something."""

import contextlib
import multiprocessing
import multiprocessing.connection
import multiprocessing.managers
import queue
import signal
import socket
import sys
import threading

import pytest

from dojo.processes import library_waits, stillness

# Under xdist a worker has a thread of its own; it holds no lock that a manager's process could want.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded, use of fork:DeprecationWarning")

FORK = multiprocessing.get_context("fork")


class Office(multiprocessing.managers.BaseManager):
    pass


Office.register("queue", callable=queue.Queue)


def comes_to_rest(process):
    """Look until every thread of `process` sleeps until it is woken, or some timed sleep has ended in vain."""
    watch, now = stillness.Watch(), 0.0
    while True:
        now += 1.0
        watch.look([process], now)
        if watch.looks >= 3:
            return True
        if watch.wakes >= 2:
            return False


def served(served_by):
    office = Office(("127.0.0.1", 0), b"key", ctx=FORK)
    # pytest-timeout has a handler for SIGALRM: a process with one may have a timer that nothing shows.
    office.start(signal.signal, (signal.SIGALRM, signal.SIG_DFL))
    try:
        return served_by(office)
    finally:
        office.shutdown()


def rests(office):
    return comes_to_rest(office._process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_server_looks_around_every_second_and_here_it_sleeps():
    assert not served(rests)
    with library_waits.ended_by_events():
        assert served(rests)


def test_a_manager_serves_and_stops_as_ever():
    def passed_on(office):
        items = office.queue()
        items.put("an item")
        return items.get()

    with library_waits.ended_by_events():
        assert served(passed_on) == "an item"


def answers_nobody_asked_for():
    """Tell a server to stop while it answers a request, and return what its client gets after that answer."""
    server = Office(None, b"key").get_server()
    server.stop_event = multiprocessing.managers.threading.Event()
    near, far = multiprocessing.Pipe()
    serving = threading.Thread(target=server.handle_request, args=(far,))
    serving.start()
    multiprocessing.connection.answer_challenge(near, b"key")
    multiprocessing.connection.deliver_challenge(near, b"key")
    near.send((None, "accept_connection", ("a client",), {}))
    assert near.recv() == ("#RETURN", None)
    server.id_to_obj["an event"] = (server.stop_event, ("set",), None)
    near.send(("an event", "set", (), {}))
    assert near.recv() == ("#RETURN", None)
    answers = []
    with near, contextlib.suppress(EOFError):
        while True:
            answers.append(near.recv())
    serving.join()
    server.listener.close()
    return answers


def test_a_server_that_is_told_to_stop_answers_none_to_the_next_request_and_here_it_hangs_up():
    assert answers_nobody_asked_for() == [("#RETURN", None)]
    with library_waits.ended_by_events():
        assert answers_nobody_asked_for() == []


def test_tcp_connections_send_at_once():
    with library_waits.ended_by_events():
        listener = multiprocessing.connection.Listener(("127.0.0.1", 0))
        near = multiprocessing.connection.Client(listener.address)
        far = listener.accept()
    for end in (near, far):
        with socket.socket(fileno=end.fileno()) as seen:
            assert seen.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            seen.detach()
        end.close()
    listener.close()


def test_modules_are_put_back():
    with library_waits.ended_by_events():
        assert multiprocessing.managers.threading is not threading
    assert multiprocessing.managers.threading is threading
    assert multiprocessing.connection.socket is socket
