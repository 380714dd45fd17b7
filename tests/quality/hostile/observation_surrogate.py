"""The observation holds half a character, which UTF-8 cannot encode."""

EXPECT = "returned | raised:NotPlainData"


def scenario() -> object:
    return "\ud800"
