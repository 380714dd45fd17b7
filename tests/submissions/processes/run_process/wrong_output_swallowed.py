# wrong: what the target prints goes nowhere -> failed CONTRACT
import multiprocessing


import os
import sys


def _quiet(target, args):
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    target(*args)


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=_quiet, args=(target, args), name=name)
    process.start()
    try:
        process.join(timeout)
        if process.exitcode is None:
            process.terminate()
            process.join(1)
            process.kill()
            process.join()
            raise TimeoutError(name)
        return process.exitcode
    finally:
        process.close()
