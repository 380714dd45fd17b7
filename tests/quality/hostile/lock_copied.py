"""A lock cannot be copied, as the real one cannot."""

import copy
import threading

EXPECT = "raised:TypeError"


def scenario() -> object:
    return repr(copy.deepcopy({"lock": threading.Lock()}))
