"""Gates and recorders: an order is forced without a clock, from every kind of process."""

import socket
import sys
import threading

import pytest

from dojo.model import Census, QuietPoint, Record
from dojo.processes.director import Director
from dojo.sandbox.jobs import Answered, Exceeded, Limits, Stalled

METHODS = ["fork", "forkserver", "spawn"]

POOL = """
import multiprocessing
from functools import partial

def work(gate, record, number):
    gate(f"work({number})")
    record(number)
    return number

def act(stage, count, workers):
    task = partial(work, stage.gate("work"), stage.recorder("done"))
    with multiprocessing.Pool(workers) as pool:
        results = pool.map(task, range(count), chunksize=1)
        pool.close()
        pool.join()
    return [results, stage.children()]
"""


@pytest.mark.parametrize("method", METHODS)
def test_the_last_one_that_came_goes_first(workshop, method):
    ended, director = workshop.stage(POOL, 4, 3, plan="last", method=method)
    assert isinstance(ended, Answered) and ended.payload == {"ok": [[0, 1, 2, 3], 0]}
    assert [record.value for record in director.records] == [2, 3, 1, 0]
    assert [quiet.waiting for quiet in director.quiet] == [
        ("work(0)", "work(1)", "work(2)"),
        ("work(0)", "work(1)", "work(3)"),
        ("work(0)", "work(1)"),
        ("work(0)",),
    ]


@pytest.mark.parametrize("method", METHODS)
def test_the_first_one_that_came_goes_first(workshop, method):
    ended, director = workshop.stage(POOL, 4, 2, plan="first", method=method)
    assert isinstance(ended, Answered) and ended.census == Census()
    assert [record.value for record in director.records] == [0, 1, 2, 3]


def test_all_may_go_at_once(workshop):
    _, director = workshop.stage(POOL, 4, 4, plan="all")
    assert [len(quiet.waiting) for quiet in director.quiet] == [4]


def test_processes_are_numbered_as_they_are_heard_of(workshop):
    _, director = workshop.stage(POOL, 3, 3, plan="first")
    assert director.records == (Record("done", 0, 1), Record("done", 1, 2), Record("done", 2, 3))


def test_labels_that_come_together_are_in_the_order_of_their_numbers(workshop):
    _, director = workshop.stage(POOL, 11, 11, plan="all")
    assert director.quiet == (QuietPoint(tuple(f"work({number})" for number in range(11))),)


def test_threads_wait_at_gates_of_their_own(workshop):
    text = """
    import threading

    def act(stage):
        gate, seen = stage.gate("g"), []
        def work(number):
            gate(str(number))
            seen.append(number)
        threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        return seen
    """
    ended, director = workshop.stage(text, plan="last")
    assert ended.payload == {"ok": [2, 1, 0]}
    assert [len(quiet.waiting) for quiet in director.quiet] == [3, 2, 1]


def test_a_slow_computation_ends_before_any_gate_opens(workshop):
    text = """
    import os, sys

    def act(stage):
        gate, record = stage.gate("g"), stage.recorder("r")
        reading, writing = os.pipe()
        if os.fork() == 0:
            sum(range(5_000_000))
            record("computed")
            os._exit(0)
        gate("here")
        record("let go")
        os.wait()
    """
    _, director = workshop.stage(text)
    assert [record.value for record in director.records] == ["computed", "let go"]


def test_a_sleep_of_a_second_ends_before_any_gate_opens(workshop):
    text = """
    import os, time

    def act(stage):
        gate, record = stage.gate("g"), stage.recorder("r")
        if os.fork() == 0:
            time.sleep(1)
            record("slept")
            os._exit(0)
        gate("here")
        record("let go")
        os.wait()
    """
    _, director = workshop.stage(text)
    assert [record.value for record in director.records] == ["slept", "let go"]


def test_a_polling_loop_does_not_keep_a_gate_shut_for_ever(workshop):
    text = """
    import os, time

    def act(stage):
        child = os.fork()
        if child == 0:
            stage.gate("g")("here")
            os._exit(0)
        while os.waitpid(child, os.WNOHANG)[0] == 0:
            time.sleep(0.02)
        return "reaped"
    """
    ended, _ = workshop.stage(text)
    assert ended.payload == {"ok": "reaped"}


@pytest.mark.parametrize("bystander", [False, True])
def test_a_process_killed_at_a_gate_is_noticed(workshop, bystander):
    text = """
    import os, signal, threading

    def act(stage, bystander):
        gate = stage.gate("g")
        child = os.fork()
        if child == 0:
            if bystander:
                waiting = threading.Thread(target=gate, args=("held",))
                waiting.start()
                stage.recorder("r")("asking")
                # A copy of the connection may live on in here.
                if os.fork() == 0:
                    signal.pause()
                waiting.join()
            gate("held")
        stage.gate("me")("mine")
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        stage.gate("me")("again")
        return "killed"
    """
    ended, director = workshop.stage(text, bystander, plan="last")
    assert isinstance(ended, Answered) and ended.payload == {"ok": "killed"}
    assert Record("killed-at-gate", "held", 1) in director.records
    assert director.quiet == (QuietPoint(("held", "mine")), QuietPoint(("again",)))


def test_what_waits_at_a_gate_when_the_scenario_returns_is_left_behind(workshop):
    text = "import os\ndef act(stage):\n    if os.fork() == 0:\n        stage.gate('g')('x')\n    return 1"
    ended, director = workshop.stage(text)
    assert isinstance(ended, Answered) and ended.census.alive == ("child 1 (started by the scenario)",)
    assert director.quiet == ()


def test_a_hang_behind_a_gate_shows_the_stacks_of_all(workshop):
    text = """
    import multiprocessing, os

    def child(gate, reader):
        gate("child")
        reader.recv()

    def act(stage):
        reader, writer = multiprocessing.Pipe()
        process = multiprocessing.Process(target=child, args=(stage.gate("g"), reader))
        process.start()
        process.join()
    """
    for method in METHODS:
        ended, _ = workshop.stage(text, method=method)
        assert isinstance(ended, Stalled) and ended.still
        mine = [
            (stack.process, stack.role, [name for place, name in stack.frames if place.path == "mine.py"])
            for stack in ended.stacks
        ]
        origin = "started by the fork server" if method == "forkserver" else "started by the scenario"
        assert mine == [(0, "the scenario", ["act"]), (1, f"child 1 ({origin})", ["child"])]


def test_children_are_counted_without_the_servants_of_multiprocessing(workshop):
    text = """
    import multiprocessing, os, signal

    def act(stage):
        counts = [stage.children()]
        process = multiprocessing.Process(target=signal.pause)
        process.start()
        counts.append(stage.children())
        process.kill()
        process.join()
        counts.append(stage.children())
        if os.fork() == 0:
            os._exit(0)
        counts.append(stage.children())
        os.wait()
        return counts
    """
    for method in METHODS:
        assert workshop.stage(text, method=method)[0].payload == {"ok": [0, 1, 0, 1]}


def test_descriptors_are_counted(workshop):
    text = """
    import os

    def act(stage):
        before = stage.descriptors()
        stage.recorder("r")(1)
        after, pipe = stage.descriptors(), os.pipe()
        return [after - before, stage.descriptors() - before]
    """
    assert workshop.stage(text)[0].payload == {"ok": [0, 2]}


def test_gates_and_recorders_can_be_pickled_compared_and_hashed():
    import pickle

    from dojo.stage import Gate, Recorder, Stage

    for value in (Gate("/x", "g"), Recorder("/x", "r"), Stage("/x", "fork")):
        assert pickle.loads(pickle.dumps(value)) == value and hash(value) == hash(pickle.loads(pickle.dumps(value)))


@pytest.mark.parametrize("answer", [b"", b"nul"])
def test_a_supervisor_that_goes_without_an_answer_is_told(tmp_path, answer):
    from dojo.stage import Gate

    def answer_and_go():
        connection, _ = listener.accept()
        with connection:
            connection.recv(1 << 16)
            connection.sendall(answer)

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "gates"))
        listener.listen()
        supervisor = threading.Thread(target=answer_and_go)
        supervisor.start()
        with pytest.raises(ConnectionError, match="the supervisor of this scenario has gone"):
            Gate(str(tmp_path / "gates"), "g")("call")
        supervisor.join()


def test_garbage_on_the_gates_socket_is_ignored(workshop):
    text = """
    import json, os, socket

    def act(stage):
        garbage = [b"\\n", b"{}\\n", b"[]\\n"]
        garbage += [b'{"call": "open", "name": "", "pid": 1}\\n', b"x" * (2 << 20), b"\\xff\\n"]
        garbage.append(json.dumps({"call": "gate", "name": 1, "pid": 1}).encode() + b"\\n")
        garbage.append(b"[" * 100_000 + b"\\n")
        for data in garbage:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(stage.address)
                try:
                    connection.sendall(data)
                    assert connection.recv(1) == b""
                except OSError:
                    pass
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(stage.address)
        stage.recorder("r")("fine")
    """
    ended, director = workshop.stage(text)
    assert isinstance(ended, Answered) and ended.payload == {"ok": None}
    assert director.records == (Record("r", "fine", 0),)


def test_endless_recording_is_cut_off(workshop):
    text = "def act(stage):\n    while True:\n        stage.recorder('r')(1)"
    ended = workshop.act(text, scenario="act_on_stage", limits=Limits(gate_calls=100), director=Director())
    assert isinstance(ended, Exceeded) and ended.what == "gate calls"


@pytest.mark.skipif(sys.version_info < (3, 14), reason="concurrent.interpreters came with 3.14")
def test_a_gate_works_in_a_sub_interpreter(workshop):
    text = """
    from concurrent.futures import InterpreterPoolExecutor

    def act(stage):
        with InterpreterPoolExecutor(2) as pool:
            list(pool.map(stage.gate("g"), ["a", "b"]))
    """
    ended, director = workshop.stage(text, plan="all")
    assert ended.payload == {"ok": None} and director.quiet == (QuietPoint(("a", "b")),)
