"""The scenario is a generator function: what it returns is not an observation."""

EXPECT = "raised:NotPlainData"


def scenario():
    yield "done"
