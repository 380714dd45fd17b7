"""What every test starts from."""

import signal

# Whoever starts us in the background of a shell hands down that Ctrl-C is ignored, and so would all that tests start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
