# wrong: the processes run local functions: fork copies them, forkserver and spawn must pickle them -> failed PICKLE
import multiprocessing
from multiprocessing.connection import wait


def relay(values, handle):
    q = multiprocessing.SimpleQueue()
    written, tell_written = multiprocessing.Pipe(duplex=False)
    handled, tell_handled = multiprocessing.Pipe(duplex=False)

    def write():
        for value in values:
            q.put((value,))
        q.put(None)
        tell_written.send(True)

    def read():
        while True:
            item = q.get()
            if item is None:
                tell_handled.send(True)
            else:
                handle(*item)

    writer = multiprocessing.Process(target=write)
    reader = multiprocessing.Process(target=read)
    writer.start()
    reader.start()
    wait([written, writer.sentinel, reader.sentinel])
    if written.poll():
        wait([handled, reader.sentinel])
    fine = handled.poll()
    if not fine:
        writer.terminate()
    reader.terminate()
    writer.join()
    reader.join()
    if not fine:
        raise RuntimeError("a process died")
