"""The observation is infinite."""

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return {"value": float("-inf")}
