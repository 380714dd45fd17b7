"""Real processes in every kind of sleep, told from those that run or wait for a processor."""

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from dojo.processes import stillness
from dojo.processes.stillness import NUMBERS, TIMED, UNTIMED, Watch, describe_sleep, look_at_process

linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
X86 = {number: name for name, number in NUMBERS["x86_64"].items()}
ARM = {number: name for name, number in NUMBERS["aarch64"].items()}


@contextlib.contextmanager
def running(text, *, python=sys.executable):
    """Start a program and wait until it has said that it is about to do what it does."""
    program = "import sys, os\ndef ready():\n    os.write(1, b'!')\n" + textwrap.dedent(text)
    command = [python, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout.read(1) == b"!"
        try:
            yield process.pid
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def until(predicate, *, seconds=30.0):
    """Wait for what must come about; how long it takes does not matter."""
    deadline = time.monotonic() + seconds
    while not predicate():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def sleeps_of(process):
    return {look.sleep for look in look_at_process(process)}


@linux
@pytest.mark.parametrize(
    "text",
    [
        "ready(); sys.stdin.read()",
        "import signal; ready(); signal.pause()",
        "import threading; lock = threading.Lock(); lock.acquire(); ready(); lock.acquire()",
        "import threading; ready(); threading.Event().wait()",
        "import queue; ready(); queue.Queue().get()",
        "import queue; ready(); queue.SimpleQueue().get()",
        "import select; ready(); select.select([0], [], [])",
        "import select; ready(); select.epoll().poll()",
        "import select; p = select.poll(); p.register(0, 1); ready(); p.poll()",
        "import selectors; s = selectors.DefaultSelector(); s.register(0, 1); ready(); s.select()",
        "import socket; s = socket.socket(); s.listen(); ready(); s.accept()",
        "import socket; a, b = socket.socketpair(); ready(); a.recv(1)",
        "import signal\nif os.fork() == 0:\n    signal.pause()\nready()\nos.wait()",
        "import os; r, w = os.pipe(); ready(); os.write(w, bytes(1 << 20))",
        "import multiprocessing as m; s = m.Semaphore(0); ready(); s.acquire()",
        "import multiprocessing as m; q = m.Queue(); ready(); q.get()",
        "import threading; t = threading.Thread(target=sys.stdin.read); t.start(); ready(); t.join()",
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [10]); ready(); signal.sigwait([10])",
        "import fcntl; f, g = (open('/proc/self/exe') for _ in 'fg'); fcntl.flock(f, 2); ready(); fcntl.flock(g, 2)",
    ],
)
def test_these_sleep_until_somebody_wakes_them(text):
    with running(text) as process:
        until(lambda: sleeps_of(process) == {"until woken"})


@linux
@pytest.mark.parametrize(
    "text",
    [
        "import time; ready(); time.sleep(1000)",
        "import threading; lock = threading.Lock(); lock.acquire(); ready(); lock.acquire(timeout=1000)",
        "import threading; ready(); threading.Event().wait(1000)",
        "import queue; ready(); queue.Queue().get(timeout=1000)",
        "import select; ready(); select.select([0], [], [], 1000)",
        "import select; ready(); select.epoll().poll(1000)",
        "import select; p = select.poll(); p.register(0, 1); ready(); p.poll(1000_000)",
        "import socket; a, b = socket.socketpair(); a.settimeout(1000); ready(); a.recv(1)",
        "import multiprocessing as m; s = m.Semaphore(0); ready(); s.acquire(timeout=1000)",
        "import signal; ready(); signal.sigtimedwait([10], 1000)",
        "import signal; signal.signal(14, lambda *_: 0); signal.alarm(1000); ready(); signal.pause()",
        "import threading, time; threading.Thread(target=time.sleep, args=(1000,)).start(); ready(); sys.stdin.read()",
    ],
)
def test_these_wake_up_by_themselves(text):
    with running(text) as process:
        until(lambda: "timed" in sleeps_of(process) and "runs" not in sleeps_of(process))


@linux
def test_a_stopped_process_sleeps_until_woken():
    with running("ready()\nwhile True: pass") as process:
        os.kill(process, signal.SIGSTOP)
        until(lambda: sleeps_of(process) == {"until woken"})


@linux
def test_a_zombie_and_a_process_that_is_gone_have_no_threads():
    with subprocess.Popen(["true"]) as process:
        until(lambda: not look_at_process(process.pid))
    assert look_at_process(process.pid) == []


def watched(process, watch, until_true):
    until(lambda: (watch.look([process], time.monotonic()), until_true())[1])


def test_a_busy_loop_is_never_still_and_never_dozes():
    with running("ready()\nwhile True: pass") as process:
        watch = Watch()
        for _ in range(200):
            watch.look([process], time.monotonic())
            assert watch.looks == 0
        assert watch.dozed_for == 0 or sys.platform != "linux"


@linux
def test_a_process_starved_by_a_busy_machine_is_not_still():
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        with running("os.nice(19)\nready()\nwhile True: pass") as process:
            watch = Watch()
            for _ in range(200):
                watch.look([process], time.monotonic())
                assert watch.looks == 0 and watch.dozed_for == 0
    finally:
        for other in busy:
            other.kill()
            other.wait()


@linux
def test_two_processes_that_play_ping_pong_are_never_still():
    text = """
    a, b = os.pipe(); c, d = os.pipe()
    if os.fork() == 0:
        while os.read(a, 1): os.write(d, b"x")
    ready()
    while True:
        os.write(b, b"x"); os.read(c, 1)
    """
    with running(text) as process:
        (child,) = __import__("dojo.processes.tree").processes.tree.children_of(process)
        watch = Watch()
        try:
            for _ in range(500):
                watch.look([process, child], time.monotonic())
                assert watch.looks <= 1
        finally:
            os.kill(child, signal.SIGKILL)


@linux
def test_a_blocked_process_is_still_after_the_second_look():
    with running("ready(); sys.stdin.read()") as process:
        until(lambda: sleeps_of(process) == {"until woken"})
        watch = Watch()
        for now in (1.0, 1.5, 2.5):
            watch.look([process], now)
        assert (watch.looks, watch.still_for, watch.dozed_for) == (3, 1.5, 1.5)
        watch.restart()
        watch.look([process], 3.0)
        assert (watch.looks, watch.still_for) == (1, 0.0)


@linux
def test_a_polling_loop_dozes_and_its_wakes_are_counted():
    with running("import time; ready()\nwhile True: time.sleep(0.01)") as process:
        watch = Watch()
        watched(process, watch, lambda: watch.wakes >= 8 and watch.dozed_for > 0)
        assert watch.looks == 0


@linux
def test_the_least_busy_sleeper_decides_how_often_the_tree_woke():
    text = """
    import threading, time
    threading.Thread(target=time.sleep, args=(1000,)).start()
    ready()
    while True:
        time.sleep(0.001)
    """
    with running(text) as process:
        until(lambda: [look.sleep for look in look_at_process(process)][1:] == ["timed"])
        watch = Watch()
        for _ in range(100):
            watch.look([process], time.monotonic())
        assert watch.wakes == 0


def test_where_calls_cannot_be_read_every_sleep_is_timed(monkeypatch):
    def refused(path):
        raise PermissionError(path)

    monkeypatch.setattr(stillness, "_read", refused)
    assert stillness._sleep_of("/proc/1/task/1/syscall") == "timed"


def test_without_proc_a_process_that_has_not_moved_dozes(monkeypatch):
    monkeypatch.setattr(stillness, "ON_LINUX", False)
    with running("ready(); sys.stdin.read()") as process:
        watch = Watch()
        watched(process, watch, lambda: watch.dozed_for > 0.01)
        assert watch.looks == 0
        assert [look.sleep for look in look_at_process(process)] == ["timed"]
    assert look_at_process(process) == []


def test_without_proc_a_zombie_has_no_threads(monkeypatch):
    monkeypatch.setattr(stillness, "ON_LINUX", False)
    # No fork of our own: the process that runs the tests may have threads.
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert look_at_process(child.pid) == []


@pytest.mark.parametrize(
    ("line", "sleep"),
    [
        ("running", "runs"),
        ("", "runs"),
        ("-1 0x7ffe 0x7f", "timed"),
        ("0 0x3 0x7f 0x1 0x0 0x0 0x0 0x7ffe 0x7f", "until woken"),
        ("202 0x7f 0x189 0x0 0x0 0x0 0xffffffff 0x7ffe 0x7f", "until woken"),
        ("202 0x7f 0x189 0x0 0x7ffc 0x0 0xffffffff 0x7ffe 0x7f", "timed"),
        ("7 0x7f 0x1 0xffffffff 0x0 0x0 0x0 0x7ffe 0x7f", "until woken"),
        ("7 0x7f 0x1 0xffffffffffffffff 0x0 0x0 0x0 0x7ffe 0x7f", "until woken"),
        ("7 0x7f 0x1 0x64 0x0 0x0 0x0 0x7ffe 0x7f", "timed"),
        ("230 0x0 0x0 0x7ff 0x7ff 0x0 0x0 0x7ffe 0x7f", "timed"),
        ("9999 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f", "timed"),
    ],
)
def test_a_line_of_proc_says_how_long_a_thread_sleeps(line, sleep):
    assert describe_sleep(line, X86) == sleep


def test_both_tables_name_only_calls_that_are_understood():
    for names in (X86, ARM):
        assert set(names.values()) <= UNTIMED | TIMED.keys()
    assert describe_sleep("98 0x7f 0x189 0x0 0x0 0x0 0xffffffff 0x7ffe 0x7f", ARM) == "until woken"
    assert describe_sleep("22 0x4 0x7f 0x1 0xffffffff 0x0 0x0 0x7ffe 0x7f", ARM) == "until woken"
