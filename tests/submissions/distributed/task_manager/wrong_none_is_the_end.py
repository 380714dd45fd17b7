# wrong: None ends the worker, and a task may be None -> hung CONTRACT
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


def fill_and_numbers(tasks):
    for number, task in enumerate(tasks):
        get_tasks().put(None if task is None else (number, task))
    get_tasks().put(None)


def run_master(tasks, *, address, authkey, on_listening):
    if not tasks:
        return []
    manager = QueueManager(address, authkey)
    manager.start(fill_and_numbers, (tasks,))
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
    manager.connect()
    count = 0
    try:
        tasks, results = manager.get_tasks(), manager.get_results()
        while (numbered := tasks.get()) is not None:
            number, task = numbered
            try:
                answer = (number, True, function(task))
            except Exception as error:
                answer = (number, False, str(error))
            count += 1
            results.put(answer)
        tasks.put(None)
    except (EOFError, ConnectionError):
        pass
    return count
