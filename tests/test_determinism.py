"""Everything that decides is a schedule: same submission, same grader, same Python, same answer, byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dojo import model, wire
from dojo.explore.endings import key_of
from tests.direct import failing_of, replayed
from tests.katas.bank import BANK, ROOT, environment

TIMES = 10
ALL = os.environ.get("DOJO_PROOFS") == "all"
WRONG = sorted(BANK.glob("threads/*/wrong_*.py"))

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


CLASSICS = """
import json
from dojo import wire
from dojo.explore.explorer import Budget
from tests.quality.classic_programs import Hunt

for name in ("lost_update", "dining_3", "timeout_order"):
    outcomes, explored = Hunt(name, "buggy", stop=False).explore(Budget())
    print(json.dumps([name, wire.to_json(list(outcomes)), wire.to_json(explored)]))
"""


@pytest.mark.timeout(600)
def test_ten_runs_of_three_classics_give_one_answer():
    def found_with(seed: int) -> str:
        done = subprocess.run(
            [sys.executable, "-c", CLASSICS],
            cwd=ROOT,
            env={**environment(), "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    first, *others = (found_with(seed) for seed in range(TIMES))
    assert first.count("\n") == 3 and set(others) == {first}


# A sample in every run; with DOJO_PROOFS=all in the environment every wrong submission.
@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", WRONG if ALL else WRONG[::8], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_schedule_that_fails_a_check_fails_it_again(path: Path):
    finding = failing_of(path)
    assert finding is not None and finding.failing is not None
    for shrink in (False, True):
        answer = replayed(finding, path, shrink=shrink)
        assert answer["same"]
        # A recording knows the names of locks too; whether it is the same outcome does not depend on them.
        assert key_of(wire.from_json(model.Ending, answer["ending"])) == key_of(finding.failing.ending)
