# wrong: tells only whether it went well -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
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
        return 0 if process.exitcode == 0 else 1
    finally:
        process.close()
