# right: plain threads that each fill a Future
import threading
from concurrent.futures import Future


def run_all(jobs):
    def work(job, future):
        try:
            future.set_result(job())
        except BaseException as error:
            future.set_exception(error)

    futures = [Future() for _ in jobs]
    threads = [threading.Thread(target=work, args=pair) for pair in zip(jobs, futures)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [future.result() for future in futures]
