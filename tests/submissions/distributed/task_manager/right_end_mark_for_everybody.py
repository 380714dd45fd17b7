# right: workers wait for tasks; whoever finds the end mark puts it back for the next one
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


END = (-1, "no more")


def fill_with_end(tasks):
    fill(tasks)
    get_tasks().put(END)


def run_master(tasks, *, address, authkey, on_listening):
    if not tasks:
        return []
    manager = QueueManager(address, authkey)
    manager.start(fill_with_end, (tasks,))
    try:
        on_listening(manager.address)
        results = manager.get_results()
        answers = []
        for _ in range(len(tasks)):
            answers.append(results.get())
            number, error, _ = answers[-1]
            if error:
                raise RuntimeError(f"{tasks[number]!r}: {error}")
        answers.sort(key=lambda answer: answer[0])
        return [value for _, _, value in answers]
    finally:
        manager.shutdown()


def run_worker(address, authkey, function):
    manager = QueueManager(address, authkey)
    manager.connect()
    count = 0
    try:
        tasks, results = manager.get_tasks(), manager.get_results()
        while (numbered := tasks.get()) != END:
            number, task = numbered
            error = value = None
            try:
                value = function(task)
            except Exception as raised:
                error = repr(raised)
            count += 1
            results.put((number, error, value))
        tasks.put(END)
    except (EOFError, ConnectionError):
        pass
    return count
