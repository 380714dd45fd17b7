# wrong: wraps the target in a local function: fork copies it, forkserver and spawn must pickle it -> failed PICKLE
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    def call():
        target(*args)

    process = multiprocessing.Process(target=call, name=name)
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
