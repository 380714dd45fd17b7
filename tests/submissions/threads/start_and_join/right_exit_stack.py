# right: an ExitStack joins every thread that was started
import contextlib
import threading


class Box:
    """What a job left: call it to get the result, or the exception."""

    def fill(self, job):
        try:
            result = job()
        except BaseException as error:
            self.error = error
        else:
            self.error = None
            self.result = result

    def __call__(self):
        if self.error is not None:
            raise self.error
        return self.result


def run_all(jobs):
    boxes = [Box() for _ in jobs]
    with contextlib.ExitStack() as joined:
        for job, box in zip(jobs, boxes):
            thread = threading.Thread(target=box.fill, args=(job,))
            thread.start()
            joined.callback(thread.join)
    return [box() for box in boxes]
