# wrong: exit codes above 128 are taken for signals -> failed CONTRACT
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
            raise TimeoutError(name)
        code = process.exitcode
        return 128 - code if code > 128 else code
    finally:
        process.close()
