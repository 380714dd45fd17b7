"""The observation is a tuple, which JSON would turn into a list."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return (1, 2)
