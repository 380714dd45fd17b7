"""The observation is a dict with keys that are not strings."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return {1: 2}
