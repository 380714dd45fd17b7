"""Two threads start the same third one: one is refused, or runs into what `threading` does not guard against."""

import threading

EXPECT = "returned | raised:KeyError"
VALUE = ["RuntimeError"]


def scenario() -> object:
    refused: list[str] = []
    third = threading.Thread(target=int)

    def work() -> None:
        try:
            third.start()
        except RuntimeError:
            refused.append("RuntimeError")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    third.join()
    return refused
