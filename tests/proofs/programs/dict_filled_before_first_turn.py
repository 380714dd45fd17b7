# A loop over an empty dict that is filled before the first turn: the iterator had noted the size in no step.
from dojo import together


def scenario():
    d = {}

    def fill():
        d[1] = 0

    def walk():
        saw = ()
        for key in d:
            saw += (key,)
        return list(saw)

    return together(fill, walk)
