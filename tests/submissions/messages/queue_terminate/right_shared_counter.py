# right: a shared counter that the caller looks at, with a pause between two looks
import multiprocessing
import time


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle, handled):
    while True:
        handle(q.get())
        with handled.get_lock():
            handled.value += 1


def relay(values, handle):
    q = multiprocessing.Queue()
    handled = multiprocessing.Value("i", 0)
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, handled))
    writer.start()
    reader.start()
    try:
        while handled.value < len(values):
            if not reader.is_alive():
                raise RuntimeError(f"the reader died after {handled.value} values")
            if writer.exitcode not in (None, 0):
                raise RuntimeError("the writer died")
            time.sleep(0.02)
        writer.join()
    finally:
        writer.terminate()
        reader.terminate()
        writer.join()
        reader.join()
