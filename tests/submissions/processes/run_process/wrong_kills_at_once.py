# wrong: kills where terminate was asked for: the target cannot clean up -> failed CONTRACT
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    process.join(timeout)
    late = process.is_alive()
    if late:
        process.kill()
        process.join()
    code = process.exitcode
    process.close()
    if late:
        raise TimeoutError(name)
    return code
