"""A generator expression that never yields; no `while` stands in the source."""

import itertools

EXPECT = "spinning | killed"


def scenario() -> object:
    return next(number for number in itertools.count() if number < 0)
