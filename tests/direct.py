"""Graders of threads run directly on the explorer's service: the failing schedule of a check, without any processes."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from dojo import model, wire
from dojo.explore.service import explore_job, trace_job
from dojo.loading import Source, load_source

ROOT = Path(__file__).parent.parent
BANK = ROOT / "tests" / "submissions" / "threads"
BUDGET = 400


class Failing(Exception):
    """An ending that no check accepts: a deadlock, an exception, a thread left alive."""


@dataclass
class Finding:
    """What one exploration of a check came to, and the outcome that its test did not accept."""

    job: dict[str, Any]
    outcomes: list[model.Outcome]
    explored: model.Explored
    failing: model.Outcome | None = None


@dataclass
class DirectExplore:
    """Stands in for the fixture `explore`."""

    grader: Path
    source: Source
    findings: list[Finding] = field(default_factory=list)

    def __call__(self, scenario: Callable[..., Any], *arguments: Any, **options: Any) -> Iterator[model.Outcome]:
        job = {
            "kata": self.source.path.stem,
            "grader": str(self.grader),
            "scenario": scenario.__name__,
            "arguments": list(arguments),
            "options": {"budget": min(options.get("budget") or BUDGET, BUDGET), "rules": rules_of(options)},
        }
        answer: Any = explore_job(job, self.source, lambda done: None)
        outcomes = [wire.from_json(model.Outcome, outcome) for outcome in answer["outcomes"]]
        finding = Finding(job, outcomes, wire.from_json(model.Explored, answer["explored"]))
        self.findings.append(finding)
        for outcome in outcomes:
            finding.failing = outcome
            if not isinstance(outcome.ending, model.Returned):
                raise Failing
            yield outcome
        finding.failing = None


def rules_of(options: dict[str, Any]) -> dict[str, bool]:
    """Return what the options of an exploration ask of every execution, as the fixture tells it to the service."""
    spins, waits = options.get("spins") is not None, options.get("waits") is not None
    return {"any_wakeup": options.get("any_wakeup", False), "no_spinning": spins, "no_waiting": waits}


def load_plainly(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"direct_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def checks_of(grader: Path) -> list[Callable[[Any], None]]:
    """Return the tests of a grader that do nothing but explore, in their order."""
    tests = [value for name, value in vars(load_plainly(grader)).items() if name.startswith("test_")]
    return [test for test in tests if list(inspect.signature(test).parameters) == ["explore"]]


def grader_of(submission: Path) -> Path:
    return ROOT / "graders" / "threads" / f"test_{submission.parent.name}.py"


def findings_of(submission: Path, *, stop_at_failure: bool = True) -> list[Finding]:
    """Run the checks of the submission's grader; by default up to the first that fails."""
    explore = DirectExplore(grader_of(submission), load_source(submission))
    for check in checks_of(explore.grader):
        try:
            check(explore)
        except (AssertionError, Failing):
            if stop_at_failure:
                break
    return explore.findings


def failing_of(submission: Path) -> Finding | None:
    """Return the first finding whose outcome was not accepted, or None."""
    return next((finding for finding in findings_of(submission) if finding.failing is not None), None)


def replayed(finding: Finding, submission: Path, *, shrink: bool) -> Any:
    """Return the answer to the trace job for the failing schedule."""
    assert finding.failing is not None
    options = {
        "schedule": finding.failing.schedule,
        "ending": wire.to_json(finding.failing.ending),
        "shrink": shrink,
        "rules": finding.job["options"]["rules"],
    }
    return trace_job({**finding.job, "options": options}, load_source(submission), lambda done: None)
