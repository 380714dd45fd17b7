"""A raw thread ends in an exception that nobody catches."""

import _thread

EXPECT = "raised:ValueError | left-alive"


def scenario() -> object:
    done = _thread.allocate_lock()
    done.acquire()

    def work() -> None:
        try:
            raise ValueError("from a raw thread")
        finally:
            done.release()

    _thread.start_new_thread(work, ())
    done.acquire()
    return "done"
