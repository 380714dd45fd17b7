# wrong: one call after the other, in the caller's own interpreter -> failed NOT-CONCURRENT
def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError("workers")
    return [function(item) for item in items]
