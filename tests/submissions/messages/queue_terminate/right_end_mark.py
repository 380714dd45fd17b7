# right: an end mark that no value equals; the reader reports how many it handled and leaves by itself
import multiprocessing
from multiprocessing.connection import wait


def write(q, values):
    for value in values:
        q.put(("value", value))
    q.put(("end", None))


def read(q, handle, report):
    count = 0
    while True:
        kind, value = q.get()
        if kind == "end":
            report.send(count)
            return
        handle(value)
        count += 1


def relay(values, handle):
    q = multiprocessing.Queue()
    receive, send = multiprocessing.Pipe(duplex=False)
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader.start()
    writer.start()
    count = None
    try:
        if writer.sentinel in wait([writer.sentinel, reader.sentinel]):
            writer.join()
            if writer.exitcode == 0:
                reader.join()
        if receive.poll():
            count = receive.recv()
    finally:
        if count is None:
            writer.terminate()
        reader.terminate()
        writer.join()
        reader.join()
    if count != len(values):
        raise RuntimeError(f"{count} of {len(values)} values were handled")
