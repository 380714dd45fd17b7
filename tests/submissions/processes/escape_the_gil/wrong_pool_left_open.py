# wrong: asks the pool to shut down and does not wait until the workers have ended -> leaked CHILD-LEAK
from concurrent.futures import ProcessPoolExecutor

pools = []


def parallel_map(function, items, *, workers):
    pools.append(ProcessPoolExecutor(workers))
    results = pools[-1].map(function, items)
    pools[-1].shutdown(wait=False)
    return list(results)
