# right: a second queue for the acknowledgements, taken with a timeout so that a death is noticed
import multiprocessing
import queue


def write(q, values):
    for number, value in enumerate(values):
        q.put((number, value))


def read(q, handle, acks):
    while True:
        number, value = q.get()
        handle(value)
        acks.put(number)


def relay(values, handle):
    q, acks = multiprocessing.Queue(), multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values), name="writer")
    reader = multiprocessing.Process(target=read, args=(q, handle, acks), name="reader")
    processes = (writer, reader)
    for process in processes:
        process.start()
    try:
        for number in range(len(values)):
            while True:
                try:
                    assert acks.get(timeout=0.1) == number
                    break
                except queue.Empty:
                    if reader.exitcode is not None or writer.exitcode:
                        raise RuntimeError("a process died") from None
    except RuntimeError:
        for process in processes:
            process.kill()
        raise
    finally:
        if reader.is_alive():
            reader.terminate()
        for process in processes:
            process.join()
