# wrong: raises TimeoutError and lets the process run on -> leaked CHILD-LEAK
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    process.join(timeout)
    if process.exitcode is None:
        raise TimeoutError(f"{name} takes too long")
    code = process.exitcode
    process.close()
    return code
