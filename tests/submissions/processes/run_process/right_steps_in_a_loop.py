# right: one escalation after the other, in a loop
import multiprocessing


def run_process(target, args=(), *, name, timeout=None):
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    limits = [(timeout, process.terminate), (0.8, process.kill)]
    is_late = False
    for limit, escalate in limits:
        process.join(limit)
        if not process.is_alive():
            break
        is_late = True
        escalate()
    process.join()
    code = process.exitcode
    process.close()
    if is_late:
        raise TimeoutError(name)
    return code
