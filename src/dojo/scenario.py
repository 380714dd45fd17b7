"""What a scenario is written with: run calls together, note how a call ended, hold a call in the middle.

Every process that a scenario starts afresh imports this package, so it imports little.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

# Not that of `typing`, whose import costs more than this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Call = Callable[[], object] | tuple[Any, ...]


def together(*calls: Call) -> list[Any]:
    """Run every call in a thread of its own, all at the same time, and return their results in order.

    A call is a callable, or a tuple (callable, *arguments). All threads are joined; then the exception of the first
    call in order that raised, if any, is raised.
    """
    endings: list[tuple[bool, Any]] = [(False, None)] * len(calls)
    threads = []
    for number, call in enumerate(calls):
        function, *arguments = call if isinstance(call, tuple) else (call,)
        threads.append(threading.Thread(target=_keep_ending, args=(endings, number, function, arguments)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for raised, value in endings:
        if raised:
            raise value
    return [value for _, value in endings]


def _keep_ending(
    endings: list[tuple[bool, Any]], number: int, function: Callable[..., object], arguments: Sequence[Any]
) -> None:
    # Whatever ends the call must reach the scenario's own thread, SystemExit included.
    try:
        endings[number] = (False, function(*arguments))
    except BaseException as error:  # noqa: BLE001
        endings[number] = (True, error)


def attempt(call: Callable[..., object], *arguments: object) -> dict[str, Any]:
    """Call it and return {"returned": value}, or {"raised": name of the exception, "message": its text}."""
    try:
        return {"returned": call(*arguments)}
    except Exception as error:  # noqa: BLE001
        return {"raised": type(error).__name__, "message": str(error)}


class Slow(int):
    """A whole number that calls `on_use` when it is first computed or compared with: it holds a call in the middle."""

    on_use: Callable[[], object] | None

    def __new__(cls, value: int, on_use: Callable[[], object]) -> Slow:
        self = super().__new__(cls, value)
        self.on_use = on_use
        return self


def _using(name: str) -> Callable[..., Any]:
    plain = getattr(int, name)

    def used(self: Slow, *operands: Any) -> Any:
        on_use, self.on_use = self.on_use, None
        if on_use is not None:
            on_use()
        return plain(int(self), *(int(operand) if isinstance(operand, Slow) else operand for operand in operands))

    return used


for _name in (
    *("__add__", "__radd__", "__sub__", "__rsub__", "__neg__", "__mul__", "__rmul__"),
    *("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"),
):
    setattr(Slow, _name, _using(_name))
Slow.__hash__ = int.__hash__  # type: ignore[method-assign]
