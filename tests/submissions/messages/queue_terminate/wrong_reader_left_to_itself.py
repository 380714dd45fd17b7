# wrong: a daemon reader is left alone: "it goes away with the program" -> leaked CHILD-LEAK
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while True:
        handle(q.get())
        q.task_done()


def relay(values, handle):
    q = multiprocessing.JoinableQueue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle), daemon=True)
    reader.start()
    writer.start()
    writer.join()
    q.join()
