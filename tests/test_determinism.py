"""Everything that decides is a schedule: same submission, same grader, same Python, same answer, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.katas.bank import BANK, ROOT, environment

TIMES = 10

# Explores, takes the simplest schedule of each outcome, shrinks and records it: all that a report is made of.
PROGRAM = """
import json, sys
from pathlib import Path
from dojo.explore.service import explore_job, trace_job
from dojo.loading import load_source

def answer_to(job):
    source = load_source(Path(job["submission"]))
    answer = explore_job(job, source, lambda news: None)
    options = [{"schedule": outcome["schedule"], "ending": outcome["ending"]} for outcome in answer["outcomes"]]
    return [answer, [trace_job({**job, "options": each}, source, lambda news: None) for each in options]]

print(json.dumps([answer_to(job) for job in json.loads(sys.argv[1])]))
"""

JOBS = {
    "a lost update": ("threads/race_condition/wrong_read_compute_write.py", "two_deposits", [20, 50]),
    "a right one": ("threads/race_condition/right_condition.py", "three_deposits", []),
    "threads that wait": ("threads/start_and_join/wrong_started_and_joined_in_turn.py", "two_jobs_meet", []),
    "a set of threads": ("threads/request_context/right_weak_keys.py", "two_requests", [["ann", "ben"]]),
}


def job_for(name: str) -> dict[str, object]:
    submission, scenario, arguments = JOBS[name]
    group, kata, _ = submission.split("/")
    return {
        "kind": "explore",
        "kata": kata,
        "submission": str(BANK / submission),
        "grader": str(ROOT / "graders" / group / f"test_{kata}.py"),
        "scenario": scenario,
        "arguments": arguments,
        "options": {},
    }


def answers(seed: int) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps([job_for(name) for name in JOBS])],
        env={**environment(), "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[object] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(600)
def test_ten_runs_in_fresh_processes_give_one_answer():
    first, *others = (answers(seed) for seed in range(TIMES))
    for other in others:
        for name, one, another in zip(JOBS, first, other, strict=True):
            assert one == another, name


def test_the_hash_seed_does_reach_the_process():
    # Without this the test above could pass for the wrong reason.
    program = "print(hash('a'))"
    seeds = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    ]
    assert seeds[0] != seeds[1]
