# right: one registered object with two methods in place of two queues
import functools
import threading
from multiprocessing.managers import BaseManager


class Desk:
    def __init__(self):
        self.changed = threading.Condition()
        self.tasks, self.results, self.failure = [], {}, None
        self.total = 0

    def open(self, tasks):
        self.tasks = list(enumerate(tasks))[::-1]
        self.total = len(tasks)

    def take(self):
        with self.changed:
            return self.tasks.pop() if self.tasks else None

    def give(self, number, value):
        with self.changed:
            self.results[number] = value
            self.changed.notify_all()

    def fail(self, text):
        with self.changed:
            self.failure = text
            self.changed.notify_all()

    def all_results(self):
        with self.changed:
            self.changed.wait_for(lambda: self.failure or len(self.results) == self.total)
            return self.failure, [self.results[number] for number in sorted(self.results)]


@functools.cache
def desk():
    return Desk()


class Office(BaseManager):
    pass


Office.register("desk", callable=desk)


def fill(tasks):
    desk().open(tasks)


def run_master(tasks, *, address, authkey, on_listening):
    if not tasks:
        return []
    with_tasks = Office(address, authkey)
    with_tasks.start(fill, (tasks,))
    try:
        on_listening(with_tasks.address)
        failure, results = with_tasks.desk().all_results()
    finally:
        with_tasks.shutdown()
    if failure:
        raise RuntimeError(failure)
    return results


def run_worker(address, authkey, function):
    office = Office(address, authkey)
    office.connect()
    count = 0
    try:
        remote = office.desk()
        while (taken := remote.take()) is not None:
            number, task = taken
            try:
                result = function(task)
            except Exception as error:
                count += 1
                remote.fail(f"task {task!r} raised {error!r}")
            else:
                count += 1
                remote.give(number, result)
    except (EOFError, ConnectionError):
        pass
    return count
