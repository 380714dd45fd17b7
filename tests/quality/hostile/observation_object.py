"""The observation is an object."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return object()
