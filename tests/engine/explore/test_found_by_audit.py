"""Programs with which audits of the dojo found mistakes of its own."""

from __future__ import annotations

from dojo.explore.explorer import Budget
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.tally import Tally
from tests.engine.explore.exploring import explorer_of, notes


def test_an_executor_that_nobody_shuts_down_wakes_no_worker_of_a_later_execution() -> None:
    body = """
        pools = [concurrent.futures.ThreadPoolExecutor(1) for _ in range(2)]
        return together(*[(pool.submit, int, "7") for pool in pools])[0].result()
    """
    explorer = explorer_of(body, module="import concurrent.futures")
    # A decision that comes out differently the second time is a fault, and raises.
    explorer.search(Dpor(), 300, Tally())
    assert explorer.executions > 20


def test_a_module_that_is_imported_by_its_name_is_the_same_copy() -> None:
    body = """
        lock = importlib.import_module("threading").Lock()
        return [type(lock) is type(threading.Lock()), importlib.import_module("threading") is threading]
    """
    found, _ = explorer_of(body, module="import importlib").explore(Budget())
    assert [outcome.value for outcome in found] == [[True, True]]


def test_who_is_alive_while_others_may_start_threads_is_not_covered() -> None:
    told = notes("together(lambda: len(threading.enumerate()), lambda: None)")
    assert len(told) == 1 and "threading.enumerate" in next(iter(told))


def test_super_is_not_replaced_where_an_argument_takes_a_step() -> None:
    module = """
        class Account:
            balance = 5

        account = Account()

        class Refused(Exception):
            def __init__(self, amount):
                super().__init__(f"{amount} refused", account.balance)
    """
    found, _ = explorer_of("return together(lambda: list(Refused(7).args), lambda: 1)[0]", module=module).explore(
        Budget()
    )
    assert [outcome.value for outcome in found] == [["7 refused", 5]]
