# wrong: the processes are joined before their results are read -> hung PIPE-FULL
"""Own processes and a queue of results; joins them before it reads: large results fill the pipe, nobody reads."""
import multiprocessing


def _work(function, items, counter, results):
    while True:
        with counter.get_lock():
            number = counter.value
            counter.value += 1
        if number >= len(items):
            return
        try:
            results.put((number, function(items[number]), None))
        except Exception as error:
            results.put((number, None, error))


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError(workers)
    items = list(items)
    counter, results = multiprocessing.Value("i", 0), multiprocessing.Queue()
    crew = [multiprocessing.Process(target=_work, args=(function, items, counter, results)) for _ in range(workers)]
    for process in crew:
        process.start()
    for process in crew:
        process.join()
    found = {}
    for _ in items:
        number, result, error = results.get()
        if error is not None:
            raise error
        found[number] = result
    return [found[number] for number in range(len(items))]
