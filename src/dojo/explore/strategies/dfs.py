"""Plain depth-first search: every choice at every step, up to a bound on preemptions. Yardstick of the reduction."""

from __future__ import annotations

from dojo.explore.execution import Execution
from dojo.explore.preemption import default_choice
from dojo.explore.strategies.tree import Node
from dojo.explore.task import Task


class Dfs:
    """Explores every schedule."""

    def __init__(self, bound: int | None = None) -> None:
        self.bound = bound
        self.was_cut = False
        self._path: list[Node] = []
        self._depth = 0
        self._started = False

    def begin(self) -> bool:
        self._depth = 0
        if not self._started:
            self._started = True
            return True
        while self._path:
            node = self._path[-1]
            node.done.add(node.chosen)
            left = [number for number in node.enabled if number not in node.done]
            if self.bound is not None:
                allowed = [number for number in left if node.before + node.cost(number) <= self.bound]
                self.was_cut |= len(allowed) < len(left)
                left = allowed
            if left:
                node.choose(left[0])
                return True
            self._path.pop()
        return False

    def choose(self, execution: Execution) -> Task:
        path, depth = self._path, self._depth
        self._depth += 1
        if depth < len(path):
            node = path[depth]
            node.check(execution)
        else:
            node = Node(execution, path[-1].preemptions() if path else 0, frozenset())
            node.choose(default_choice(execution).number)
            path.append(node)
        return execution.runnable[node.chosen] if node.is_pick else execution.tasks[node.chosen]

    def end(self, execution: Execution) -> None:
        pass
