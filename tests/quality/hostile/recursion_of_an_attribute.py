"""`__getattr__` asks for an attribute that is missing too, in two tasks."""

import threading

EXPECT = "raised:RecursionError"


class Box:
    def __getattr__(self, name: str) -> object:
        return self.data


def scenario() -> object:
    box = Box()
    threads = [threading.Thread(target=lambda: box.value) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
