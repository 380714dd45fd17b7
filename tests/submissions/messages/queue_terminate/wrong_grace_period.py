# wrong: gives the reader a moment to finish, then terminates it wherever it is -> failed TERMINATE-TOO-EARLY
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while True:
        handle(q.get())


def relay(values, handle):
    q = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    writer.join()
    reader.join(timeout=0.5)
    reader.terminate()
    reader.join()
