"""The exception's message has ten million letters."""

EXPECT = "raised:ValueError"


def scenario() -> object:
    raise ValueError("x" * 10_000_000)
