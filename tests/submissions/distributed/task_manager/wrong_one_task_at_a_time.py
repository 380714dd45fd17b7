# wrong: tasks are handed out one after the other, each when the one before has come back -> hung NOT-CONCURRENT
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
    manager.start()
    try:
        todo, done, results = manager.get_tasks(), manager.get_results(), []
        on_listening(manager.address)
        for number, task in enumerate(tasks):
            todo.put((number, task))
            _, is_fine, value = done.get()
            if not is_fine:
                raise RuntimeError(f"task {task!r} failed: {value}")
            results.append(value)
        return results
    finally:
        manager.shutdown()


def run_worker(address, authkey, function):
    manager = QueueManager(address, authkey)
    manager.connect()
    count = 0
    try:
        tasks, results = manager.get_tasks(), manager.get_results()
        while True:
            number, task = tasks.get()
            try:
                answer = (number, True, function(task))
            except Exception as error:
                answer = (number, False, str(error))
            count += 1
            results.put(answer)
    except (EOFError, ConnectionError):
        return count
