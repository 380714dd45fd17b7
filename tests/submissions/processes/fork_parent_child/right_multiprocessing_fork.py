# right: a Process of the fork context does the forking, a Pipe carries the result
import multiprocessing


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def _child(job, sender):
    sender.send_bytes(job())


def run_in_child(job):
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(job, sender))
    process.start()
    sender.close()
    try:
        result = receiver.recv_bytes()
    except EOFError:
        result = None
    finally:
        receiver.close()
        process.join()
    code = process.exitcode
    process.close()
    if result is None or code != 0:
        raise ChildFailed(code)
    return result
