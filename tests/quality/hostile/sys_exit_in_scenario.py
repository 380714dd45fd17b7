"""`sys.exit` in the scenario."""

import sys

EXPECT = "raised:SystemExit"


def scenario() -> object:
    sys.exit(3)
