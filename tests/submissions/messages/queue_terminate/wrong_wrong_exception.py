# wrong: hands the error of handle on as it is, where RuntimeError is promised -> failed CONTRACT
import multiprocessing
from multiprocessing.connection import wait


def write(q, values):
    for value in values:
        q.put((value,))
    q.put(None)


def read(q, handle, news):
    while True:
        item = q.get()
        if item is None:
            news.send(None)
            continue
        try:
            handle(item[0])
        except Exception as error:
            news.send(error)


def relay(values, handle):
    q = multiprocessing.Queue()
    receive, send = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    writer.start()
    reader.start()
    try:
        while True:
            ready = wait([receive, reader.sentinel, writer.sentinel])
            if receive in ready:
                error = receive.recv()
                break
            if reader.sentinel in ready:
                error = RuntimeError("the reader died")
                break
            writer.join()
            if writer.exitcode:
                error = RuntimeError("the writer died")
                break
            wait([receive, reader.sentinel])
    finally:
        writer.terminate()
        reader.terminate()
        writer.join()
        reader.join()
    if error is not None:
        raise error
