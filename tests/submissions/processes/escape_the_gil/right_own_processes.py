# right: worker processes on two queues, the results sorted by their number
import multiprocessing


def _work(function, tasks, results):
    for number, item in iter(tasks.get, None):
        try:
            results.put((number, True, function(item)))
        except Exception as error:
            results.put((number, False, error))


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError("workers < 1")
    tasks, results = multiprocessing.SimpleQueue(), multiprocessing.SimpleQueue()
    crew = [multiprocessing.Process(target=_work, args=(function, tasks, results)) for _ in range(workers)]
    for process in crew:
        process.start()
    count = 0
    for item in items:
        tasks.put((count, item))
        count += 1
    for _ in crew:
        tasks.put(None)
    answers = sorted((results.get() for _ in range(count)), key=lambda answer: answer[0])
    for process in crew:
        process.join()
    for _, is_fine, value in answers:
        if not is_fine:
            raise value
    return [value for _, _, value in answers]
