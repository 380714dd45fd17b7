# right: looks now and then, until the time is over
import multiprocessing
import time


def _ends_within(process, seconds):
    end = time.monotonic() + seconds
    while process.is_alive():
        if time.monotonic() >= end:
            return False
        time.sleep(0.01)
    return True


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        if _ends_within(process, float("inf") if timeout is None else timeout):
            process.join()
            return process.exitcode
        process.terminate()
        if not _ends_within(process, 1.0):
            process.kill()
        process.join()
        raise TimeoutError(f"{name!r} was ended after {timeout} seconds")
    finally:
        process.close()
