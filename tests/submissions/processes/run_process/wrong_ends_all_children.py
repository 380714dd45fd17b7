# wrong: ends every child of the caller -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    """Ends every child of the caller, other people's too."""
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        process.join(timeout)
        if process.exitcode is None:
            raise TimeoutError(name)
        return process.exitcode
    finally:
        for child in multiprocessing.active_children():
            child.terminate()
            child.join(1)
            child.kill()
            child.join()
        process.close()
