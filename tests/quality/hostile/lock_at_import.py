"""Locks, conditions and queues of the module are new for every execution."""

import queue
import threading

EXPECT = "returned"
VALUE = [2, 2]


LOCK = threading.Lock()
CONDITION = threading.Condition()
QUEUE: "queue.Queue[int]" = queue.Queue()
COUNTS = {"runs": 0}


def scenario() -> object:
    def work() -> None:
        with LOCK:
            COUNTS["runs"] += 1
        QUEUE.put(1)
        with CONDITION:
            CONDITION.notify_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    LOCK.acquire()
    return [COUNTS["runs"], QUEUE.qsize()]
