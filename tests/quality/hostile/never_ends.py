"""The scenario goes round an empty loop."""

EXPECT = "spinning"


def scenario() -> object:
    while True:
        pass
