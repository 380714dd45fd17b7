"""What a grader may ask of every execution, and what a submission makes necessary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in every execution of a scenario beyond what CPython does."""

    any_wakeup: bool = False
    """`notify` may wake any waiter, and a wait may end without one: both are picks of the strategy."""
    no_spinning: bool = False
    """A loop that gets nowhere ends the execution, in place of waiting until something changes."""
    no_waiting: bool = False
    """Whoever has to wait for a lock ends the execution."""
    starts: bool = False
    """To start a thread is a step of its own: somebody else looks whether it has begun."""
    reuses_idents: bool = False
    """A new thread gets the ident of one that has ended, as it often does; who starts it looks who has ended."""

    def ended(self, over: str | None) -> bool:
        """Tell whether a rule ended an execution that is `over` for this reason: it hides what would have followed."""
        return (over == "spinning" and self.no_spinning) or (over == "stuck" and self.no_waiting)
