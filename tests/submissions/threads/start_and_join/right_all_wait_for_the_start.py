# right: threads wait until all are there, and are joined in reverse
import threading


def run_all(jobs):
    everybody = threading.Event()
    outcome = [None] * len(jobs)

    def work(place, job):
        everybody.wait()
        try:
            outcome[place] = (True, job())
        except BaseException as error:
            outcome[place] = (False, error)

    threads = [threading.Thread(target=work, args=entry) for entry in enumerate(jobs)]
    for thread in threads:
        thread.start()
    everybody.set()
    while threads:
        threads.pop().join()
    for returned, value in outcome:
        if not returned:
            raise value
    return [value for _, value in outcome]
