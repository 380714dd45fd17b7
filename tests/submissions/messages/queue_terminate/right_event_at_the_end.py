# right: an Event that the reader sets at the end mark, waited for in slices
import multiprocessing

END = b"\0end of the values"


def write(q, values):
    for value in values:
        q.put([value])
    q.put(END)


def read(q, handle, finished):
    while True:
        item = q.get()
        if item == END:
            finished.set()
        else:
            handle(item[0])


def relay(values, handle):
    q = multiprocessing.SimpleQueue()
    finished = multiprocessing.Event()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, finished))
    writer.start()
    reader.start()
    error = None
    while not finished.wait(0.05) and error is None:
        if not reader.is_alive():
            error = "reader"
        elif not writer.is_alive() and writer.exitcode != 0:
            error = "writer"
    if error:
        writer.kill()
    writer.join()
    reader.terminate()
    reader.join()
    if error:
        raise RuntimeError(f"the {error} died")
