"""Run one job at a time in a process of its own, whatever the submission does in there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dojo.model import Json
from dojo.processes import stacks
from dojo.processes.director import Director
from dojo.sandbox.framing import TO_EXPLORE, TO_RUN, pack, pack_request
from dojo.sandbox.jobs import Answered, Disrupted, Ended, Job, Limits
from dojo.sandbox.launcher import Launcher, ZygoteGoneError
from dojo.sandbox.plumbing import Plumbing
from dojo.sandbox.watch import Surroundings, Watch, with_printed

SECONDS_TO_TAKE_A_JOB = 60.0
DEFAULT_LIMITS = Limits()


def ignore(news: Json) -> None:
    """Take no notice of progress."""


class Sandbox:
    """A context manager; its processes start with the first job and are gone when it ends, however it ends."""

    def __init__(self) -> None:
        self._launcher: Launcher | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the zygote ahead of the first job: it imports what it needs while the caller does something else."""
        self._launcher = self._launcher or Launcher()

    def close(self) -> None:
        """End the zygote and all that is below it."""
        launcher, self._launcher = self._launcher, None
        if launcher is not None:
            launcher.close()

    def run(
        self,
        job: Job,
        *,
        limits: Limits = DEFAULT_LIMITS,
        director: Director | None = None,
        progress: Callable[[Json], None] = ignore,
    ) -> Ended:
        """Run one job and return how it ended; nothing of it is alive afterwards.

        `director` (one for each job, needed for its records and quiet points) opens the gates of a supervised scenario;
        `progress` is called with each piece of news that the child sends.
        """
        try:
            self.start()
            assert self._launcher is not None
            with folder_for(job, self._launcher.home) as folder, Plumbing() as plumbing:
                names = _names(job, folder)
                around = Surroundings(self._launcher, plumbing, director or Director(), limits, progress, names)
                return self._run(job, folder, around)
        # A KeyboardInterrupt, or a fault of ours: nobody may be left behind in any case.
        except BaseException:
            self.close()
            raise

    def _run(self, job: Job, folder: Path, around: Surroundings) -> Ended:
        address = str(folder / "gates")
        around.director.listen(address, around.plumbing.selector)
        try:
            ended = self._watch(around, _message(job, folder, address))
        except ZygoteGoneError:
            self.close()
            around.launcher.explain()
            ended = Disrupted("", "")
        else:
            if not around.launcher.clear():
                self.close()
        finally:
            around.director.close()
        link, submission = around.names.links[0], around.names.submission
        return with_printed(ended, around.plumbing, lambda text: text.replace(link, submission))

    def _watch(self, around: Surroundings, message: dict[str, Any]) -> Ended:
        try:
            kind = TO_EXPLORE if message["kind"] in ("explore", "trace") else TO_RUN
            child = around.launcher.start(around.plumbing.handed, pack_request(kind, message["grader"]))
        finally:
            around.plumbing.close_theirs()
        _hand_over(message, around.plumbing)
        watch = Watch(around, child)
        ended = watch.until_ended()
        if isinstance(ended, Answered):
            watch.see_off()
        return ended


def _hand_over(message: dict[str, Any], plumbing: Plumbing) -> None:
    """Send the job; a child that dies before it has taken it is noticed by the watch."""
    plumbing.channel.settimeout(SECONDS_TO_TAKE_A_JOB)
    with contextlib.suppress(OSError):
        plumbing.channel.sendall(pack(message))


def _message(job: Job, folder: Path, address: str) -> dict[str, Any]:
    message = asdict(job)
    message["options"] = job.options or {}
    message["folder"] = str(folder)
    message["address"] = address
    return message


def _names(job: Job, folder: Path) -> stacks.Names:
    link, submission = folder / f"{job.kata}.py", Path(job.submission)
    try:
        lines = tuple(submission.read_text("utf-8", "replace").splitlines()) if link.exists() else ()
    except OSError:
        lines = ()
    return stacks.Names((str(link), str(submission)), submission.name, lines)


@contextmanager
def folder_for(job: Job, home: Path) -> Iterator[Path]:
    """Make a short-named folder in which the submission stands under its kata's name, and remove it."""
    folder = Path(tempfile.mkdtemp(prefix="", dir=home))
    try:
        if Path(job.submission).is_file():
            # A link, not a copy: coverage and debuggers find the learner's own file behind it.
            os.symlink(Path(job.submission).resolve(), folder / f"{job.kata}.py")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
