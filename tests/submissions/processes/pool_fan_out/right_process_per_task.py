# right: a thread for each worker, which runs one process after the other
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


_starting = threading.Lock()


def _child(task, argument, sender):
    try:
        outcome = Outcome(value=task(argument))
    except Exception as error:
        outcome = Outcome(error=error)
    sender.send(outcome)


def _run(task, argument):
    with _starting:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=_child, args=(task, argument, sender))
        process.start()
        sender.close()
    outcome = receiver.recv()
    process.join()
    return outcome


def fan_out(task, arguments, *, workers):
    with ThreadPoolExecutor(workers) as threads:
        futures = [threads.submit(_run, task, argument) for argument in arguments]
        return [future.result() for future in futures]
