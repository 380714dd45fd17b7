# wrong: an Exception of any job is raised before a SystemExit of an earlier one -> failed RESULT-ORDER
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors, exits = {}, {}

    def work(place, job):
        try:
            results[place] = job()
        except Exception as error:
            errors[place] = error
        except BaseException as error:
            exits[place] = error

    threads = [threading.Thread(target=work, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for found in (errors, exits):
        if found:
            raise found[min(found)]
    return results
