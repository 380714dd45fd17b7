"""The scenario itself calls itself without end."""

EXPECT = "raised:RecursionError"


def scenario() -> object:
    return scenario()
