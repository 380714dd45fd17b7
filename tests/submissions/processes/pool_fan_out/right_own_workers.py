# right: hand-made workers on a task queue and a result queue, one end mark for each
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _work(task, tasks, results):
    for index, argument in iter(tasks.get, None):
        try:
            outcome = Outcome(value=task(argument))
        except Exception as error:
            outcome = Outcome(error=error)
        results.put((index, outcome))


def fan_out(task, arguments, *, workers):
    if workers < 1:
        raise ValueError("workers must be positive")
    tasks, results = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=_work, args=(task, tasks, results)) for _ in range(workers)]
    for process in processes:
        process.start()
    count = 0
    for count, argument in enumerate(arguments, start=1):
        tasks.put((count - 1, argument))
    for _ in processes:
        tasks.put(None)
    outcomes = dict(results.get() for _ in range(count))
    for process in processes:
        process.join()
    return [outcomes[index] for index in range(count)]
