"""`functools.cache`, `lru_cache` and `cached_property` keep their interface, and their stores are steps."""

from __future__ import annotations

import pytest

from tests.engine.explore.exploring import ending, outcomes


@pytest.mark.parametrize("decorated", ["functools.cache", "functools.lru_cache", "functools.lru_cache(maxsize=2)"])
def test_a_cached_function_computes_once_and_tells_how_often_it_was_asked(decorated):
    assert (
        ending(f"""
        import functools
        @{decorated}
        def double(number): return 2 * number
        return [double(3), double(3), double.cache_info().hits, double.cache_info().misses, double.__name__]
    """)
        == 'returned [6, 6, 1, 1, "double"]'
    )


def test_a_cached_method_knows_its_object():
    assert (
        ending("""
        import functools
        class Shop:
            @functools.cache
            def price(self, number): return [type(self).__name__, number]
        return [Shop().price(3), Shop.price.__name__]
    """)
        == 'returned [["Shop", 3], "price"]'
    )


def test_a_cached_function_is_its_own_copy():
    assert (
        ending("""
        import copy, functools
        double = functools.cache(lambda number: 2 * number)
        return [copy.copy(double) is double, copy.deepcopy([double])[0] is double]
    """)
        == "returned [true, true]"
    )


def test_a_wrong_size_of_a_cache_is_refused_as_by_the_real_module():
    assert (
        ending("import functools; functools.lru_cache('large')")
        == "raised:TypeError Expected first argument to be an integer, a callable, or None"
    )


def test_a_cache_can_be_cleared_between_two_calls_of_another_thread():
    assert outcomes("""
        import functools
        calls = []
        @functools.lru_cache
        def compute(): calls.append(1); return 7
        def twice(): compute(); compute()
        together(twice, compute.cache_clear)
        return len(calls)
    """) == {"returned 1", "returned 2"}
