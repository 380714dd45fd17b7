"""The observation looks like a number, but its class is the learner's."""

EXPECT = "raised:NotPlainData"


class Number(int):
    def __repr__(self) -> str:
        return "8"


def scenario() -> object:
    return Number(7)
