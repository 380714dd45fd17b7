# wrong: joins the writer first and looks at the reader afterwards: a full pipe keeps the writer -> hung WORKER-DIED
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
            done.send("all handled")
        else:
            handle(*item)


def relay(values, handle):
    q = multiprocessing.Queue()
    receive, send = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    writer.start()
    reader.start()
    writer.join()
    fine = False
    if writer.exitcode == 0:
        wait([receive, reader.sentinel])
        fine = receive.poll()
    reader.terminate()
    reader.join()
    if not fine:
        raise RuntimeError("a process died")
