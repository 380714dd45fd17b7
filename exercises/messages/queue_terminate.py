"""Send values through a queue from a writer process to a reader process, and lose none of them.

    relay(values, handle) -> None

A writer process puts the values on a multiprocessing queue; a reader process takes them in an endless
loop and calls `handle` on each, in order. Return when every value has been handled and both processes are
gone: the writer has ended by itself, the reader was terminated, at a moment when nothing could be lost.

* Any value will do: None, "", 0, the same one twice, one of several megabytes, or no value at all.
* `handle` may take as long as it likes, and the writer too.
* If `handle` raises, or if either process dies, raise RuntimeError soon: never hang.
* No child is left, however it went.
* It works with all three start methods: fork, forkserver and spawn.

Left open: how the end reaches the reader, as long as nothing is lost.
"""

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def relay(values: Sequence[T], handle: Callable[[T], None]) -> None:
    """Have one process put the values on a queue and another handle them, in order."""
    queue: Any = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(queue, values))
    reader = multiprocessing.Process(target=read, args=(queue, handle))
    writer.start()
    reader.start()
    writer.join()
    # The reader is in an endless loop: it cannot be joined, only be terminated.
    reader.terminate()
    reader.join()


def write(queue: Any, values: Sequence[T]) -> None:
    for value in values:
        queue.put(value)


def read(queue: Any, handle: Callable[[T], None]) -> None:
    while True:
        handle(queue.get())
