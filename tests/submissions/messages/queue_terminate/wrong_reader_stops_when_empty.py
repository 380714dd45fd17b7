# wrong: the reader takes an empty queue for the end of the work -> failed QUEUE-EMPTY-TEST
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while not q.empty():
        handle(q.get())


def relay(values, handle):
    q = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    writer.join()
    reader.join()
    if reader.exitcode:
        raise RuntimeError("the reader died")
