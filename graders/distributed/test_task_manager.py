"""task_manager: real TCP on 127.0.0.1, several workers, results in the order of the tasks, nothing left."""

import multiprocessing
import os
import queue
import signal
import socket

KEY = b"the right key"
HOST = "127.0.0.1"
ELSEWHERE = "127.0.0.2"
"""Another address of this machine, where the system gives it one."""
HANGING = "a worker or the master is left hanging"

fork = multiprocessing.get_context("fork")


class NowhereToConnect(Exception):
    """on_listening was told an address to which nobody can connect."""


def kind(error):
    if isinstance(error, multiprocessing.AuthenticationError):
        return "multiprocessing.AuthenticationError"
    module = type(error).__module__
    return type(error).__name__ if module == "builtins" else f"{module}.{type(error).__name__}"


class Worker:
    """A worker in a process of its own, forked before the master starts; it waits for the address."""

    def __init__(self, kata, report, function, *, key=KEY, name="worker"):
        self.has_begun = False
        self.inbox, self.send = fork.Pipe(duplex=False)
        self.process = fork.Process(target=self.work, args=(kata, report, function, key, name))
        self.process.start()

    def work(self, kata, report, function, key, name):
        address = self.inbox.recv()
        if address is None:
            return
        calls = []

        def counted(task):
            calls.append(task)
            return function(task)

        try:
            count = kata.run_worker(tuple(address), key, counted)
            report([name, count if type(count) is int else repr(count), len(calls)])
        except Exception as error:
            report([name, kind(error), len(calls)])

    def begin(self, address):
        self.has_begun = True
        self.send.send(list(address))

    def end(self):
        if not self.has_begun:
            self.send.send(None)
        self.process.join()


def mastered(kata, tasks, on_listening, address=(HOST, 0), shown=lambda result: result):
    """How run_master ended, as JSON, and whether its port is free afterwards."""
    told = []

    def listening(where):
        told.append(list(where))
        if where[1] == 0:
            raise NowhereToConnect(str(where))
        on_listening(where)

    try:
        results = kata.run_master(tasks, address=address, authkey=KEY, on_listening=listening)
        ended = {"returned": [shown(result) for result in results]}
    except RuntimeError as error:
        ended = {"raised": "RuntimeError", "message": str(error)}
    except Exception as error:
        ended = {"raised": type(error).__name__, "message": str(error)}
    return {**ended, "listening": told, "port is free": all(is_free(where) for where in told)}


def is_free(address):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(tuple(address))
            probe.listen()
        except OSError:
            return False
    return True


def told(value):
    return f"returned {value['returned']}" if "returned" in value else f"raised {value['raised']}: {value['message']}"


def reports(outcome):
    """What the workers told at their end, by name: (what run_worker returned or raised, the calls of its function)."""
    return {name: (end, calls) for name, end, calls in (r.value for r in outcome.records if r.recorder == "worker")}


def check_results(value, expected):
    results = value.get("returned")
    is_shuffled = isinstance(results, list) and results != expected
    is_shuffled = is_shuffled and sorted(map(str, results)) == sorted(map(str, expected))
    assert not is_shuffled, "RESULT-ORDER: the results stand in another order than their tasks, as they came in"
    assert results == expected, f"run_master {told(value)}, expected {expected}"


def check_listening(value):
    assert len(value["listening"]) == 1, f"on_listening was called {len(value['listening'])} times, expected once"
    host, port = value["listening"][0]
    assert host == HOST and port > 0, f"on_listening was told ({host!r}, {port}): nobody can connect to that"
    assert value["port is free"], "run_master came back, and its port is still in use"


def check_counts(outcome, total):
    ends = sorted(reports(outcome).values(), key=lambda report: report[1])
    for end, calls in ends:
        assert end == calls, f"the function ran {calls} times in a worker, and its run_worker gave {end}"
    done = sum(calls for _, calls in ends)
    assert done == total, f"{total} tasks, and the workers did {done}"


# ---------------------------------------------------------------------------------------- results, in order


def first_task_ends_last(kata, stage):
    """Whoever gets task 0 keeps it until the other worker is at the last one: all results but one come before it."""
    last_begun = fork.Event()

    def function(task):
        if task == 3:
            last_begun.set()
        if task == 0:
            last_begun.wait()
        return [task, "done"]

    report = stage.recorder("worker")
    crew = [Worker(kata, report, function, name=name) for name in ("worker 1", "worker 2")]
    value = mastered(kata, [0, 1, 2, 3], lambda address: [worker.begin(address) for worker in crew])
    for worker in crew:
        worker.end()
    return value


def test_results_stand_in_the_order_of_the_tasks(supervise):
    hung = f"NOT-CONCURRENT: one of two workers is busy with task 0, and the other does not get the rest; {HANGING}"
    for outcome in supervise(first_task_ends_last, hung=hung):
        check_listening(outcome.value)
        check_results(outcome.value, [[task, "done"] for task in range(4)])
        check_counts(outcome, 4)


def any_values(kata, stage):
    tasks = [None, "x", "x", "stop", 0, "", None]
    worker = Worker(kata, stage.recorder("worker"), lambda task: task)
    value = mastered(kata, tasks, worker.begin)
    worker.end()
    return value


def test_any_task_and_any_result_will_do(supervise):
    for outcome in supervise(any_values, hung=f"the tasks are None, 'x', 'x', 'stop', 0, '', None: {HANGING}"):
        check_results(outcome.value, [None, "x", "x", "stop", 0, "", None])
        check_counts(outcome, 7)


RESULTS = (None, False, 0, "", [], ValueError("just a value"), ("error", "text"), (False, None), "task 8", 9, 10, 11)
"""Results that are false, or could be taken for a failure; so many that "10" comes before "2" in a wrong order."""


def odd_results(kata, stage):
    worker = Worker(kata, stage.recorder("worker"), lambda task: RESULTS[task])
    value = mastered(kata, range(len(RESULTS)), worker.begin, shown=repr)
    worker.end()
    return value


def test_a_result_may_be_false_or_an_exception(supervise):
    for outcome in supervise(odd_results, hung=f"twelve tasks have results such as None and ValueError(): {HANGING}"):
        check_results(outcome.value, [repr(result) for result in RESULTS])
        check_counts(outcome, len(RESULTS))


def where_it_can_be_reached(kata, stage):
    reached = []

    def on_listening(address):
        try:
            socket.create_connection((ELSEWHERE, address[1])).close()
        except OSError:
            pass
        else:
            reached.append(ELSEWHERE)
        worker.begin(address)

    worker = Worker(kata, stage.recorder("worker"), lambda task: task)
    value = mastered(kata, [1], on_listening)
    worker.end()
    return [value, reached]


def test_the_master_listens_on_its_address_alone(supervise):
    for outcome in supervise(where_it_can_be_reached, hung=HANGING):
        value, reached = outcome.value
        check_results(value, [1])
        assert not reached, f"run_master was to listen on {HOST}, and can be reached at {reached[0]} too"


# --------------------------------------------------------------------------------------------- any worker


def a_late_worker(kata, stage):
    """The second worker begins when the first is at its second task, which it ends when the other is at work."""
    second_begun, late_begun = fork.Event(), fork.Event()

    def early(task):
        if task == 1:
            second_begun.set()
            late_begun.wait()
        return task

    def late(task):
        late_begun.set()
        return task

    report = stage.recorder("worker")
    first, second = Worker(kata, report, early, name="early"), Worker(kata, report, late, name="late")
    usher = fork.Process(target=lambda: second.begin(first_address.recv()) if second_begun.wait() else None)
    first_address, tell = fork.Pipe(duplex=False)
    usher.start()

    def on_listening(address):
        tell.send(list(address))
        first.begin(address)

    value = mastered(kata, [0, 1, 2, 3], on_listening)
    for process in (usher, first.process, second.process):
        process.join()
    return value


def test_a_worker_may_come_after_the_first_result(supervise):
    for outcome in supervise(a_late_worker, hung=f"a second worker comes after the first result: {HANGING}"):
        check_results(outcome.value, [0, 1, 2, 3])
        check_counts(outcome, 4)


def too_many_workers(kata, stage):
    report = stage.recorder("worker")
    crew = [Worker(kata, report, lambda task: task, name=f"worker {number}") for number in range(12)]
    afterwards = Worker(kata, report, lambda task: task, name="afterwards")
    value = mastered(kata, ["the only one"], lambda address: [worker.begin(address) for worker in crew])
    afterwards.begin(value["listening"][0])
    for worker in (*crew, afterwards):
        worker.end()
    return value


def test_no_worker_is_left_hanging_when_the_work_is_done(supervise):
    for outcome in supervise(too_many_workers, hung=f"one task, twelve workers, one more when all is done: {HANGING}"):
        check_results(outcome.value, ["the only one"])
        done = sum(calls for _, calls in reports(outcome).values())
        assert done == 1, f"one task, and the workers did {done}"


def a_worker_with_a_wrong_key(kata, stage):
    report = stage.recorder("worker")
    stranger = Worker(kata, report, lambda task: task, key=b"a wrong key", name="stranger")
    worker = Worker(kata, report, lambda task: task, name="worker")

    def on_listening(address):
        stranger.begin(address)
        stranger.end()
        worker.begin(address)

    value = mastered(kata, [1, 2], on_listening)
    worker.end()
    return value


def test_a_wrong_key_is_refused_and_harms_nothing(supervise):
    for outcome in supervise(a_worker_with_a_wrong_key, hung=f"a worker came with a wrong key: {HANGING}"):
        end, _ = reports(outcome)["stranger"]
        expected = "multiprocessing.AuthenticationError"
        assert end == expected, f"a worker with a wrong authkey got {end}, expected {expected}"
        check_results(outcome.value, [1, 2])


def a_worker_killed_between_tasks(kata, stage):
    """The survivor keeps the first task until nothing moves: the victim, out of work by then, is killed."""
    survivor_begun, gate = fork.Event(), stage.gate("hold")

    def hold(task):
        if not survivor_begun.is_set():
            survivor_begun.set()
            gate("the first task")
            os.kill(victim.process.pid, signal.SIGKILL)
        return task

    report = stage.recorder("worker")
    victim = Worker(kata, report, lambda task: task, name="victim")
    survivor = Worker(kata, report, hold, name="survivor")
    usher_inbox, tell = fork.Pipe(duplex=False)
    usher = fork.Process(target=lambda: victim.begin(usher_inbox.recv()) if survivor_begun.wait() else None)
    usher.start()

    def on_listening(address):
        tell.send(list(address))
        survivor.begin(address)

    value = mastered(kata, [0, 1, 2], on_listening)
    for process in (usher, survivor.process, victim.process):
        process.join()
    return value


def test_a_worker_killed_between_tasks_harms_nothing(supervise):
    hung = f"WORKER-DIED: a worker that had nothing to do was killed: {HANGING}"
    for outcome in supervise(a_worker_killed_between_tasks, hung=hung):
        check_results(outcome.value, [0, 1, 2])
        end, calls = reports(outcome).get("survivor", ("nothing", 0))
        assert end == calls, f"the surviving worker did {calls} tasks, and its run_worker gave {end}"


# ------------------------------------------------------------------------------------------- errors, edges


ERRORS = {
    error.__name__: error for error in (ValueError, ConnectionResetError, EOFError, queue.Empty, StopIteration, OSError)
}
"""Some of them are what a master or a worker meets when the other one has gone."""


CULPRITS = [("ValueError", "the third"), *((error, "the second") for error in ERRORS)]


def a_task_that_raises(kata, stage, error, culprit):
    def fails_on_one(task):
        if task == culprit:
            raise ERRORS[error]("cannot do this")
        return task

    worker = Worker(kata, stage.recorder("worker"), fails_on_one)
    try:
        kata.run_master(
            ["the first", "the second", "the third"], address=(HOST, 0), authkey=KEY, on_listening=worker.begin
        )
    except RuntimeError as error:
        worker.end()
        # The error is still held, and with it the frames of run_master.
        return {"raised": "RuntimeError", "message": str(error), "children": stage.children()}
    except Exception as error:
        worker.end()
        return {"raised": type(error).__name__, "message": str(error), "children": 0}
    worker.end()
    return {"returned": True}


def test_a_task_that_raises_makes_the_master_raise(supervise):
    named = {}
    for error, culprit in CULPRITS:
        what = f"the function raised {error} for one task"
        for outcome in supervise(a_task_that_raises, error, culprit, hung=f"WORKER-DIED: {what}: {HANGING}"):
            value = outcome.value
            assert "raised" in value, f"EXCEPTION-LOST: {what}, and run_master returned"
            assert value["raised"] == "RuntimeError", f"{what}: run_master {told(value)}"
            assert culprit in value["message"], f"RuntimeError does not name the task: {value['message']!r}"
            assert named.setdefault(value["message"], culprit) == culprit, (
                f"RuntimeError does not name the task, it says the same whichever it is: {value['message']!r}"
            )
            assert value["children"] == 0, "CHILD-LEAK: run_master raised, and a child of its own is left"


def nobody_listens(address):
    raise ValueError("nobody listens")


def on_listening_raises(kata, stage):
    try:
        value = {"returned": kata.run_master([1], address=(HOST, 0), authkey=KEY, on_listening=nobody_listens)}
    except Exception as error:
        # The error is still held, and with it the frames of run_master.
        value = {"raised": type(error).__name__, "message": str(error), "children": stage.children()}
    return {"children": 0, **value}


def test_nothing_is_left_where_on_listening_raises(supervise):
    for outcome in supervise(on_listening_raises, hung=f"on_listening raised ValueError: {HANGING}"):
        value = outcome.value
        assert value.get("raised") == "ValueError", f"on_listening raised ValueError, run_master {told(value)}"
        assert value["children"] == 0, "CHILD-LEAK: on_listening raised, and a child of run_master's own is left"


def no_tasks(kata, stage):
    return mastered(kata, [], lambda address: None)


def test_no_tasks_need_no_worker(supervise):
    for outcome in supervise(no_tasks, hung="there are no tasks, and run_master waits for a worker"):
        assert outcome.value.get("returned") == [], f"no tasks: run_master {told(outcome.value)}, expected []"
        assert outcome.value["port is free"], "run_master came back, and its port is still in use"


def twice_on_one_port(kata, stage):
    report, ends = stage.recorder("worker"), []
    crew = [Worker(kata, report, lambda task: task, name=f"worker {number}") for number in range(2)]
    address = (HOST, 0)
    for worker in crew:
        ends.append(mastered(kata, ["a task"], worker.begin, address))
        address = tuple(ends[0]["listening"][0])
        worker.end()
    return ends


def test_the_port_can_be_used_again(supervise):
    for outcome in supervise(twice_on_one_port, hung=f"two masters after each other on one port: {HANGING}"):
        first, second = outcome.value
        for value in (first, second):
            check_listening(value)
            check_results(value, ["a task"])
        assert first["listening"] == second["listening"], (
            f"the master was to listen on {first['listening'][0]}, and told {second['listening'][0]}"
        )
