# wrong: raises an AuthenticationError of its own, not that of multiprocessing -> failed CONTRACT
import functools
import multiprocessing
import queue
from multiprocessing.managers import BaseManager


@functools.cache
def get_tasks():
    return queue.Queue()


@functools.cache
def get_results():
    return queue.Queue()


class QueueManager(BaseManager):
    pass


class AuthenticationError(Exception):
    pass


QueueManager.register("get_tasks", callable=get_tasks)
QueueManager.register("get_results", callable=get_results)


def fill(tasks):
    for numbered in enumerate(tasks):
        get_tasks().put(numbered)


def run_master(tasks, *, address, authkey, on_listening):
    if not tasks:
        return []
    manager = QueueManager(address, authkey)
    manager.start(fill, (tasks,))
    try:
        on_listening(manager.address)
        done, answers = manager.get_results(), {}
        for _ in tasks:
            number, is_fine, value = done.get()
            if not is_fine:
                raise RuntimeError(f"task {tasks[number]!r} failed: {value}")
            answers[number] = value
        return [answers[number] for number in range(len(tasks))]
    finally:
        manager.shutdown()


def run_worker(address, authkey, function):
    manager = QueueManager(address, authkey)
    try:
        manager.connect()
    except multiprocessing.AuthenticationError as error:
        raise AuthenticationError(str(error)) from error
    count = 0
    try:
        tasks, results = manager.get_tasks(), manager.get_results()
        while True:
            number, task = tasks.get_nowait()
            try:
                answer = (number, True, function(task))
            except Exception as error:
                answer = (number, False, str(error))
            count += 1
            results.put(answer)
    except (queue.Empty, EOFError, ConnectionError):
        return count
