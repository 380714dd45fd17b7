"""What one task shows does not keep another one from showing the same."""

from __future__ import annotations

import collections

import pytest

from dojo.explore.showing import SHOWN
from tests.engine.explore.exploring import outcomes

CONTAINERS = ("[item]", "{1: item}", "{item}", "collections.deque([item])", "collections.OrderedDict({1: item})")
SHOW = """
    import collections
    class Item:
        looked = 0
        def __repr__(self):
            self.looked += 1
            return "item"
    item = Item()
    box = BOX
    return together((repr, box), (repr, box))
"""


@pytest.mark.parametrize("box", CONTAINERS)
def test_two_tasks_show_one_container_at_the_same_time(box: str) -> None:
    class Item:
        def __repr__(self) -> str:
            return "item"

    text = repr(eval(box, {"collections": collections, "item": Item()}))
    assert outcomes(SHOW.replace("BOX", box)) == {f'returned ["{text}", "{text}"]'}


def test_a_container_that_holds_itself_is_still_shown_with_dots() -> None:
    assert outcomes("a = []\na.append(a)\nreturn together((repr, a), (repr, a))") == {'returned ["[[...]]", "[[...]]"]'}


def test_who_is_broken_off_while_showing_leaves_nothing_behind() -> None:
    body = """
        class Item:
            def __repr__(self):
                threading.Lock().acquire(); lock.acquire()
                return "item"
        lock = threading.Lock()
        lock.acquire()
        box = [Item()]
        together((repr, box), (repr, box))
    """
    assert outcomes(body) == {"stuck"}
    assert SHOWN == []
