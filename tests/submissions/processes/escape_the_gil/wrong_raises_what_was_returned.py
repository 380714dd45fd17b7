# wrong: an exception that was returned is raised -> failed CONTRACT
import functools
import multiprocessing


def _guarded(function, item):
    try:
        return function(item)
    except Exception as error:
        return error


def parallel_map(function, items, *, workers):
    with multiprocessing.Pool(workers) as pool:
        results = pool.map(functools.partial(_guarded, function), items, 1)
        pool.close()
        pool.join()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results
