"""aba (Treiber's stack, 1986, with the ABA problem of the IBM System/370 manual).

A pop reads the top and the one below; meanwhile another thread pops both and pushes the first one back. The compare-
and-set sees the same top as before, and puts a node on the stack that somebody else owns.
"""

import threading
from collections.abc import Callable, Iterable

THREADS = 2
Top = tuple[int, int]


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Stack:
    """Nodes 0, 1, 2 with 0 on top; -1 ends the list."""

    def __init__(self, versioned: bool) -> None:
        self.below = [1, 2, -1]
        self.top: Top = (0, 0)
        self.step = 1 if versioned else 0
        self.atomic = threading.Lock()

    def replace_top(self, expected: Top, node: int) -> bool:
        """Put the node on top where the top is still as expected: one indivisible step."""
        with self.atomic:
            if self.top != expected:
                return False
            self.top = (node, expected[1] + self.step)
            return True

    def pop(self) -> int:
        """Take the top node, or -1."""
        while True:
            top = self.top
            if top[0] < 0:
                return -1
            below = self.below[top[0]]
            if self.replace_top(top, below):
                return top[0]

    def push(self, node: int) -> None:
        """Put a node on top."""
        while True:
            top = self.top
            self.below[node] = top[0]
            if self.replace_top(top, node):
                return

    def nodes(self) -> list[int]:
        """Return the nodes from the top down."""
        found: list[int] = []
        node = self.top[0]
        while node >= 0 and node not in found:
            found.append(node)
            node = self.below[node]
        return found


def share(stack: Stack) -> object:
    """One thread pops a node, the other two and pushes one back; list the nodes that are not in one place each."""
    mine: list[int] = []
    kept: list[int] = []

    def take_one() -> None:
        mine.append(stack.pop())

    def take_two_return_one() -> None:
        first = stack.pop()
        kept.append(stack.pop())
        stack.push(first)

    run_threads([take_one, take_two_return_one])
    places = mine + kept + stack.nodes()
    return [node for node in range(3) if places.count(node) != 1]


def buggy() -> object:
    """The top is only a node."""
    return share(Stack(versioned=False))


def fixed() -> object:
    """The top carries a version that every change counts up."""
    return share(Stack(versioned=True))


def fails(observation: object) -> bool:
    """A node is in two places, or lost."""
    return observation != []
