"""The observation contains itself."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    value: list[object] = []
    value.append(value)
    return value
