"""The observation is nested 10,000 deep."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    value: list[object] = []
    for _ in range(10_000):
        value = [value]
    return value
