# right: a subclass of Thread that keeps its own result or exception
import threading


class Job(threading.Thread):
    def __init__(self, job):
        super().__init__()
        self.job = job
        self.result = None
        self.error = None

    def run(self):
        try:
            self.result = self.job()
        except BaseException as error:
            self.error = error


def run_all(jobs):
    threads = [Job(job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for thread in threads:
        if thread.error is not None:
            raise thread.error
    return [thread.result for thread in threads]
