# wrong: JoinableQueue.join waits for a task_done that a failed handle never gives -> hung WORKER-DIED
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)
    q.join()


def read(q, handle):
    while True:
        handle(q.get())
        q.task_done()


def relay(values, handle):
    q = multiprocessing.JoinableQueue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    writer.join()
    reader.terminate()
    reader.join()
