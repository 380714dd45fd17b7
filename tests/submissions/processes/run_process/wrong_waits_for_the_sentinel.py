# wrong: waits for the sentinel, which a process that the target leaves behind holds too -> hung CONTRACT
import multiprocessing
from multiprocessing.connection import wait


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    is_late = not wait([process.sentinel], timeout)
    if is_late:
        process.terminate()
        if not wait([process.sentinel], 2):
            process.kill()
    process.join()
    code = process.exitcode
    process.close()
    if is_late:
        raise TimeoutError(f"{name} did not end within {timeout} s")
    return code
