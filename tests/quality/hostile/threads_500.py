"""500 threads, each with a place of its own: there is one interleaving that matters."""

import threading

EXPECT = "returned"
VALUE = 500


THREADS = 500


def scenario() -> object:
    done = [False] * THREADS

    def work(number: int) -> None:
        done[number] = True

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)
