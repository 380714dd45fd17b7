"""Two threads join each other."""

import threading

EXPECT = "stuck"


def scenario() -> object:
    threads: list[threading.Thread] = []
    ready = threading.Event()

    def work(other: int) -> None:
        ready.wait()
        threads[other].join()

    threads += [threading.Thread(target=work, args=(other,)) for other in (1, 0)]
    for thread in threads:
        thread.start()
    ready.set()
    for thread in threads:
        thread.join()
    return "done"
