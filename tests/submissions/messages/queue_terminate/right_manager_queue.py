# right: the queue lives in a manager's process, which ends with the relay
import multiprocessing
from multiprocessing.connection import wait


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle, acks):
    while True:
        handle(q.get())
        acks.send(True)


def relay(values, handle):
    with multiprocessing.Manager() as manager:
        q = manager.Queue()
        receive, send = multiprocessing.Pipe(duplex=False)
        writer = multiprocessing.Process(target=write, args=(q, values))
        reader = multiprocessing.Process(target=read, args=(q, handle, send))
        writer.start()
        reader.start()
        try:
            if reader.sentinel in wait([writer.sentinel, reader.sentinel]):
                raise RuntimeError("the reader died")
            writer.join()
            if writer.exitcode:
                raise RuntimeError("the writer died")
            for _ in values:
                wait([receive, reader.sentinel])
                if not receive.poll():
                    raise RuntimeError("the reader died")
                receive.recv()
        finally:
            writer.terminate()
            reader.terminate()
            writer.join()
            reader.join()
