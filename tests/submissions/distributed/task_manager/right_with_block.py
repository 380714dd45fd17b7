# right: the manager as a context manager, a list of slots for the results
import functools
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


QueueManager.register("get_tasks", callable=get_tasks)
QueueManager.register("get_results", callable=get_results)


def fill(tasks):
    for numbered in enumerate(tasks):
        get_tasks().put(numbered)


MISSING = object()


def run_master(tasks, *, address, authkey, on_listening):
    slots = [MISSING] * len(tasks)
    if not slots:
        return slots
    manager = QueueManager(address=address, authkey=authkey)
    manager.start(initializer=fill, initargs=(list(tasks),))
    with manager:
        on_listening(manager.address)
        results = manager.get_results()
        for _ in tasks:
            number, is_fine, value = results.get()
            if not is_fine:
                raise RuntimeError(f"the task {tasks[number]!r} raised: {value}")
            slots[number] = value
    return slots


def run_worker(address, authkey, function):
    manager = QueueManager(address, authkey)
    manager.connect()
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
