"""One real sandbox for all tests here: that each finds it usable is part of what they claim."""

import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from dojo.processes.director import Director
from dojo.processes.tree import find_by_environment
from dojo.sandbox.jobs import Ended, Job, Limits
from dojo.sandbox.launcher import TOKEN
from dojo.sandbox.sandbox import Sandbox

DEFAULTS = Limits()
GRADER = """
def act(kata, stage, *arguments):
    return kata.act(*arguments)

def act_on_stage(kata, stage, *arguments):
    return kata.act(stage, *arguments)
"""


@dataclass
class Workshop:
    """Runs the text of a submission in the sandbox and looks for survivors."""

    sandbox: Sandbox
    folder: Path

    def act(self, text: str, *arguments, scenario="act", limits=DEFAULTS, director=None, method="fork") -> Ended:
        submission = self.folder / "mine.py"
        submission.write_text(textwrap.dedent(text))
        grader = self.folder / "test_workshop.py"
        grader.write_text(GRADER)
        options = {"start_method": method}
        job = Job("supervise", "workshop", str(submission), str(grader), scenario, arguments, options)
        return self.sandbox.run(job, limits=limits, director=director)

    def stage(self, text: str, *arguments, plan="first", method="fork") -> tuple[Ended, Director]:
        director = Director(plan)
        return self.act(text, *arguments, scenario="act_on_stage", director=director, method=method), director

    def survivors(self) -> list[int]:
        launcher = self.sandbox._launcher
        if launcher is None:
            return []
        return [process for process in find_by_environment(TOKEN, launcher.token) if process != launcher.process]


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def workshop(sandbox, tmp_path):
    made = Workshop(sandbox, tmp_path)
    yield made
    assert not made.survivors()
