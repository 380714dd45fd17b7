"""Share out tasks over the network: a master with two queues, and any number of workers.

    run_master(tasks, address=("127.0.0.1", 0), authkey=b"secret", on_listening=print) -> list of results
    run_worker(address, authkey, function) -> number of tasks done

`run_master` serves a task queue and a result queue over TCP with a BaseManager. It calls `on_listening` once,
with the address on which it really listens (port 0 means any free one), and returns the results in the order
of the tasks when all are in.

`run_worker`, in another process, connects, takes tasks until there are no more, sends back what `function`
returns for each, and returns how many it did.

* Any number of workers, from before or after the first result. None is left hanging when the work is done.
* Any task and any result will do that can be pickled: None, the same one twice.
* A wrong authkey raises multiprocessing.AuthenticationError in the worker and harms nothing.
* A worker that is killed between two tasks harms nothing either.
* A task on which `function` raises makes `run_master` raise RuntimeError; its message names the task.
* No tasks: return [] at once.
* After `run_master` has returned or raised, the port is free and no child is left.

Left open: what becomes of a task whose worker is killed while it works on it, and whether a worker that comes
when everything is done returns 0 or finds nobody there.
"""

import queue
from collections.abc import Callable, Sequence
from multiprocessing.managers import BaseManager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_tasks: Any = queue.Queue()
_results: Any = queue.Queue()


def get_tasks() -> Any:
    return _tasks


def get_results() -> Any:
    return _results


class QueueManager(BaseManager):
    """Serves the two queues."""


QueueManager.register("get_tasks", callable=get_tasks)
QueueManager.register("get_results", callable=get_results)


def run_master(
    tasks: Sequence[T], *, address: tuple[str, int], authkey: bytes, on_listening: Callable[[tuple[str, int]], None]
) -> list[Any]:
    """Serve the tasks and return the results, in the order of the tasks."""
    manager = QueueManager(address, authkey)
    manager.start()
    todo, done = manager.get_tasks(), manager.get_results()  # type: ignore[attr-defined]
    for task in tasks:
        todo.put(task)
    on_listening(manager.address)  # type: ignore[arg-type]
    results = [done.get() for _ in tasks]
    manager.shutdown()
    return results


def run_worker(address: tuple[str, int], authkey: bytes, function: Callable[[T], R]) -> int:
    """Do tasks of the master at `address` until there are no more; return how many."""
    manager = QueueManager(address, authkey)
    manager.connect()
    todo, done = manager.get_tasks(), manager.get_results()  # type: ignore[attr-defined]
    count = 0
    while not todo.empty():
        done.put(function(todo.get()))
        count += 1
    return count
