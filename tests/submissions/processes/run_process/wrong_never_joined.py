# wrong: terminates the process and leaves it there, ended and not reaped -> leaked ZOMBIE
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    process.join(timeout)
    if process.is_alive():
        process.terminate()
        raise TimeoutError(name)
    return process.exitcode
