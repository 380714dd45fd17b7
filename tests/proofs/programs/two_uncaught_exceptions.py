# Two threads end in exceptions: nothing orders them, so that which one came first must not tell outcomes apart.
import threading


def scenario():
    def first():
        raise ValueError("first")

    def second():
        raise ValueError("second")

    threads = [threading.Thread(target=target) for target in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
