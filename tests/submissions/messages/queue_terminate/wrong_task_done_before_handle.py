# wrong: the reader says task_done before it has handled the value -> failed TERMINATE-TOO-EARLY
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while True:
        value = q.get()
        q.task_done()
        handle(value)


def relay(values, handle):
    q = multiprocessing.JoinableQueue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    reader.start()
    writer.start()
    writer.join()
    q.join()
    reader.terminate()
    reader.join()
