# A sleep that begins after another one has ended ends later: that it looks at the clock when it begins was no step.
import time

from dojo import together


def scenario():
    def first():
        time.sleep(1)

    def second():
        time.sleep(1)
        return time.monotonic() - 1000

    return together(first, second)
