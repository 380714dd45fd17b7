# wrong: terminates and waits, for ever if the target ignores SIGTERM -> hung CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        process.join(timeout)
        if process.is_alive():
            process.terminate()
            process.join()
            raise TimeoutError(name)
        return process.exitcode
    finally:
        process.close()
