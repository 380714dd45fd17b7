# wrong: an empty queue does not mean that the last value has been handled -> failed TERMINATE-TOO-EARLY
import multiprocessing
import time


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
    while not q.empty():
        time.sleep(0.01)
    reader.terminate()
    reader.join()
