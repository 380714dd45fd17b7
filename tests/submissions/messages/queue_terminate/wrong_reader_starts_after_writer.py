# wrong: waits for the writer before anybody reads: fine until the values fill the pipe -> hung QUEUE-JOIN-UNDRAINED
import multiprocessing
from multiprocessing.connection import wait


def write(q, values):
    for value in values:
        q.put((value,))
    q.put(None)


def read(q, handle, done):
    while True:
        item = q.get()
        if item is None:
            done.send(True)
        else:
            handle(item[0])


def relay(values, handle):
    q = multiprocessing.Queue()
    heard, told = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(q, values))
    writer.start()
    writer.join()
    if writer.exitcode != 0:
        raise RuntimeError("the writer died")
    reader = multiprocessing.Process(target=read, args=(q, handle, told))
    reader.start()
    wait([heard, reader.sentinel])
    complete = heard.poll()
    reader.terminate()
    reader.join()
    if not complete:
        raise RuntimeError("the reader died")
