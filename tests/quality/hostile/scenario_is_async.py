"""The scenario is a coroutine function: what it returns is not an observation."""

EXPECT = "raised:NotPlainData"


async def scenario() -> object:
    return "done"
