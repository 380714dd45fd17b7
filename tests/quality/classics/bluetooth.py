"""bluetooth driver (SCTBench, CS suite; Qadeer and Wu, KISS, 2004).

A request looks at the stopping flag and then registers itself; the driver may stop between the two steps, and the
request then works on a stopped driver.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def build_driver() -> SimpleNamespace:
    """Return a driver that runs; `pending` counts the requests, and one for the driver itself."""
    return SimpleNamespace(
        pending=1, stopping=False, idle=False, stopped=False, used_after_stop=False, atomic=threading.Lock()
    )


def enter(driver: SimpleNamespace) -> None:
    """Count one more request in one indivisible step."""
    with driver.atomic:
        driver.pending += 1


def leave(driver: SimpleNamespace) -> None:
    """Count one request less; the last one to leave says that the driver is idle."""
    with driver.atomic:
        driver.pending -= 1
        pending = driver.pending
    if pending == 0:
        driver.idle = True


def stop(driver: SimpleNamespace) -> None:
    """Stop the driver if no request is under way."""
    driver.stopping = True
    leave(driver)
    if driver.idle:
        driver.stopped = True


def buggy() -> object:
    """The flag is read before the request is counted."""
    driver = build_driver()

    def request() -> None:
        if driver.stopping:
            return
        enter(driver)
        driver.used_after_stop = driver.stopped
        leave(driver)

    run_threads([lambda: stop(driver), request])
    return driver.used_after_stop


def fixed() -> object:
    """The request is counted first, and withdrawn where the flag is up."""
    driver = build_driver()

    def request() -> None:
        enter(driver)
        if not driver.stopping:
            driver.used_after_stop = driver.stopped
        leave(driver)

    run_threads([lambda: stop(driver), request])
    return driver.used_after_stop


def fails(observation: object) -> bool:
    """A request worked on a stopped driver."""
    return observation is True
