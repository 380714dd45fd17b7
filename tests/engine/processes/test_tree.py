"""Finding, measuring and ending trees of processes."""

import os
import signal
import subprocess
import sys
import time

import pytest

from dojo.model import Census
from dojo.processes import tree
from dojo.processes.census import Numbering, count_children, take_census
from dojo.processes.tree import (
    children_of,
    command_of,
    descendants_of,
    end_all,
    find_by_environment,
    is_alive,
    servant_kind,
    stop_all,
    usage_of,
)

FAMILY = """
import os, signal
if os.fork() == 0:
    if os.fork() == 0:
        signal.pause()
    os.write(1, b"!")
    signal.pause()
signal.pause()
"""


@pytest.fixture
def family():
    """A process with a child and a grandchild."""
    with subprocess.Popen([sys.executable, "-c", FAMILY], stdout=subprocess.PIPE, env={"FAMILY": "7"}) as process:
        process.stdout.read(1)
        yield process
        end_all(lambda: [process.pid, *descendants_of(process.pid)], between=process.poll)


@pytest.mark.parametrize("by_proc", [True, False])
def test_parents_come_before_their_children(family, monkeypatch, by_proc):
    monkeypatch.setattr(tree, "PROC_KNOWS_CHILDREN", by_proc and tree.PROC_KNOWS_CHILDREN)
    child, grandchild = descendants_of(family.pid)
    assert (children_of(family.pid), children_of(child), children_of(grandchild)) == ([child], [grandchild], [])


@pytest.mark.parametrize("by_proc", [True, False])
def test_a_process_that_is_gone_has_nothing(monkeypatch, by_proc):
    monkeypatch.setattr(tree, "PROC_KNOWS_CHILDREN", by_proc and tree.PROC_KNOWS_CHILDREN)
    with subprocess.Popen(["true"]) as gone:
        pass
    assert children_of(gone.pid) == [] and command_of(gone.pid) == [] and servant_kind(gone.pid) is None
    assert not is_alive(gone.pid) and usage_of([gone.pid]) == tree.Usage(0, 0.0)


def test_a_tree_is_found_by_its_environment_and_ended(family):
    everyone = sorted([family.pid, *descendants_of(family.pid)])
    assert sorted(find_by_environment("FAMILY", "7")) == everyone
    assert end_all(lambda: find_by_environment("FAMILY", "7"), between=family.poll)
    assert not any(map(is_alive, everyone))


def test_a_stopped_tree_is_complete(family):
    assert stop_all(lambda: descendants_of(family.pid)) == descendants_of(family.pid)


def test_a_process_that_one_look_misses_while_it_changes_its_parent_is_ended_too(family):
    everyone = [family.pid, *descendants_of(family.pid)]
    looks = iter([[], everyone[:1]])
    assert end_all(lambda: next(looks, everyone), between=family.poll)
    assert not any(map(is_alive, everyone))


def test_a_tree_that_cannot_be_ended_is_given_up(monkeypatch):
    monkeypatch.setattr(tree, "SECONDS_TO_DIE", 0.0)
    monkeypatch.setattr(tree, "signal_all", lambda processes, number: None)
    assert not end_all(lambda: [os.getpid()])


def test_what_a_tree_uses_is_added_up(family):
    alone, together = usage_of([family.pid]), usage_of([family.pid, *descendants_of(family.pid)])
    assert 0 < alone.memory < together.memory < 1 << 30
    began = time.process_time()
    while time.process_time() < began + 0.1:
        pass
    assert usage_of([os.getpid()]).processor_seconds >= 0.1


def test_a_census_counts_the_living_and_the_zombies_of_one_process():
    text = """
import os, signal, subprocess, sys
if os.fork() == 0:
    os._exit(0)
subprocess.Popen(["sleep", "1000"])
if os.fork() == 0:
    os.write(1, b"!")
    signal.pause()
signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE) as process:
        process.stdout.read(1)
        found = descendants_of(process.pid)
        while sum(map(is_alive, found)) > 2 or command_of(found[1])[:1] != ["sleep"]:
            pass
        numbering = Numbering()
        numbering.of(process.pid)
        census = take_census(found, process.pid, (), numbering.role)
        assert census == Census(("child 1 (sleep, started by the scenario)", "child 2 (started by the scenario)"), 1)
        assert take_census(found, process.pid, found, numbering.role) == Census()
        assert count_children(process.pid) == 3
        end_all(lambda: [process.pid, *found], between=process.poll)


def test_the_roles_of_processes_are_told_in_words(family):
    numbering = Numbering()
    everyone = [family.pid, *descendants_of(family.pid)]
    assert [numbering.of(process) for process in everyone] == [0, 1, 2]
    assert [numbering.role(process) for process in everyone] == [
        "the scenario",
        "child 1 (started by the scenario)",
        "child 2 (started by child 1)",
    ]
    end_all(lambda: everyone[2:])
    os.kill(everyone[1], signal.SIGKILL)


def test_a_process_that_is_gone_has_that_for_a_role():
    with subprocess.Popen(["true"]) as gone:
        pass
    numbering = Numbering()
    numbering.of(os.getpid())
    assert numbering.role(gone.pid) == "child 1 (gone)"


def test_the_servants_of_multiprocessing_are_known():
    text = """
import multiprocessing, os, signal
if __name__ == "__main__":
    process = multiprocessing.get_context("forkserver").Process(target=signal.pause)
    process.start()
    os.write(1, b"!")
    signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", text], stdout=subprocess.PIPE) as process:
        process.stdout.read(1)
        found = descendants_of(process.pid)
        kinds = {servant_kind(one) for one in found}
        assert kinds == {"the resource tracker", "the fork server", None}
        assert count_children(process.pid) == 1
        numbering = Numbering()
        numbering.of(process.pid)
        roles = ["child 3 (started by the fork server)", "the fork server", "the resource tracker"]
        assert sorted(map(numbering.role, sorted(found, key=lambda one: servant_kind(one) or "~"))) == roles
        end_all(lambda: [process.pid, *found], between=process.poll)
