"""The observation is a set."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return {1, 2, 3}
