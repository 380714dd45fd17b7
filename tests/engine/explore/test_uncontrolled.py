"""What cannot be controlled is said in one sentence, whoever does it; importing it is fine."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from tests.engine.explore.exploring import ending, notes

KERNEL = "waits in the kernel or makes something to wait for there: no schedule says when its data come"
SIGNAL = "waits for a signal or asks for one: no schedule says when a signal comes"
ONE = "the dojo explores the threads of one process"
LINE = 6


@pytest.mark.parametrize(
    "body, sentence",
    [
        ("import subprocess; subprocess.run(['true'])", f"calls subprocess.run, which starts a process: {ONE}"),
        ("import os; os.fork()", f"calls os.fork, which starts a process: {ONE}"),
        ("import os; os.system('true')", f"calls os.system, which starts a process: {ONE}"),
        ("import multiprocessing as m; m.Process()", f"calls multiprocessing.Process, which starts a process: {ONE}"),
        (
            "import multiprocessing as m; m.Lock()",
            f"calls multiprocessing.Lock, which makes something for several processes: {ONE}, and cannot see it wait",
        ),
        ("from multiprocessing.pool import Pool; Pool(1)", f"uses multiprocessing: {ONE}"),
        ("import signal; signal.pause()", f"calls signal.pause, which {SIGNAL}"),
        ("import _thread; _thread.interrupt_main()", f"calls _thread.interrupt_main, which {SIGNAL}"),
        ("import os; os.pipe()", f"calls os.pipe, which {KERNEL}"),
        ("from os import pipe; pipe()", f"calls os.pipe, which {KERNEL}"),
        ("import fcntl; fcntl.flock(0, fcntl.LOCK_EX)", f"calls fcntl.flock, which {KERNEL}"),
        ("import select; select.select([], [], [], 0)", f"calls select.select, which {KERNEL}"),
        ("import selectors; selectors.DefaultSelector()", f"calls selectors.DefaultSelector, which {KERNEL}"),
        (
            "import socket; socket.create_connection(('127.0.0.1', 9))",
            "calls socket.create_connection, which uses a real socket: no schedule says when its data come",
        ),
    ],
)
def test_it_is_refused_with_a_sentence(body, sentence):
    assert ending(body) == f"raised:Uncontrolled program.py, line {LINE}, {sentence}"
    assert f"program.py, line {LINE}, {sentence}" in notes(body)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_real_thread_is_refused():
    body = "import sys; t = sys.modules['threading'].Thread(target=int); t.start(); t.join()"
    said = notes(body)
    assert len(said) == 1 and "starts a thread behind the dojo's back" in said.pop()
    if sys.version_info >= (3, 12):
        assert ending(body).startswith("raised:Uncontrolled program.py, line 6, calls threading.Thread.start")


def test_an_event_loop_is_refused():
    body = """
        import asyncio
        async def seven():
            await asyncio.sleep(0)
            return 7
        return asyncio.run(seven())
    """
    why = "which runs an event loop: the dojo explores threads, and a loop runs as one piece in its thread"
    assert ending(body) == f"raised:Uncontrolled program.py, line 11, calls asyncio.run, {why}"


def test_a_real_socket_is_noted():
    what = "calls socket.socket.__init__, which uses a real socket: no schedule says when its data come"
    assert notes("import socket; socket.socket().close()") == {f"program.py, line 6, {what}"}


def test_a_signal_handler_belongs_to_the_first_thread():
    body = "import signal; together((signal.signal, signal.SIGUSR1, signal.SIG_DFL))"
    assert ending(body) == "raised:ValueError signal only works in main thread of the main interpreter"


def test_importing_is_fine():
    modules = (
        "subprocess, socket, socketserver, multiprocessing, multiprocessing.util, asyncio, signal, selectors, atexit"
    )
    assert notes(f"import {modules}") == set()
    assert ending(f"import {modules}; return 1") == "returned 1"


def test_what_is_registered_for_the_end_of_the_interpreter_does_not_pile_up():
    assert ending("import atexit; atexit.register(print); return 1") == "returned 1"


def test_outside_executions_nothing_is_refused():
    assert os.waitstatus_to_exitcode(os.system("true")) == 0
    socket.socket().close()
