# right: a Process subclass and a context manager that always cleans up
import contextlib
import multiprocessing


class Worker(multiprocessing.Process):
    def __init__(self, function, arguments, name):
        super().__init__(name=name)
        self.function, self.arguments = function, arguments

    def run(self):
        self.function(*self.arguments)


@contextlib.contextmanager
def running(process):
    process.start()
    try:
        yield process
    finally:
        if process.is_alive():
            process.terminate()
            process.join(1.5)
        if process.is_alive():
            process.kill()
        process.join()
        process.close()


def run_process(target, args=(), *, name, timeout=None):
    with running(Worker(target, args, name)) as process:
        process.join(timeout)
        if process.exitcode is None:
            raise TimeoutError(name)
        return process.exitcode
