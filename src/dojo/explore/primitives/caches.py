"""`functools.lru_cache` and `cached_property`, whose look-ups and stores are steps.

Between them the function runs as it does everywhere: nothing keeps another thread from computing the same at once.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.operations import EVERYTHING, READ, WRITE
from dojo.explore.primitives.marks import INSIDE_LIBRARY

KEPT = ("__module__", "__name__", "__qualname__", "__doc__", "__wrapped__", "cache_parameters", "cache_info")


class CachedFunction:
    """What `lru_cache` returns: a call looks the cache up, and stores in it what it had to compute."""

    def __init__(self, function: Callable[..., Any], maxsize: int | None, typed: bool) -> None:
        @functools.wraps(function)
        def compute(*args: Any, **kwargs: Any) -> Any:
            value = function(*args, **kwargs)
            EXECUTION.point(WRITE, self, EVERYTHING, INSIDE_LIBRARY)
            return value

        self._cached = functools.lru_cache(maxsize, typed)(compute)
        self.__dict__.update({name: getattr(self._cached, name) for name in KEPT if hasattr(self._cached, name)})
        self.__dict__.update(vars(function), __wrapped__=function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        EXECUTION.point(READ, self, EVERYTHING, INSIDE_LIBRARY)
        return self._cached(*args, **kwargs)

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        return self if instance is None else functools.partial(self, instance)

    def cache_clear(self) -> None:
        EXECUTION.point(WRITE, self, EVERYTHING, INSIDE_LIBRARY)
        self._cached.cache_clear()

    def __copy__(self) -> CachedFunction:
        return self

    def __deepcopy__(self, memo: object) -> CachedFunction:
        return self


def lru_cache(maxsize: Any = 128, typed: bool = False) -> Any:
    if callable(maxsize):
        return CachedFunction(maxsize, 128, typed)
    functools.lru_cache(maxsize, typed)
    return lambda function: CachedFunction(function, maxsize, typed)


def cache(function: Callable[..., Any], /) -> CachedFunction:
    return CachedFunction(function, None, False)


def with_visible_store(kind: type) -> type:
    """Return `cached_property`, from `kind`, whose store is a step that conflicts with the look at the attribute."""

    class cached_property(kind):  # type: ignore[misc]  # noqa: N801  (the name that functools gives it)
        def __init__(self, func: Callable[[Any], Any]) -> None:
            super().__init__(func)
            self.func = self._computing(func)

        def _computing(self, func: Callable[[Any], Any]) -> Callable[[Any], Any]:
            @functools.wraps(func)
            def compute(instance: Any) -> Any:
                value = func(instance)
                EXECUTION.point(WRITE, instance, self.attrname, INSIDE_LIBRARY)
                return value

            return compute

    cached_property.__module__, cached_property.__qualname__ = "functools", "cached_property"
    return cached_property
