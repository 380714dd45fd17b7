# right: a thread waits for each process and for the news, and tells the caller through a queue of its own
import multiprocessing
import queue
import threading


def write(q, values):
    for value in values:
        q.put((value,))
    q.put(())


def read(q, handle, news):
    while True:
        item = q.get()
        if item:
            handle(item[0])
        else:
            news.send("handled")


def relay(values, handle):
    q = multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(q, values))
    writer.start()
    # made after the writer, so that the reader alone can hold the end that it speaks into
    receive, send = multiprocessing.Pipe(duplex=False)
    reader = multiprocessing.Process(target=read, args=(q, handle, send))
    reader.start()
    send.close()
    inbox = queue.SimpleQueue()

    def listen():
        try:
            inbox.put(receive.recv())
        except EOFError:
            inbox.put("reader gone")

    def await_writer():
        writer.join()
        inbox.put("written" if writer.exitcode == 0 else "writer gone")

    threads = [threading.Thread(target=listen), threading.Thread(target=await_writer)]
    for thread in threads:
        thread.start()
    told = {inbox.get()}
    if told == {"written"} or told == {"handled"}:
        told.add(inbox.get())
    if told != {"written", "handled"}:
        writer.terminate()
    reader.terminate()
    reader.join()
    for thread in threads:
        thread.join()
    if told != {"written", "handled"}:
        raise RuntimeError(", ".join(sorted(told)))
