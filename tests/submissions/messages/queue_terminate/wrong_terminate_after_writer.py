# wrong: the tutorial's program: terminates the reader as soon as the writer has ended -> failed TERMINATE-TOO-EARLY
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while True:
        value = q.get(True)
        handle(value)


def relay(values, handle):
    q = multiprocessing.Queue()
    pw = multiprocessing.Process(target=write, args=(q, values))
    pr = multiprocessing.Process(target=read, args=(q, handle))
    pw.start()
    pr.start()
    pw.join()
    pr.terminate()
    pr.join()
