# wrong: believes that daemon threads need no join, and sleeps a little -> leaked THREAD-LEAK
import threading
import time


def run_all(jobs):
    results = [None] * len(jobs)

    def work(i):
        results[i] = jobs[i]()

    for i in range(len(jobs)):
        threading.Thread(target=work, args=(i,), daemon=True).start()
    time.sleep(0.5)
    return results
