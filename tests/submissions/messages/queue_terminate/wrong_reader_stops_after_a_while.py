# wrong: the reader stops when nothing has come for a while -> failed QUEUE-EMPTY-TEST
import multiprocessing
import queue


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    try:
        while True:
            handle(q.get(timeout=0.2))
    except queue.Empty:
        pass


def relay(values, handle):
    q = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    reader.join()
    writer.join()
    if reader.exitcode or writer.exitcode:
        raise RuntimeError("a process died")
