"""Ten small programs in a form that every engine can run: state, workers, and what must hold at the end.

All are right, so that every engine runs its whole budget and none stops early.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

Program = tuple[Callable[[], Any], Sequence[Callable[[Any], None]], Callable[[Any], bool]]


def _account() -> Program:
    def deposit(state: Any) -> None:
        with state.lock:
            state.balance = state.balance + 1

    return lambda: SimpleNamespace(lock=threading.Lock(), balance=0), [deposit] * 2, lambda s: s.balance == 2


def _account_of_three() -> Program:
    setup, (deposit, _), _ = _account()
    return setup, [deposit] * 3, lambda s: s.balance == 3


def _independent() -> Program:
    def work(number: int) -> Callable[[Any], None]:
        def count(state: Any) -> None:
            for _ in range(3):
                state.cells[number].value += 1

        return count

    cells = [SimpleNamespace(value=0) for _ in range(3)]
    setup = lambda: SimpleNamespace(cells=[SimpleNamespace(value=0) for _ in cells])  # noqa: E731
    return setup, [work(number) for number in range(3)], lambda s: all(cell.value == 3 for cell in s.cells)


def _dining() -> Program:
    def eat(left: int, right: int) -> Callable[[Any], None]:
        first, second = sorted((left, right))

        def dine(state: Any) -> None:
            with state.forks[first], state.forks[second]:
                state.eaten += 1

        return dine

    setup = lambda: SimpleNamespace(forks=[threading.Lock() for _ in range(3)], eaten=0)  # noqa: E731
    return setup, [eat(0, 1), eat(1, 2), eat(2, 0)], lambda s: 1 <= s.eaten <= 3


def _handover() -> Program:
    def give(state: Any) -> None:
        with state.ready:
            state.item = 7
            state.ready.notify()

    def take(state: Any) -> None:
        with state.ready:
            while state.item is None:
                state.ready.wait()
            state.got = state.item

    return lambda: SimpleNamespace(ready=threading.Condition(), item=None, got=None), [give, take], lambda s: s.got == 7


def _event() -> Program:
    def tell(state: Any) -> None:
        state.value = 1
        state.told.set()

    def hear(state: Any) -> None:
        state.told.wait()
        state.heard = state.value

    return lambda: SimpleNamespace(told=threading.Event(), value=0, heard=None), [tell, hear], lambda s: s.heard == 1


def _queue() -> Program:
    def put(state: Any) -> None:
        state.queue.put(1)
        state.queue.put(2)

    def get(state: Any) -> None:
        state.got = [state.queue.get(), state.queue.get()]

    return lambda: SimpleNamespace(queue=queue.Queue(), got=None), [put, get], lambda s: s.got == [1, 2]


def _semaphore() -> Program:
    def enter(state: Any) -> None:
        with state.places:
            with state.lock:
                state.inside += 1
            with state.lock:
                state.inside -= 1

    def setup() -> Any:
        return SimpleNamespace(places=threading.Semaphore(1), lock=threading.Lock(), inside=0)

    return setup, [enter] * 2, lambda s: s.inside == 0


def _reorder() -> Program:
    def write(state: Any) -> None:
        with state.lock:
            state.a = 1
            state.b = -1

    def check(state: Any) -> None:
        with state.lock:
            state.right = state.a + state.b == 0

    return (
        lambda: SimpleNamespace(lock=threading.Lock(), a=0, b=0, right=None),
        [write, write, check],
        lambda s: s.right,
    )


def _stack() -> Program:
    def push_and_pop(state: Any) -> None:
        with state.lock:
            state.items.append(1)
        with state.lock:
            state.items.pop()

    return lambda: SimpleNamespace(lock=threading.Lock(), items=[]), [push_and_pop] * 2, lambda s: s.items == []


PROGRAMS: dict[str, Callable[[], Program]] = {
    "account": _account,
    "account of three": _account_of_three,
    "independent": _independent,
    "dining": _dining,
    "handover": _handover,
    "event": _event,
    "queue": _queue,
    "semaphore": _semaphore,
    "reorder": _reorder,
    "stack": _stack,
}


def run(name: str, together: Callable[..., object]) -> bool:
    """Run one program with its workers in threads of their own, started and joined by `together`."""
    setup, workers, holds = PROGRAMS[name]()
    state = setup()
    together(*((worker, state) for worker in workers))
    return bool(holds(state))
