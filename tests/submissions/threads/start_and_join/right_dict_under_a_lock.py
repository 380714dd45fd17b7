# right: a dictionary by place, under a lock
import threading


def run_all(jobs):
    lock = threading.Lock()
    results = {}
    errors = {}

    def work(place, job):
        try:
            result = job()
        except BaseException as error:
            with lock:
                errors[place] = error
        else:
            with lock:
                results[place] = result

    threads = []
    for place, job in enumerate(jobs):
        thread = threading.Thread(target=work, args=(place, job), name=f"job {place}")
        threads.append(thread)
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return [results[place] for place in range(len(jobs))]
