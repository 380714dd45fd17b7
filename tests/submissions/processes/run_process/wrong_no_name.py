# wrong: the name goes nowhere -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args)
    process.start()
    try:
        process.join(timeout)
        if process.is_alive():
            process.terminate()
            process.join(1)
            if process.is_alive():
                process.kill()
                process.join()
            raise TimeoutError(name)
        return process.exitcode
    finally:
        process.close()
