"""Short phrases that the reports share: what was tried, what came out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from dojo.model import Ending, Explored, LeftAlive, Outcome, Passed, Raised, Returned, Spinning, Stuck

_VALUE_WIDTH = 40
_SHORT = 34
_SHOWN_OUTCOMES = 4


def render_shown(verdict: Passed) -> str:
    """Return what a passed check has shown, and never more than that: "all 212 interleavings"."""
    parts = []
    if verdict.explored:
        parts.append(render_explored(merge_explored(verdict.explored)))
    if verdict.plans:
        parts.append(_counted(verdict.plans, "run with real processes", "runs with real processes"))
    return " and ".join(parts)


def render_all_shown(verdicts: Sequence[Passed]) -> str:
    """Return what several checks have shown together."""
    explored = [one for verdict in verdicts for one in verdict.explored]
    merged = (merge_explored(explored),) if explored else ()
    return render_shown(Passed(explored=merged, plans=sum(verdict.plans for verdict in verdicts)))


def render_explored(explored: Explored) -> str:
    """Return "all 212 interleavings", or how far a bounded search and sampling went."""
    if explored.exhausted:
        return "its only interleaving" if explored.executions == 1 else f"all {explored.executions:,} interleavings"
    searched = explored.executions - explored.sampled
    sampled = f"{explored.sampled:,} sampled{_samplers(explored)}" if explored.sampled else ""
    if explored.bound is None:
        count = _counted(searched, "interleaving", "interleavings")
        if explored.not_covered and not explored.sampled:
            return f"{count}, with gaps"
        return f"{count} of many{f', and {sampled}' if sampled else ''}"
    preemptions = _counted(explored.bound, "preemption", "preemptions")
    which = f"with at most {preemptions}" if explored.bound else "without a preemption"
    tried = f"{_counted(searched, 'interleaving', 'interleavings')}, all {which} among them"
    return f"{tried}, and {sampled}" if sampled else tried


def _samplers(explored: Explored) -> str:
    """Return who sampled: " (SURW, POS and PCT)"."""
    names = explored.strategy.partition("then ")[2].upper().replace(" AND ", " and ")
    return f" ({names})" if names else ""


def merge_explored(several: Sequence[Explored]) -> Explored:
    """Return what holds for all explorations of one check together."""
    bounds = [one.bound for one in several if not one.exhausted]
    return Explored(
        executions=sum(one.executions for one in several),
        exhausted=not bounds,
        bound=None if None in bounds else min((bound for bound in bounds if bound is not None), default=None),
        sampled=sum(one.sampled for one in several),
        strategy=next((one.strategy for one in several if one.sampled), several[0].strategy),
        not_covered=tuple(dict.fromkeys(sentence for one in several for sentence in one.not_covered)),
    )


def render_tried(explored: Explored) -> str:
    """Return the remark on a failing check's outcomes: how far the search has gone."""
    if explored.exhausted:
        return "all tried"
    if explored.bound is not None:
        return f"all with at most {_counted(explored.bound, 'preemption', 'preemptions')} tried"
    return "more are possible"


def render_outcomes(outcomes: Sequence[Outcome], explored: Explored | None) -> list[str]:
    """Return "70 in 4 of 6 interleavings, 50 in 1 (all tried)", most frequent first; long values have a line each."""
    counts: Counter[str] = Counter()
    for outcome in outcomes:
        counts[render_ending(outcome.ending)] += outcome.count
    ordered = counts.most_common()
    parts = [f"{text} in {count:,}" for text, count in ordered[:_SHOWN_OUTCOMES]]
    parts[0] += f" of {_counted(counts.total(), 'interleaving', 'interleavings')}"
    if len(ordered) > _SHOWN_OUTCOMES:
        parts.append(f"{_counted(len(ordered) - _SHOWN_OUTCOMES, 'other outcome', 'other outcomes')}")
    if explored is not None:
        parts[-1] += f" ({render_tried(explored)})"
    return parts if max(map(len, parts)) > _SHORT else [", ".join(parts)]


def render_ending(ending: Ending) -> str:
    """Return an outcome in a few words: its value, or how it ended without one."""
    match ending:
        case Returned():
            text = json.dumps(ending.value, ensure_ascii=True)
            return text if len(text) <= _VALUE_WIDTH else text[: _VALUE_WIDTH - 2] + ".."
        case Raised():
            return ending.type
        case Stuck():
            return "a deadlock"
        case Spinning():
            return "endless running"
        case LeftAlive():
            return "a thread left alive"


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
