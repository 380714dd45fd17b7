# wrong: the caller puts the values itself, there is no writer process -> failed CONTRACT
import multiprocessing
from multiprocessing.connection import wait


def read(q, handle, acks):
    while True:
        handle(q.get())
        acks.send(True)


def relay(values, handle):
    q = multiprocessing.Queue()
    receive, send = multiprocessing.Pipe(duplex=False)
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    reader.start()
    for value in values:
        q.put(value)
    try:
        for _ in values:
            if receive not in wait([receive, reader.sentinel]):
                q.cancel_join_thread()
                raise RuntimeError("the reader died")
            receive.recv()
    finally:
        reader.terminate()
        reader.join()
