# wrong: raises when a process dies before it has ended the other one -> leaked CHILD-LEAK
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
    ready = wait([written, writer.sentinel, reader.sentinel])
    if not written.poll():
        # Not `is_alive`: a process that has just ended is alive to it for a moment longer.
        if reader.sentinel not in ready:
            raise RuntimeError("the writer died")
        reader.join()
        writer.terminate()
        writer.join()
        raise RuntimeError("the reader died")
    writer.join()
    wait([handled, reader.sentinel])
    fine = handled.poll()
    reader.terminate()
    reader.join()
    if not fine:
        raise RuntimeError("the reader died")
