"""`_thread.start_new_thread` and `_thread.exit`, without the module threading."""

import _thread

EXPECT = "returned | left-alive"
VALUE = True


def scenario() -> object:
    done = _thread.allocate_lock()
    done.acquire()

    def work() -> None:
        try:
            _thread.exit()
        finally:
            done.release()

    _thread.start_new_thread(work, ())
    done.acquire()
    return done.locked()
