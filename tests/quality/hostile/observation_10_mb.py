"""The observation is ten million letters."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return "x" * 10_000_000
