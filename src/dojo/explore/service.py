"""The explorer's side of a job: what runs in the child beside the learner's code, from request to answer."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from dojo import model, wire
from dojo.errors import InternalError, KataError
from dojo.explore import uncontrolled
from dojo.explore.endings import key_of
from dojo.explore.explorer import Budget, Explorer
from dojo.explore.gaps import gaps_in, noted, noted_sentences
from dojo.explore.prepared import grader_program, library, plain_grader
from dojo.explore.real import LAST_LINES, RUNS, real_runs
from dojo.explore.record import Recorder
from dojo.explore.rules import Rules
from dojo.explore.schedule import has_starts, parse_schedule, render_schedule
from dojo.explore.shrink import Shrinker
from dojo.explore.sources import Sources
from dojo.explore.strategies.replay import Replay
from dojo.explore.tally import Finding
from dojo.explore.world import World, load_program
from dojo.loading import Rejection, Source, explain_failure

Progress = Callable[[Any], None]
IDENTS = re.compile(r"\b(get_ident|get_native_id|ident|native_id)\b")
"""Names by which a submission sees the idents of threads."""
ADDRESSES = re.compile(r"\b(id|hash|set|frozenset)\(")
"""Calls by which it sees where objects are in memory; a set puts them in an order by that."""


def explore_job(job: dict[str, Any], source: Source, progress: Progress) -> model.Json:
    """Explore the scenario of `job`; the answer holds its outcomes and how far the search went."""
    explorer = _explorer(job, source, progress)
    noted.clear()
    uncontrolled.sentences.clear()
    wanted = (job.get("options") or {}).get("budget")
    budget = Budget() if wanted is None else Budget.of(int(wanted))
    outcomes, explored = explorer.explore(budget)
    not_covered = _not_covered(source)
    if not_covered:
        explored = replace(explored, exhausted=False, bound=None, not_covered=tuple(not_covered))
    if explored.exhausted:
        explored = _compared_with_reality(job, source, explorer, outcomes=outcomes, explored=explored)
    return {"outcomes": [wire.to_json(outcome) for outcome in outcomes], "explored": wire.to_json(explored)}


def _not_covered(source: Source) -> list[str]:
    """Return a sentence for all that the submission uses, or an execution ran into, and no proof of ours speaks of."""
    return [*gaps_in(source.text, source.filename), *noted_sentences(), *sorted(uncontrolled.sentences)]


def _sees_addresses(source: Source) -> bool:
    makes_set = any(isinstance(node, ast.Set | ast.SetComp) for node in ast.walk(source.tree))
    return makes_set or ADDRESSES.search(source.text) is not None


def _compared_with_reality(
    job: dict[str, Any],
    source: Source,
    explorer: Explorer,
    *,
    outcomes: tuple[model.Outcome, ...],
    explored: model.Explored,
) -> model.Explored:
    """Run the scenario on real threads too, where it is sure to end and neither the clock nor the system has a say.

    Whether a new thread gets the ident of an ended one is up to the system, and so are the addresses of objects.
    """
    if explorer.used_clock or explorer.rules.reuses_idents or _sees_addresses(source):
        return explored
    if not all(isinstance(outcome.ending, model.Returned) for outcome in outcomes):
        return explored
    grader = plain_grader(job["grader"], Path(job["grader"]).read_text(encoding="utf-8"))
    arguments = list(job.get("arguments") or ())
    difference = real_runs(source, grader, job["scenario"], arguments, known=outcomes)
    if difference is not None:
        known = ", ".join(key_of(outcome.ending) for outcome in outcomes)[:500]
        real = "did not end" if difference.ending is None else f"ended as: {key_of(difference.ending)[:500]}"
        seen = " ".join(difference.lines) or "none"
        simplest = " ".join(_lines_of(explorer, outcomes[0])) or "none"
        raise InternalError(
            "model-differs",
            f"A run on real threads {real}; the model knows only: {known}. "
            f"The submission's lines in such a real run: {seen}; in the model's simplest schedule: {simplest}.",
        )
    return replace(explored, real=RUNS)


def _lines_of(explorer: Explorer, outcome: model.Outcome) -> list[str]:
    """Return which task took a step in which line of the submission, in the model's words: "T1:12"."""
    finding, _ = _replayed(explorer, parse_schedule(outcome.schedule))
    trace, _ = _record(explorer, finding)
    return [
        f"{'main' if step.task == 0 else f'T{step.task}'}:{step.place.line}"
        for step in trace.steps
        if step.place and step.by_learner
    ][-LAST_LINES:]


def trace_job(job: dict[str, Any], source: Source, progress: Progress) -> model.Json:
    """Run one schedule with everything recorded, after making it as simple as its outcome allows.

    The answer says whether it is the "same" ending that was expected; without an expectation, whether it fits at all.
    """
    options = job.get("options") or {}
    explorer = _explorer(job, source, progress)
    explorer.rules = replace(explorer.rules, starts=has_starts(options["schedule"]))
    finding, diverged = _replayed(explorer, parse_schedule(options["schedule"]))
    wanted = options.get("ending")
    key = key_of(wire.from_json(model.Ending, wanted)) if wanted is not None else finding.key
    same = finding.key == key if wanted is not None else not diverged
    if same and options.get("shrink", True):
        finding = Shrinker(explorer, key).shrink(finding)
    trace, ending = _record(explorer, finding)
    if key_of(ending) != finding.key:
        raise InternalError("not-deterministic", f"schedule {trace.schedule!r} ended differently when it was recorded.")
    return {"trace": wire.to_json(trace), "ending": wire.to_json(ending), "same": same}


def _explorer(job: dict[str, Any], source: Source, progress: Progress) -> Explorer:
    grader_path = Path(job["grader"])
    grader_text = grader_path.read_text(encoding="utf-8")
    sources = Sources(source.filename, str(grader_path), {source.filename: source.text, str(grader_path): grader_text})
    submission = load_program(job["kata"], source.filename, source.text, by_learner=True)
    try:
        grader = grader_program(str(grader_path), grader_text)
    except SyntaxError as error:
        raise KataError("grader-syntax", f"{grader_path.name} does not compile: {error}") from error
    world = World(library(), submission, grader, job["scenario"])
    _first_import(world, source)
    arguments = list(job.get("arguments") or ())
    explorer = Explorer(world, sources, arguments, lambda count: progress({"executions": count}))
    asked = (job.get("options") or {}).get("rules") or {}
    explorer.rules = Rules(**asked, reuses_idents=bool(IDENTS.search(source.text)))
    return explorer


def _first_import(world: World, source: Source) -> None:
    """Import the submission once as the explorer will: what fails here is the submission's, not an outcome."""
    try:
        world.execute(world.submission)
    except Rejection:
        raise
    except uncontrolled.Uncontrolled as error:
        raise Rejection(str(error), explain_failure(error, source).place, code="UNCONTROLLED") from error
    except BaseException as error:
        raise explain_failure(error, source) from error


def _replayed(explorer: Explorer, choices: list[int]) -> tuple[Finding, bool]:
    """Run the schedule; return its finding, and whether a choice of it was impossible, or left over."""
    strategy = Replay(choices)
    strategy.begin()
    finding = explorer.execute(strategy)
    diverged = strategy.diverged or strategy.decisions < len(choices)
    return finding._replace(choices=tuple(choices)), diverged


def _record(explorer: Explorer, finding: Finding) -> tuple[model.Trace, model.Ending]:
    recorder = Recorder(explorer.sources)
    explorer.autopsy.recorder = recorder
    strategy = Replay(finding.choices)
    strategy.begin()
    again = explorer.execute(strategy, recorder)
    explorer.autopsy.recorder = None
    waits = again.ending.waits if isinstance(again.ending, model.Stuck) else ()
    tasks, steps = explorer.autopsy.tasks, tuple(recorder.steps)
    trace = model.Trace(
        tasks, steps, render_schedule(finding.choices, starts=explorer.rules.starts), again.preemptions, waits
    )
    return trace, again.ending
