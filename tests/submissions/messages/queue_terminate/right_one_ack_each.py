# right: one acknowledgement through a pipe for each value, and an eye on both processes
import multiprocessing
from multiprocessing.connection import wait


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle, acks):
    while True:
        handle(q.get())
        acks.send(True)


def relay(values, handle):
    q = multiprocessing.Queue()
    receive, send = multiprocessing.Pipe(duplex=False)
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    writer.start()
    reader.start()
    missing = len(values)
    watched = [receive, reader.sentinel, writer.sentinel]
    try:
        while missing:
            ready = wait(watched)
            if receive in ready:
                receive.recv()
                missing -= 1
            elif reader.sentinel in ready:
                raise RuntimeError("the reader died")
            else:
                writer.join()
                if writer.exitcode != 0:
                    raise RuntimeError("the writer died")
                watched.remove(writer.sentinel)
        writer.join()
    finally:
        for process in (writer, reader):
            process.terminate()
            process.join()
