"""The learner's side of a supervised run: import the submission for real, run the scenario, say how it ended.

A child that the submission forked may come out of the scenario too, when it should have ended before. It must not
answer in place of the scenario: it tells the supervisor, and then ends like a Python program that has reached its end.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, NoReturn, cast

from dojo import loading
from dojo.model import Json, StartMethod
from dojo.processes.library_waits import ended_by_events
from dojo.stage import Stage
from dojo.wire import WireError, check_plain

Job = dict[str, Any]
Progress = Callable[[Json], None]


class GraderError(Exception):
    """The grader's module cannot be used: the author's mistake, never the learner's."""


def names_job(job: Job, kata_source: loading.Source, progress: Progress) -> Json:
    """Import the submission and check its names."""
    import_submission(job, kata_source)
    return {"ok": None}


def supervise_job(job: Job, kata_source: loading.Source, progress: Progress) -> Json:
    """Run one scenario with real processes and return the answer for it; only in the process that was called."""
    origin = os.getpid()
    stage = Stage(job["address"], cast(StartMethod, job["options"].get("start_method", "fork")))
    multiprocessing.set_start_method(stage.start_method, force=True)
    sys.path.insert(1, str(Path(job["grader"]).parent))
    kata = import_submission(job, kata_source)
    scenario = import_scenario(job)
    try:
        with ended_by_events():
            observation = scenario(kata, stage, *job["arguments"])
        error = None
    # A scenario may end in anything, SystemExit included; here is where it ends.
    except BaseException as caught:  # noqa: BLE001
        observation, error = None, caught
    if os.getpid() != origin:
        leave_like_python(stage, error)
    if error is not None:
        return {"raised": describe_error(error, kata_source, link_of(job))}
    return _answer(observation)


def _answer(observation: Json) -> Json:
    try:
        check_plain(observation)
    # Graders are tested with right submissions, so that it is the learner's value that does not fit.
    except WireError as error:
        message = f"the observation holds something else than plain data: {error}"
        return {"raised": {"type": "TypeError", "message": message, "frames": [], "traceback": ""}}
    return {"ok": observation}


def link_of(job: Job) -> str:
    """Return the path under which the submission is imported, by spawned children too."""
    return str(Path(job["folder"]) / f"{job['kata']}.py")


def import_submission(job: Job, source: loading.Source) -> ModuleType:
    """Import the submission under its real name, as any process that is started later will."""
    sys.path.insert(0, job["folder"])
    link = link_of(job)
    spec = importlib.util.spec_from_file_location(job["kata"], link)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[job["kata"]] = module
    loading.execute(source, module, link)
    loading.check_names(vars(module), job["options"].get("requires", ()), source)
    return module


def import_scenario(job: Job) -> Callable[..., Json]:
    """Import the grader's module and return its function, or raise GraderError."""
    stem = Path(job["grader"]).stem
    try:
        module = importlib.import_module(stem)
    # Whatever a grader raises, the author has to see it.
    except BaseException as error:
        raise GraderError(f"the grader {stem!r} cannot be imported: {type(error).__name__}: {error}") from error
    scenario = getattr(module, job["scenario"], None)
    if not callable(scenario):
        raise GraderError(f"the grader {stem!r} has no function {job['scenario']!r} at the level of its module")
    return cast(Callable[..., Json], scenario)


def describe_error(error: BaseException, source: loading.Source, link: str) -> Json:
    """Return what is known of an exception that nobody caught: its frames in the submission, outermost first."""
    frames: list[Json] = []
    for function, line in _frames_in(error.__traceback__, link):
        place = source.place(line)
        frames.append({"path": place.path, "line": place.line, "text": place.text, "function": function})
    return {
        "type": type(error).__name__,
        "message": _text_of(error),
        "frames": frames,
        "traceback": _traceback_of(error).replace(link, source.path.name),
    }


def _frames_in(trace: TracebackType | None, filename: str) -> list[tuple[str, int]]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == filename:
            found.append((code.co_qualname, trace.tb_lineno))
        trace = trace.tb_next
    return found


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    # The learner's own __str__ runs here.
    except Exception as second:  # noqa: BLE001
        return f"(its text cannot be shown: __str__ raises {type(second).__name__})"


def _traceback_of(error: BaseException) -> str:
    try:
        return "".join(traceback.format_exception(error, limit=-20))[-20_000:]
    except Exception:  # noqa: BLE001
        return ""


def leave_like_python(stage: Stage, error: BaseException | None) -> NoReturn:
    """End a process that came out of the scenario and is not the scenario's: tell the supervisor, flush, exit."""
    code = _exit_code(error)
    how = "exited-through-caller" if isinstance(error, SystemExit) else "fell-through"
    with contextlib.suppress(OSError):
        stage.recorder(how)(os.getpid())
    if error is not None and not isinstance(error, SystemExit):
        traceback.print_exception(error)
    flush_streams()
    os._exit(code)


def _exit_code(error: BaseException | None) -> int:
    if error is None:
        return 0
    if not isinstance(error, SystemExit):
        return 1
    if error.code is None or isinstance(error.code, int):
        return (error.code or 0) & 0xFF
    print(error.code, file=sys.stderr)
    return 1


def flush_streams() -> None:
    """Write what the standard streams still hold, as the end of the interpreter would."""
    for stream in (sys.stdout, sys.__stdout__, sys.stderr, sys.__stderr__):
        # The learner may have closed or replaced any of them, and closed the descriptor below.
        with contextlib.suppress(Exception):
            stream.flush()  # type: ignore[union-attr]
