"""The observation is a number of 10,000 digits, more than Python turns into text."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return 10**10_000
