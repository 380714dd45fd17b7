# wrong: the reader prints what handle raised and goes on, the caller never learns of it -> failed EXCEPTION-LOST
import multiprocessing
import traceback


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while True:
        value = q.get()
        try:
            handle(value)
        except Exception:
            traceback.print_exc()
        finally:
            q.task_done()


def relay(values, handle):
    q = multiprocessing.JoinableQueue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    writer.join()
    q.join()
    reader.terminate()
    reader.join()
