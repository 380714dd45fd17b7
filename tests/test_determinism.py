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

job = json.loads(sys.argv[1])
source = load_source(Path(job["submission"]))
answer = explore_job(job, source, lambda news: None)
traces = []
for outcome in answer["outcomes"]:
    options = {"schedule": outcome["schedule"], "ending": outcome["ending"]}
    traces.append(trace_job({**job, "options": options}, source, lambda news: None))
print(json.dumps([answer, traces]))
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


def answer_to(job: dict[str, object], seed: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, json.dumps(job)],
        env={**environment(), "PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", JOBS)
def test_ten_runs_in_fresh_processes_give_one_answer(name):
    job = job_for(name)
    assert len({answer_to(job, seed) for seed in range(TIMES)}) == 1


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
