# wrong: counts the values as a set, so that a value that comes twice ends the relay early -> failed CONTRACT
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle, expected):
    seen = set()
    while len(seen) < expected:
        value = q.get()
        handle(value)
        seen.add(repr(value))


def relay(values, handle):
    q = multiprocessing.Queue()
    expected = len({repr(value) for value in values})
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, expected))
    writer.start()
    reader.start()
    reader.join()
    writer.terminate()
    writer.join()
    if reader.exitcode:
        raise RuntimeError("the reader died")
