"""The exception's `__str__` raises, and so does its `__repr__`."""

EXPECT = "raised:NastyError"


class NastyError(Exception):
    def __str__(self) -> str:
        raise ZeroDivisionError("from __str__")

    __repr__ = __str__


def scenario() -> object:
    raise NastyError
