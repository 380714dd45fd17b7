"""The observation is a list of three million numbers."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return list(range(3_000_000))
