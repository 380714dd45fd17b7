# wrong: gives a tenth of the time -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        process.join(None if timeout is None else timeout / 10)
        if process.exitcode is None:
            process.terminate()
            process.join(1)
            process.kill()
            process.join()
            raise TimeoutError(name)
        return process.exitcode
    finally:
        process.close()
