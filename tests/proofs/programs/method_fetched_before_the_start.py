# A container's method is fetched while there is one task and called by others: the calls were no steps.
from dojo import together


def scenario():
    seen = []
    together((seen.append, 1), (seen.append, 2))
    return seen
