"""The observation is not a number, and not equal to itself."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return [float("nan")]
