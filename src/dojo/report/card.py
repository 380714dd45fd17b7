"""What every report format renders: the checks of one kata with their verdicts and their stories."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import Literal

from dojo.errors import DojoError
from dojo.model import (
    VERDICT_NAMES,
    Check,
    Diagnosis,
    Fault,
    NotAttempted,
    NotPassed,
    Passed,
    Rejected,
    VerdictName,
)

Format = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class CheckCard:
    """One check, with what only a person reads of it."""

    check: Check
    story: tuple[str, ...] = ()
    """The lines of the table of steps, or of who waits for whom."""
    replay: str = ""
    """What `dojo replay KATA` takes to show this again; empty where there is nothing to replay."""
    origin: str = ""
    """The options of `dojo replay` that name the same submission."""
    error: str = ""
    """The slug of the KataError or InternalError behind a fault."""

    @property
    def name(self) -> str:
        return self.check.name

    @property
    def failure(self) -> NotPassed | None:
        """The verdict, where it is not "passed"."""
        return None if isinstance(self.check.verdict, Passed) else self.check.verdict

    @property
    def is_fault(self) -> bool:
        return isinstance(self.check.verdict, Fault)


@dataclass(frozen=True, slots=True)
class ReportCard:
    """All checks of one kata against one submission."""

    kata: str
    python: str
    submission: str
    checks: tuple[CheckCard, ...]
    title: str = ""
    accepted: str = ""
    what_if: str = ""

    @property
    def decisive(self) -> CheckCard | None:
        """The check that the verdict on the kata comes from; None where all passed."""
        # A fault says nothing of the submission, but until it is gone nothing is known for sure: it comes first.
        for kind in (Fault, Rejected, NotAttempted, NotPassed):
            found = next((card for card in self.checks if isinstance(card.check.verdict, kind)), None)
            if found is not None and (kind is not NotAttempted or self._is_first_failure(found)):
                return found
        return None

    def _is_first_failure(self, card: CheckCard) -> bool:
        return card is next(card for card in self.checks if card.failure)

    @property
    def verdict(self) -> VerdictName:
        if self.decisive is not None:
            return VERDICT_NAMES[type(self.decisive.check.verdict)]
        return "passed" if self.checks else "fault"

    @property
    def diagnosis(self) -> Diagnosis:
        """Code and sentence of the verdict on the kata; both empty where it passed."""
        if self.decisive is not None and self.decisive.failure is not None:
            return self.decisive.failure.diagnosis
        return Diagnosis("", "") if self.checks else Diagnosis("FAULT", "no check ran")


def fault(check: str, error: BaseException) -> CheckCard:
    """Return the card of a check about which nothing can be said, and why."""
    if isinstance(error, DojoError):
        family = type(error).__name__
        return CheckCard(Check(check, Fault(Diagnosis("FAULT", str(error)))), error=f"{family} ({error.slug})")
    said = "".join(traceback.format_exception_only(error)).strip()
    return CheckCard(Check(check, Fault(Diagnosis("FAULT", said))), error=type(error).__name__)
