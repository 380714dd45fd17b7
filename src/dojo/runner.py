"""The one sandbox of a pytest process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from dojo.bench import Director
from dojo.model import Json
from dojo.sandbox.jobs import Ended, Job, Limits


class SandboxRunner:
    """Opens the sandbox when the first check needs it, and passes on how far its jobs have come."""

    def __init__(self, tell: Callable[..., object]) -> None:
        self.tell = tell
        self.check = ""
        self._sandbox: Any = None

    def run(self, job: Job, *, director: Director | None, limits: Limits) -> Ended:
        """Run one job and return how it ended."""
        from dojo.sandbox.sandbox import Sandbox  # noqa: PLC0415

        if self._sandbox is None:
            self._sandbox = Sandbox()
            self._sandbox.__enter__()
        return cast("Ended", self._sandbox.run(job, limits=limits, director=director, progress=self._tell))

    def direct(self, plan: str) -> Director:
        """Return what opens the gates of one supervised run."""
        from dojo.processes.director import Director as RealDirector  # noqa: PLC0415

        return RealDirector(plan=plan)

    def close(self) -> None:
        """End everything that still runs."""
        if self._sandbox is not None:
            sandbox, self._sandbox = self._sandbox, None
            sandbox.__exit__(None, None, None)

    def _tell(self, progress: Json) -> None:
        self.tell(check=self.check, progress=progress)
