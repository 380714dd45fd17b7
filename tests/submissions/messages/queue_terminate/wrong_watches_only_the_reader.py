# wrong: notices a dead reader, but waits for ever when it is the writer that dies -> hung WORKER-DIED
import multiprocessing
from multiprocessing.connection import wait


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle, acks):
    while True:
        handle(q.get())
        acks.send(1)


def relay(values, handle):
    q = multiprocessing.Queue()
    receive, send = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    writer.start()
    reader.start()
    try:
        for _ in values:
            if receive not in wait([receive, reader.sentinel]):
                writer.terminate()
                raise RuntimeError("the reader died")
            receive.recv()
    finally:
        reader.terminate()
        reader.join()
        writer.join()
