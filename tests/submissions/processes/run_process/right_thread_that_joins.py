# right: a thread joins the process, the caller waits for the thread
import multiprocessing
import threading


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    joiner = threading.Thread(target=process.join)
    joiner.start()
    joiner.join(timeout)
    is_late = joiner.is_alive()
    if is_late:
        process.terminate()
        joiner.join(1)
        if joiner.is_alive():
            process.kill()
    joiner.join()
    code = process.exitcode
    process.close()
    if is_late:
        raise TimeoutError(name)
    return code
