# wrong: a worker waits for a next task that never comes, and the master for the worker -> hung NOT-CONCURRENT
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


def run_master(tasks, *, address, authkey, on_listening):
    if not tasks:
        return []
    manager = QueueManager(address, authkey)
    manager.start(fill, (tasks,))
    try:
        on_listening(manager.address)
        done, answers = manager.get_results(), {}
        while True:
            number, is_fine, value = done.get()
            if number is None:
                break
            if not is_fine:
                raise RuntimeError(f"task {tasks[number]!r} failed: {value}")
            answers[number] = value
        return [answers[number] for number in range(len(tasks))]
    finally:
        manager.shutdown()


def run_worker(address, authkey, function):
    manager = QueueManager(address, authkey)
    manager.connect()
    tasks, results = manager.get_tasks(), manager.get_results()
    count = 0
    while True:
        numbered = tasks.get()
        if numbered is None:
            results.put((None, True, None))
            return count
        number, task = numbered
        try:
            results.put((number, True, function(task)))
        except Exception as error:
            results.put((number, False, str(error)))
        count += 1
