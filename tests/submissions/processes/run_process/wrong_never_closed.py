# wrong: joins the process on every path and closes it on one only -> failed FD-LEAK
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    process.join(timeout)
    if process.is_alive():
        process.terminate()
        process.join(1)
        if process.is_alive():
            process.kill()
            process.join()
        raise TimeoutError(name)
    code = process.exitcode
    process.close()
    return code
