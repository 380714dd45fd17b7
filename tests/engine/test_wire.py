"""Model values survive the wire, and nothing else passes it."""

import dataclasses
import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dojo import model
from dojo.model import Census, Completed, Outcome, Place, QuietPoint, Raised, Record, Returned, Verdict
from dojo.wire import WireError, check_plain, from_json, to_json

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
observations = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)
texts = st.text(max_size=8)
numbers = st.integers(0, 99)
places = st.builds(Place, texts, numbers, texts)
steps = st.builds(
    model.Step,
    number=numbers,
    task=numbers,
    verb=texts,
    subject=texts,
    value=st.none() | texts,
    place=st.none() | places,
    by_learner=st.booleans(),
    variable=st.none() | texts,
    holds=st.lists(texts, max_size=2).map(tuple),
    preempts=st.booleans(),
)
waits = st.builds(model.Wait, numbers, texts, st.none() | places, st.none() | numbers, st.none() | places)
tasks = st.lists(st.builds(model.Task, numbers, texts, texts), max_size=2).map(tuple)
traces = st.builds(
    model.Trace,
    tasks,
    st.lists(steps, max_size=3).map(tuple),
    texts,
    numbers,
    st.lists(waits, max_size=2).map(tuple),
)
endings = st.one_of(
    st.builds(Returned, observations),
    st.builds(Raised, texts, texts, st.none() | places, numbers),
    st.builds(model.Stuck, st.lists(waits, max_size=2).map(tuple)),
    st.builds(model.Spinning, numbers, st.lists(places, max_size=2).map(tuple)),
    st.builds(model.LeftAlive, tasks, st.lists(places, max_size=2).map(tuple)),
)
outcomes = st.lists(st.builds(Outcome, endings, numbers, texts, numbers), max_size=2).map(tuple)
stacks = st.builds(model.ProcessStack, numbers, texts, st.lists(st.tuples(places, texts), max_size=2).map(tuple))
explored = st.builds(
    model.Explored, numbers, st.booleans(), st.none() | numbers, numbers, texts, st.lists(texts, max_size=2).map(tuple)
)
evidence = st.builds(
    model.Evidence,
    place=st.none() | places,
    trace=st.none() | traces,
    why=texts,
    outcomes=outcomes,
    explored=st.none() | explored,
    stacks=st.lists(stacks, max_size=2).map(tuple),
    output=texts,
    schedule=texts,
)
unhappy = st.sampled_from([kind for kind in model.VERDICT_NAMES if kind is not model.Passed])
verdicts = st.builds(model.Passed, st.lists(explored, max_size=2).map(tuple), outcomes, numbers) | st.builds(
    lambda kind, *parts: kind(*parts), unhappy, st.builds(model.Diagnosis, texts, texts), evidence
)
completions = st.builds(
    Completed,
    observations,
    st.lists(st.builds(Record, texts, observations, numbers), max_size=2).map(tuple),
    st.lists(st.builds(QuietPoint, st.lists(texts, max_size=2).map(tuple)), max_size=2).map(tuple),
    st.builds(Census, st.lists(texts, max_size=2).map(tuple), numbers),
    texts,
    texts,
)


@given(verdicts)
def test_every_verdict_comes_back_as_it_went(verdict):
    back = from_json(Verdict, json.loads(json.dumps(to_json(verdict))))
    assert back == verdict and type(back) is type(verdict)


@given(completions)
def test_a_completed_run_comes_back_as_it_went(completed):
    assert from_json(Completed, json.loads(json.dumps(to_json(completed)))) == completed


@given(observations)
def test_an_observation_may_look_like_a_model_value(value):
    disguised = {"kind": "Place", "path": value}
    assert from_json(Returned, to_json(Returned(disguised))) == Returned(disguised)


@pytest.mark.parametrize(
    ("kind", "data", "message"),
    [
        (Place, {"kind": "Place", "path": "a.py", "line": "1", "text": ""}, "$.line: '1' is not int"),
        (Place, {"kind": "Place", "path": "a.py", "line": True, "text": ""}, "$.line: True is not int"),
        (Place, {"kind": "Place", "path": "a.py", "line": 1}, "$: Place with missing or unknown 'text'"),
        (Place, {"kind": "Record"}, "$: an object of kind 'Record' is not a Place"),
        (Place, ["a.py", 1], "$: a list is not a Place"),
        (Verdict, {"kind": "Victory"}, None),
        (Census, {"kind": "Census", "alive": [1], "zombies": 0}, "$.alive[0]: 1 is not str"),
        (Verdict, {"verdict": "won"}, None),
        (Place, {"path": "a.py"}, "$: an object is not a Place"),
        (int | None, "won", "$: 'won' is not int or NoneType"),
        (tuple[int, str], [1], "$: 1 items where 2 belong"),
        (float, 1, "$: 1 is not float"),
        (set, [], None),
    ],
)
def test_what_is_not_of_the_type_is_refused(kind, data, message):
    with pytest.raises(WireError) as caught:
        from_json(kind, data)
    assert message is None or str(caught.value) == message


@pytest.mark.parametrize("value", [object(), {1: 2}, b"x", {"a"}, type, Returned(value=(object(),))])
def test_what_cannot_be_sent_is_refused(value):
    with pytest.raises(WireError):
        to_json(value)


def test_no_field_may_hide_the_name_of_the_class():
    with pytest.raises(WireError, match="Odd: a field is named 'kind', which the class name needs"):
        to_json(dataclasses.make_dataclass("Odd", ["kind"])("even"))


class Number(int):
    pass


@pytest.mark.parametrize("value", [(1, 2), {1: 2}, Number(1), [b""], {"a": {string}}])
def test_only_exact_types_are_plain(value):
    with pytest.raises(WireError):
        check_plain(value)


def test_a_value_that_holds_itself_is_refused():
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(WireError, match="nested more than 200 levels deep"):
        check_plain(endless)
