"""What the plugin attaches to pytest's report of a check, as text, so that it crosses to another process."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dojo.model import Ending, Trace
from dojo.report.card import CheckCard
from dojo.wire import from_json, to_json

Property = tuple[str, object]

_CARD = "dojo"
_REPLAY = "dojo-replay"


def card_property(card: CheckCard) -> Property:
    """Return the property that carries a check's card."""
    return _CARD, json.dumps(to_json(card))


def card_in(properties: Iterable[Property]) -> CheckCard | None:
    """Return the card among the properties of a report."""
    text = next((value for name, value in properties if name == _CARD), None)
    return None if text is None else from_json(CheckCard, json.loads(str(text)))


def replay_property(trace: Trace, ending: Ending, *, fits: bool) -> Property:
    """Return the property that carries what a replayed schedule did, and whether it could be followed."""
    return _REPLAY, json.dumps({"trace": to_json(trace), "ending": to_json(ending), "fits": fits})


def replay_in(properties: Iterable[Property]) -> tuple[Trace, Ending, bool] | None:
    """Return the replay among the properties of a report: what it did, how it ended, whether it could be followed."""
    text = next((value for name, value in properties if name == _REPLAY), None)
    if text is None:
        return None
    shown = json.loads(str(text))
    return from_json(Trace, shown["trace"]), from_json(Ending, shown["ending"]), shown["fits"]
