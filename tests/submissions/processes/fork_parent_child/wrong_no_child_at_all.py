# wrong: runs the job in the parent and only pretends -> failed CONTRACT
import sys
import traceback


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def run_in_child(job):
    try:
        return job()
    except SystemExit as e:
        raise ChildFailed(e.code if isinstance(e.code, int) else 0 if e.code is None else 1) from None
    except BaseException:
        traceback.print_exc(file=sys.stderr)
        raise ChildFailed(1) from None
