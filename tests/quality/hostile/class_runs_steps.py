"""`__class__` is a property that takes a lock and lies; instances are asked for it with `isinstance`."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = [[True, True], 2]


class Liar:
    def __init__(self, state: SimpleNamespace) -> None:
        object.__setattr__(self, "state", state)

    @property
    def __class__(self) -> type:
        with self.state.lock:
            self.state.asked += 1
        return dict


def scenario() -> object:
    state = SimpleNamespace(lock=threading.Lock(), asked=0)
    liar = Liar(state)
    answers: list[bool] = []

    def work() -> None:
        answers.append(isinstance(liar, dict))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers, state.asked]
