# wrong: starts the threads and waits for none -> leaked THREAD-LEAK
import threading


def run_all(jobs):
    results = [None] * len(jobs)

    def work(i):
        results[i] = jobs[i]()

    for i in range(len(jobs)):
        threading.Thread(target=work, args=(i,)).start()
    return results
