# right: a JoinableQueue whose join runs in a thread, while the caller looks after both processes now and then
import multiprocessing
import threading


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle):
    while True:
        handle(q.get())
        q.task_done()


def release(q, joined):
    """Free the thread that waits for a dead reader: nobody else ever will."""
    try:
        while joined.is_alive():
            q.task_done()
    except ValueError:
        joined.join()


def relay(values, handle):
    q = multiprocessing.JoinableQueue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle))
    writer.start()
    reader.start()
    try:
        while writer.is_alive():
            writer.join(0.05)
            if not reader.is_alive():
                raise RuntimeError("the reader died")
        if writer.exitcode != 0:
            raise RuntimeError("the writer died")
        joined = threading.Thread(target=q.join, daemon=True)
        joined.start()
        while joined.is_alive():
            joined.join(0.05)
            if joined.is_alive() and not reader.is_alive():
                release(q, joined)
                raise RuntimeError("the reader died")
    finally:
        for process in (writer, reader):
            if process.is_alive():
                process.terminate()
            process.join()
