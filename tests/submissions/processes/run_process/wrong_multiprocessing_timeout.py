# wrong: raises the TimeoutError of multiprocessing, which is not the built-in one -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        process.join(timeout)
        if process.exitcode is None:
            process.terminate()
            process.join(1)
            process.kill()
            process.join()
            raise multiprocessing.TimeoutError(name)
        return process.exitcode
    finally:
        process.close()
