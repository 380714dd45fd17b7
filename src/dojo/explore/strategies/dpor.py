"""Dynamic partial-order reduction with source sets and sleep sets; under a bound on preemptions, bounded POR.

Source sets and sleep sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction", POPL 2014,
algorithm 1. The bound: Coons, Musuvathi, McKinley, "Bounded partial-order reduction", OOPSLA 2013; its conservative
backtrack points are what makes "all with at most k preemptions" true, and it does without sleep and source sets, which
are not known to keep that promise.
"""

from __future__ import annotations

from collections.abc import Set

from dojo.explore.dependence import conflict
from dojo.explore.execution import Execution
from dojo.explore.happens_before import Event, HappensBefore, initials
from dojo.explore.operations import FINISH, Operation
from dojo.explore.preemption import default_choice
from dojo.explore.strategies.tree import Node
from dojo.explore.strategy import Redundant
from dojo.explore.task import Task


class Dpor:
    """Explores at least one execution of every class of executions that differ in the order of conflicting steps."""

    def __init__(self, bound: int | None = None) -> None:
        self.bound = bound
        self.was_cut = False
        """The bound kept something out: what was explored is not everything."""
        self._path: list[Node] = []
        self._at: dict[int, int] = {}
        """The step that a decision is about -> its place in the path."""
        # Where switches are scarce it matters at which of several changes a race is turned round.
        self._order = HappensBefore(every=bound is not None)
        self._depth = 0
        self._known = 0
        """Decisions of the last execution that this one repeats."""
        self._sleep: dict[int, Operation] = {}
        """Who need not go on until a step conflicts with what it announced."""
        self._seen = 0
        self._started = False
        self._runs: list[int] = []
        self._fresh_from = 0
        """Steps of the last execution that this one repeats."""

    def share(self) -> float:
        """Return which share of the search is done, from 0 to 1, as far as is known: races yet to be found lower it.

        The estimator by weighted backtracks: Kilby, Slaney, Thiébaux, Walsh, "Estimating search tree size", AAAI 2006.
        """
        share, weight = 0.0, 1.0
        for node in self._path:
            weight /= len(node.backtrack)
            share += weight * len(node.done)
        return share

    # --------------------------------------------------------------------------- one execution

    def begin(self) -> bool:
        self._depth, self._seen = 0, 0
        if self._sleep:
            self._sleep = {}
        if not self._started:
            self._started = True
            return True
        path = self._path
        while path:
            node = path[-1]
            node.done.add(node.chosen)
            # Whoever is done stood in `backtrack` when it was chosen.
            alternative = self._alternative(node) if len(node.backtrack) > len(node.done) else None
            if alternative is not None:
                node.choose(alternative)
                self._fresh_from, self._known = node.index, len(path)
                return True
            path.pop()
            if not node.is_pick:
                del self._at[node.index]
        return False

    def choose(self, execution: Execution) -> Task:
        depth = self._depth
        self._depth = depth + 1
        if depth < self._known:
            node = self._path[depth]
            node.check(execution)
            if depth + 1 < self._known:
                return execution.runnable[node.chosen] if node.is_pick else execution.tasks[node.chosen]
        else:
            node = self._decide(execution)
        tasks = execution.tasks
        if node.is_pick:
            self._fall_asleep(execution, node.sleep)
            return execution.runnable[node.chosen]
        if self.bound is None and (node.sleep or node.done):
            self._fall_asleep(execution, (node.sleep | node.done) - {node.chosen})
        return tasks[node.chosen]

    def _fall_asleep(self, execution: Execution, asleep: Set[int]) -> None:
        self._sleep = {number: execution.tasks[number].operation for number in asleep}
        self._seen = len(execution.log)

    def _decide(self, execution: Execution) -> Node:
        """Add a decision to the path."""
        if self._sleep:
            self._follow(execution)
        path = self._path
        node = Node(execution, path[-1].preemptions() if path else 0, frozenset(self._sleep))
        if node.is_pick:
            node.backtrack.update(node.enabled)
            node.choose(0)
        else:
            node.choose(self._first_choice(execution, node))
            if self.bound is not None:
                # What costs nothing is tried everywhere: a race does not tell at which free switch to turn it round.
                node.backtrack.update(node.enabled if node.free is None else node.free)
            self._at[node.index] = len(path)
        path.append(node)
        return node

    def _follow(self, execution: Execution) -> None:
        """Wake whoever sleeps and conflicts with a step taken since the last decision."""
        sleep = self._sleep
        for number, operation in execution.log[self._seen :]:
            if number in sleep:
                raise Redundant
            sleep = {asleep: said for asleep, said in sleep.items() if not conflict(said, operation)}
        self._sleep = sleep
        self._seen = len(execution.log)

    def _first_choice(self, execution: Execution, node: Node) -> int:
        default = default_choice(execution).number
        if default not in self._sleep:
            return default
        awake = [number for number in node.enabled if number not in self._sleep]
        if not awake:
            raise Redundant
        return min(awake, key=lambda number: (node.cost(number), number))

    def _alternative(self, node: Node) -> int | None:
        asleep = frozenset() if node.is_pick else node.sleep
        waiting = [number for number in node.enabled if number in node.backtrack - node.done - asleep]
        if self.bound is not None:
            allowed = [number for number in waiting if node.before + node.cost(number) <= self.bound]
            self.was_cut |= len(allowed) < len(waiting)
            waiting = allowed
        return min(waiting, key=lambda number: (node.cost(number), number), default=None)

    # ---------------------------------------------------------------------- what else to try

    def end(self, execution: Execution) -> None:
        """Find the races of the execution and note where to turn each of them round."""
        order, log, fresh_from = self._order, execution.log, self._fresh_from
        if self.bound is not None:
            self._note_runs()
        for index in range(order.resume(len(execution.tasks), log, fresh_from), len(log)):
            number, operation = log[index]
            racing, clock = order.add(number, operation, races=index >= fresh_from)
            if racing:
                self._reverse(number, clock, racing)
        for task in execution.tasks:
            if not task.ended:
                racing, clock = order.announced(task.number, task.operation)
                self._reverse(task.number, clock, racing)
        self._put_off_finish(execution)

    def _note_runs(self) -> None:
        """Find out for each decision where the task that it chose began to run without a preemption."""
        self._runs = []
        start, running = 0, -1
        for position, node in enumerate(self._path):
            if not node.is_pick and node.chosen != running:
                start, running = position, node.chosen
            self._runs.append(start)

    def _put_off_finish(self, execution: Execution) -> None:
        """Let whoever the end of the scenario cut off go on before it: what they would still have done is in no log."""
        last = len(execution.log) - 1
        position = self._at.get(last)
        if position is None or execution.log[last][1][0] != FINISH:
            return
        node = self._path[position]
        if self.bound is None:
            node.backtrack.update(node.enabled)
        else:
            for number in node.enabled:
                self._add_bounded(position, number)

    def _reverse(self, task: int, clock: list[int], racing: list[Event]) -> None:
        for event in racing:
            position = self._at.get(event.index)
            if position is None:
                continue
            if self.bound is not None:
                self._add_bounded(position, task)
                continue
            node = self._path[position]
            candidates = initials(self._order.events, event, task, clock)
            if node.backtrack.isdisjoint(candidates):
                self._add(node, [task] * (task in candidates) + candidates)

    def _add(self, node: Node, candidates: list[int]) -> None:
        for candidate in candidates:
            if candidate in node.enabled:
                node.backtrack.add(candidate)
                return
        node.backtrack.update(node.enabled)

    def _add_bounded(self, position: int, task: int) -> None:
        """Add `task` at the race, and where the task that took the step began its run without a preemption."""
        for place in {position, self._runs[position]}:
            node = self._path[place]
            if task not in node.backtrack and len(node.backtrack) < len(node.enabled):
                node.backtrack.update([task] if task in node.enabled else node.enabled)
