"""What a scenario left behind, counted from outside once nothing moves any more."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable

import psutil

from dojo.model import Census
from dojo.processes.tree import children_of, command_of, is_alive, servant_kind


class Numbering:
    """Gives each process of a scenario a number when it is first heard of: 0 is the scenario's own."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def of(self, process: int) -> int:
        """Return the number of a process."""
        return self._numbers.setdefault(process, len(self._numbers))

    def role(self, process: int) -> str:
        """Say in a few words which process this is: "child 2 (started by child 1)"."""
        number = self.of(process)
        if number == 0:
            return "the scenario"
        servant = servant_kind(process)
        if servant:
            return servant
        return f"child {number} ({self._origin(process)})"

    def _origin(self, process: int) -> str:
        command = command_of(process)
        program = os.path.basename(command[0]) if command else ""
        prefix = "" if program.startswith("python") or not program else f"{program}, "
        try:
            parent = psutil.Process(process).ppid()
        except psutil.Error:
            return "gone"
        if parent not in self._numbers:
            return f"{prefix}{'started by the fork server' if servant_kind(parent) else 'its parent is gone'}"
        number = self._numbers[parent]
        return f"{prefix}started by {'the scenario' if number == 0 else servant_kind(parent) or f'child {number}'}"


def take_census(tree: Iterable[int], scenario: int, servants: Collection[int], role: Callable[[int], str]) -> Census:
    """Count the living processes of `tree` beside the scenario's own, and the zombies that are its children."""
    others = [process for process in tree if process != scenario and process not in servants]
    alive = [process for process in others if is_alive(process)]
    own = set(children_of(scenario))
    zombies = [process for process in others if process in own and process not in alive]
    return Census(tuple(role(process) for process in alive), len(zombies))


def count_children(process: int) -> int:
    """Count the children of `process`, alive or zombie, and those that its fork server has for it.

    multiprocessing's servants do not count, nor the fork server's zombies: it reaps its children itself.
    """
    count = 0
    for child in children_of(process):
        servant = servant_kind(child)
        if servant is None:
            count += 1
        elif servant == "the fork server":
            count += sum(is_alive(grandchild) for grandchild in children_of(child))
    return count
