# wrong: keeps the results under the job, and the same job may stand there twice -> failed CONTRACT
import threading


def run_all(jobs):
    results = {}
    errors = {}

    def work(job):
        try:
            results[job] = job()
        except BaseException as error:
            errors[job] = error

    threads = [threading.Thread(target=work, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for job in jobs:
        if job in errors:
            raise errors[job]
    return [results[job] for job in jobs]
