# wrong: the caller ends everything once it finds the queue empty, though nothing was put yet -> failed QUEUE-EMPTY-TEST
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
    while not q.empty():
        time.sleep(0.01)
    reader.terminate()
    writer.join()
    reader.join()
