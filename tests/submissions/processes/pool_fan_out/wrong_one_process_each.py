# wrong: starts a process for every argument, as many as there are arguments -> failed CONTRACT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _run(task, argument, sender):
    try:
        outcome = Outcome(task(argument))
    except Exception as error:
        outcome = Outcome(error=error)
    sender.send(outcome)


def fan_out(task, arguments, *, workers):
    if workers < 1:
        raise ValueError("workers must be at least 1")
    started = []
    for argument in arguments:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=_run, args=(task, argument, sender))
        process.start()
        sender.close()
        started.append((process, receiver))
    outcomes = [receiver.recv() for _, receiver in started]
    for process, receiver in started:
        process.join()
        receiver.close()
    return outcomes
