# wrong: the reader is a thread of the caller's process -> failed CONTRACT
import multiprocessing
import threading


def write(q, values):
    for value in values:
        q.put((value,))
    q.put(None)


def relay(values, handle):
    q = multiprocessing.SimpleQueue()
    errors = []

    def read():
        while (item := q.get()) is not None:
            try:
                handle(item[0])
            except Exception as error:
                errors.append(error)

    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = threading.Thread(target=read)
    writer.start()
    reader.start()
    writer.join()
    if writer.exitcode != 0:
        q.put(None)
    reader.join()
    if errors or writer.exitcode != 0:
        raise RuntimeError("not everything was handled")
