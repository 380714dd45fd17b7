"""What code that is not instrumented does with the containers that it is handed: a table by name."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


READS = 0
CHANGES_FIRST = 1
LOOKS_INTO = 2
"""Reads objects of any kind, not only containers."""
WALKS = 3
"""Returns an iterator that reads while it is used."""
CONSUMES = 4
"""Goes through all items of what it is handed, an iterator perhaps, and looks into each."""
KEEPS = 5
"""Goes through what it is handed, and leaves alone what is in it."""
RANDOM = 10
"""Added to one of these: draws from the generator that all share."""

BUILTIN_READERS = _names(
    """len sorted list tuple set frozenset dict sum min max any all str repr bool next print bytes bytearray
    format ascii"""
)
CONSUMERS = frozenset({"sorted", "sum", "min", "max", "any", "all", "bytes", "bytearray"})
BETWEEN_ARGUMENTS = frozenset({"min", "max"})
"""Of the consumers those that compare their arguments where there are several."""
BUILTIN_WALKERS = frozenset({"enumerate", "zip", "map", "filter", "iter"})
INTO_OBJECTS = frozenset({"str", "repr", "format", "print", "ascii"})
NOT_INTO_ITEMS = frozenset({"len", "list", "tuple", "set", "frozenset", "bool", "next"})
"""Of the readers those that do not look into what is in a container: items of sets never change."""
MAPPERS = _names("map filter itertools.filterfalse itertools.takewhile itertools.dropwhile functools.reduce")
"""Of the walkers those that call a function, their first argument, with each item."""
INTO_ITEMS = _names(
    "itertools.starmap itertools.chain.from_iterable itertools.accumulate itertools.groupby heapq.merge"
)
"""Of the walkers those that look into each item themselves."""
FORMATTERS = frozenset({"format", "format_map", "substitute", "safe_substitute"})
ARGUMENT_READERS = (
    _names(
        """extend extendleft update join writelines fromkeys union intersection difference symmetric_difference
    issubset issuperset isdisjoint difference_update intersection_update symmetric_difference_update subtract
    from_bytes"""
    )
    | FORMATTERS
)
"""Methods that look into what they are handed."""

_CHANGING = {
    "heapq": """heappush heappop heapify heapreplace heappushpop heappush_max heappop_max heapify_max heapreplace_max
        heappushpop_max""",
    "bisect": "insort insort_left insort_right",
    "random": "shuffle",
    "operator": """setitem delitem iadd iconcat iand ior ixor isub imul""",
}
_KEEPING = {
    "collections": "deque OrderedDict defaultdict ChainMap UserDict UserList",
    "copy": "copy",
    "itertools": "product permutations combinations combinations_with_replacement",
}
_LOOKING = {
    "copy": "deepcopy replace",
    "dataclasses": "asdict astuple replace",
    "json": "dumps dump",
    "pickle": "dumps dump",
    "pprint": "pprint pformat pp",
    "reprlib": "repr",
}
_WALKING = {
    "itertools": """chain islice accumulate starmap takewhile dropwhile filterfalse compress groupby pairwise
        zip_longest batched tee cycle chain.from_iterable""",
    "heapq": "merge",
    "functools": "reduce",
}
# Their functions keep what they are handed, or take no container: an announcement would only be one more step.
_SILENT_MODULES = _names(
    """threading queue sched _thread concurrent multiprocessing logging time dojo contextvars contextlib typing
    enum abc types weakref asyncio unittest"""
)
_SILENT = _names(
    """functools.partial functools.wraps functools.lru_cache functools.cache functools.cached_property
    functools.total_ordering functools.singledispatch dataclasses.dataclass dataclasses.field
    itertools.repeat itertools.count operator.attrgetter operator.itemgetter operator.methodcaller"""
)

MODES: dict[str, int] = {
    f"{module}.{name}": mode
    for mode, table in ((CHANGES_FIRST, _CHANGING), (LOOKS_INTO, _LOOKING), (WALKS, _WALKING), (KEEPS, _KEEPING))
    for module, names in table.items()
    for name in names.split()
}


def mode_of_builtin(name: str) -> int | None:
    """Return what a call of a builtin function, with several arguments perhaps, does with them; None: nothing."""
    if name in BUILTIN_WALKERS:
        return WALKS
    if name in INTO_OBJECTS:
        return LOOKS_INTO
    if name in CONSUMERS and name not in BETWEEN_ARGUMENTS:
        return CONSUMES
    return READS if name in BUILTIN_READERS else None


def mode_of(function: str) -> int | None:
    """Return what a call of the imported `function` does with its arguments; None: nothing worth a step."""
    if function.partition(".")[0] in _SILENT_MODULES or function in _SILENT or function.startswith("collections.abc."):
        return None
    return MODES.get(function, READS)
