"""Both processes tell when they are through; the reader is terminated once it has nothing left to lose."""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

T = TypeVar("T")


def relay(values: Sequence[T], handle: Callable[[T], None]) -> None:
    """Have one process put the values on a queue and another handle them, in order."""
    # A SimpleQueue has no feeder thread: when `put` returns, the value is in the pipe.
    queue: Any = multiprocessing.SimpleQueue()
    written, tell_written = multiprocessing.Pipe(duplex=False)
    handled, tell_handled = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=_write, args=(queue, values, tell_written))
    reader = multiprocessing.Process(target=_read, args=(queue, handle, tell_handled))
    writer.start()
    reader.start()
    complete = False
    try:
        complete = _is_told(written, writer, reader) and _is_told(handled, reader)
    finally:
        if not complete:
            writer.terminate()
        reader.terminate()
        writer.join()
        reader.join()
    if not complete:
        raise RuntimeError("the writer or the reader ended before every value was handled")


def _write(queue: Any, values: Sequence[T], written: Connection) -> None:
    for value in values:
        # In a tuple, so that no value can be taken for the end.
        queue.put((value,))
    queue.put(None)
    written.send(True)


def _read(queue: Any, handle: Callable[[T], None], handled: Connection) -> None:
    while True:
        item = queue.get()
        if item is None:
            handled.send(True)
        else:
            handle(item[0])


def _is_told(news: Connection, *processes: Any) -> bool:
    """Wait for the news, or for one of the processes to end without it."""
    wait([news, *(process.sentinel for process in processes)])
    return news.poll()
