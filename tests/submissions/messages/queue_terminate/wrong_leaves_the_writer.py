# wrong: raises when the reader dies, and leaves a writer that nobody will ever read -> leaked CHILD-LEAK
import multiprocessing
from multiprocessing.connection import wait


def write(q, values, done):
    for value in values:
        q.put((value,))
    q.put(None)
    q.close()
    q.join_thread()
    done.send(True)


def read(q, handle, done):
    while True:
        item = q.get()
        if item is None:
            done.send(True)
        else:
            handle(*item)


def relay(values, handle):
    q = multiprocessing.Queue()
    written, tell_written = multiprocessing.Pipe(duplex=False)
    handled, tell_handled = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(q, values, tell_written))
    reader = multiprocessing.Process(target=read, args=(q, handle, tell_handled))
    writer.start()
    reader.start()
    wait([written, writer.sentinel, reader.sentinel])
    if written.poll():
        wait([handled, reader.sentinel])
    if not handled.poll():
        reader.terminate()
        reader.join()
        raise RuntimeError("a process died before all was handled")
    writer.join()
    reader.terminate()
    reader.join()
