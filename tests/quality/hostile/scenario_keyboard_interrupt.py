"""The scenario raises KeyboardInterrupt; that must not stop the tester."""

EXPECT = "raised:KeyboardInterrupt"


def scenario() -> object:
    raise KeyboardInterrupt
