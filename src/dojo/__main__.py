"""Where the command begins, as `dojo` and as `python -m dojo`: Ctrl-C is quiet before anything else is imported."""

import importlib
import signal
import sys


def main() -> int:
    """Run the command and return its exit code; while it is being imported Ctrl-C ends the process without a word."""
    # Whoever starts us in the background of a shell may have switched Ctrl-C off.
    heeds = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeds:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = importlib.import_module("dojo.cli")
    if heeds:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    code: int = command.main()
    return code


if __name__ == "__main__":
    sys.exit(main())
