"""The observation is bytes."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return b"abc"
