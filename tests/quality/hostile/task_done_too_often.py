"""`task_done` is called more often than there were items."""

import queue
import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    jobs: queue.Queue[int] = queue.Queue()
    jobs.put(1)

    def work() -> None:
        jobs.get()
        jobs.task_done()
        jobs.task_done()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
