# wrong: waits for one acknowledgement for each value, and a dead reader sends none -> hung WORKER-DIED
import multiprocessing


def write(q, values):
    for value in values:
        q.put(value)


def read(q, handle, acks):
    while True:
        handle(q.get())
        acks.put(1)


def relay(values, handle):
    q, acks = multiprocessing.Queue(), multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    reader = multiprocessing.Process(target=read, args=(q, handle, acks))
    writer.start()
    reader.start()
    for _ in values:
        acks.get()
    writer.join()
    reader.terminate()
    reader.join()
