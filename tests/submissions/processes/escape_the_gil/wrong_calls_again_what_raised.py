# wrong: calls the function again for an item that raised -> failed EXCEPTION-LOST
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    items, results = list(items), []
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
        for item, future in zip(items, futures, strict=True):
            try:
                results.append(future.result())
            except Exception:
                results.append(function(item))
    return results
