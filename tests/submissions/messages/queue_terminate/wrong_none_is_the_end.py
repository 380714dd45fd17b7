# wrong: None marks the end, so that a None among the values ends the relay early -> failed CONTRACT
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)
    q.put(None)


def read(q, handle):
    while (value := q.get()) is not None:
        handle(value)


def relay(values, handle):
    q = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    reader.join()
    if reader.exitcode:
        writer.terminate()
    writer.join()
    if reader.exitcode or writer.exitcode:
        raise RuntimeError("a process died")
