"""The scenario raises a BaseException that machinery uses."""

EXPECT = "raised:GeneratorExit"


def scenario() -> object:
    raise GeneratorExit
