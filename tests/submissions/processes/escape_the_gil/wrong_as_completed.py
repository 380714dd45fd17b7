# wrong: results in the order in which they come in -> failed RESULT-ORDER
from concurrent.futures import ProcessPoolExecutor, as_completed


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
        return [future.result() for future in as_completed(futures)]
