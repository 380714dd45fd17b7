# wrong: an Outcome that is no frozen dataclass -> failed CONTRACT
import multiprocessing


class Outcome:
    def __init__(self, value=None, error=None):
        self.value, self.error = value, error

    def __eq__(self, other):
        return (self.value, self.error) == (other.value, other.error)


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = [pool.apply_async(task, (argument,)) for argument in arguments]
    finally:
        pool.close()
        pool.join()
    outcomes = []
    for result in results:
        try:
            outcomes.append(Outcome(result.get()))
        except Exception as error:
            outcomes.append(Outcome(error=error))
    return outcomes
