"""Reports for programs: one JSON document for one kata, version 1; docs/verdict.schema.json describes it."""

from __future__ import annotations

import json

from dojo.model import VERDICT_NAMES, Ending, Explored, Json, Outcome, Passed, Place, Returned, Step, Trace, Wait
from dojo.report.card import CheckCard, ReportCard
from dojo.report.words import merge_explored, render_ending

VERSION = 1


def render_report(card: ReportCard) -> str:
    """Return the document on one kata, in one line."""
    return json.dumps(document(card), ensure_ascii=True)


def document(card: ReportCard) -> dict[str, Json]:
    """Return the document as JSON data."""
    return {
        "version": VERSION,
        "kata": card.kata,
        "python": card.python,
        "submission": card.submission,
        "verdict": card.verdict,
        "code": card.diagnosis.code,
        "message": card.diagnosis.sentence,
        "checks": [_check(check) for check in card.checks],
    }


def _check(card: CheckCard) -> dict[str, Json]:
    verdict = card.check.verdict
    head: dict[str, Json] = {"name": card.name, "verdict": VERDICT_NAMES[type(verdict)]}
    if isinstance(verdict, Passed):
        explored = merge_explored(verdict.explored) if verdict.explored else None
        return {
            **head,
            "code": "",
            "message": "",
            "outcomes": [_outcome(outcome) for outcome in verdict.outcomes],
            "explored": _explored(explored),
            "plans": verdict.plans,
            "place": None,
            "why": "",
            "replay": "",
            "trace": None,
        }
    evidence = verdict.evidence
    return {
        **head,
        "code": verdict.diagnosis.code,
        "message": verdict.diagnosis.sentence,
        "outcomes": [_outcome(outcome) for outcome in evidence.outcomes],
        "explored": _explored(evidence.explored),
        "plans": 0,
        "place": _place(evidence.place),
        "why": evidence.why,
        "replay": card.replay,
        "trace": _trace(evidence.trace),
    }


def _outcome(outcome: Outcome) -> dict[str, Json]:
    return {
        **_ending(outcome.ending),
        "count": outcome.count,
        "schedule": outcome.schedule,
        "preemptions": outcome.preemptions,
    }


def _ending(ending: Ending) -> dict[str, Json]:
    if isinstance(ending, Returned):
        return {"ending": "returned", "value": ending.value}
    return {"ending": render_ending(ending), "value": None}


def _explored(explored: Explored | None) -> Json:
    if explored is None:
        return None
    return {
        "executions": explored.executions,
        "exhausted": explored.exhausted,
        "bound": explored.bound,
        "sampled": explored.sampled,
        "strategy": explored.strategy,
        "not_covered": list(explored.not_covered),
    }


def _place(place: Place | None) -> Json:
    return None if place is None else {"path": place.path, "line": place.line, "text": place.text}


def _trace(trace: Trace | None) -> Json:
    if trace is None:
        return None
    return {
        "schedule": trace.schedule,
        "preemptions": trace.preemptions,
        "tasks": [{"number": task.number, "name": task.name, "label": task.label} for task in trace.tasks],
        "steps": [_step(step) for step in trace.steps],
        "waits": [_wait(wait) for wait in trace.waits],
    }


def _step(step: Step) -> dict[str, Json]:
    return {
        "number": step.number,
        "task": step.task,
        "verb": step.verb,
        "subject": step.subject,
        "value": step.value,
        "place": _place(step.place),
        "by_learner": step.by_learner,
        "holds": list(step.holds),
        "preempts": step.preempts,
    }


def _wait(wait: Wait) -> dict[str, Json]:
    return {
        "task": wait.task,
        "what": wait.what,
        "place": _place(wait.place),
        "holder": wait.holder,
        "holder_place": _place(wait.holder_place),
    }
