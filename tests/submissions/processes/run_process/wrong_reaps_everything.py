# wrong: reaps every child of the caller -> failed CHILD-REAPED
import multiprocessing, os
def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        process.join(timeout)
        if process.is_alive():
            process.terminate()
            process.join(1)
            process.kill()
            process.join()
            raise TimeoutError(name)
        return process.exitcode
    finally:
        process.close()
        while True:
            try:
                if os.waitpid(-1, os.WNOHANG) == (0, 0):
                    break
            except ChildProcessError:
                break
