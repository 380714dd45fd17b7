# wrong: a process for every item, all at once -> failed CONTRACT
import multiprocessing


def _call(function, item, sender):
    try:
        sender.send((True, function(item)))
    except Exception as error:
        sender.send((False, error))


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError("at least one worker")
    running = []
    for item in items:
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=_call, args=(function, item, sender))
        process.start()
        running.append((process, receiver))
    answers = [receiver.recv() for _, receiver in running]
    for process, _ in running:
        process.join()
    for is_fine, value in answers:
        if not is_fine:
            raise value
    return [value for _, value in answers]
