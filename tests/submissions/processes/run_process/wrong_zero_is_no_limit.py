# wrong: takes a limit of 0 seconds for no limit -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    if timeout:
        process.join(timeout)
    else:
        process.join()
    try:
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
