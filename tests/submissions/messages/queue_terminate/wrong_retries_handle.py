# wrong: calls handle again for a value on which it raised -> failed CONTRACT
import multiprocessing
from multiprocessing.connection import wait


def write(queue, values, written):
    for value in values:
        queue.put((value,))
    queue.put(None)
    written.send(True)


def read(queue, handle, handled):
    while True:
        item = queue.get()
        if item is None:
            handled.send(True)
            continue
        try:
            handle(item[0])
        except Exception:
            handle(item[0])


def is_told(news, *processes):
    wait([news, *(process.sentinel for process in processes)])
    return news.poll()


def relay(values, handle):
    queue = multiprocessing.SimpleQueue()
    written, tell_written = multiprocessing.Pipe(duplex=False)
    handled, tell_handled = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(queue, values, tell_written))
    reader = multiprocessing.Process(target=read, args=(queue, handle, tell_handled))
    writer.start()
    reader.start()
    complete = is_told(written, writer, reader) and is_told(handled, reader)
    if not complete:
        writer.terminate()
    reader.terminate()
    writer.join()
    reader.join()
    if not complete:
        raise RuntimeError("not every value was handled")
