# wrong: makes the exception anew from its type and text: of two arguments it keeps one -> failed EXCEPTION-LOST
import functools
from concurrent.futures import ProcessPoolExecutor


def guarded(function, item):
    try:
        return function(item), None
    except Exception as error:
        return str(error), type(error)


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        answers = list(pool.map(functools.partial(guarded, function), items))
    for text, error_type in answers:
        if error_type is not None:
            raise error_type(text)
    return [result for result, _ in answers]
