"""What a check's process does: one job, one answer, and an orderly end once the trusted side has looked around."""

from __future__ import annotations

import faulthandler
import io
import multiprocessing.forkserver
import multiprocessing.resource_tracker
import os
import socket
import sys
import tempfile
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, cast

from dojo import loading
from dojo.errors import KataError
from dojo.explore.service import explore_job, trace_job
from dojo.model import Json
from dojo.processes.scenario_runner import GraderError, flush_streams, names_job, supervise_job
from dojo.sandbox.framing import CHANNEL_LOST, LARGEST_ANSWER, MalformedError, pack, receive, send

Work = Callable[[dict[str, Any], loading.Source, Callable[[Json], None]], Json]


def answering(work: Work) -> Work:
    """Return `work` with what it returns put into an answer."""
    return lambda job, source, progress: {"ok": work(job, source, progress)}


WORK: dict[str, Work] = {
    "explore": answering(explore_job),
    "trace": answering(trace_job),
    "supervise": supervise_job,
    "names": names_job,
}


def serve(channel: socket.socket) -> NoReturn:
    """Do the job that comes over `channel`, answer, wait until told to leave, and end this process."""
    origin = os.getpid()
    prepare_interpreter()
    job = cast(dict[str, Any], receive(channel))
    prepare_for(job)
    answer = perform(job, lambda news: send(channel, {"progress": news}))
    # A fork that the submission let fall through an import, or through the explorer, has no say.
    code = 0 if os.getpid() != origin or deliver(channel, answer) else CHANNEL_LOST
    flush_streams()
    os._exit(code)


def perform(job: dict[str, Any], progress: Callable[[Json], None]) -> Json:
    """Do one job; whatever happens becomes an answer."""
    try:
        return WORK[job["kind"]](job, loading.load_source(Path(job["submission"])), progress)
    except loading.Rejection as rejection:
        return {"rejected": rejection.to_json()}
    except (GraderError, KataError) as error:
        return {"kata_error": str(error)}
    # The border: nothing may end this process without an answer.
    except BaseException as error:  # noqa: BLE001
        return {"internal_error": f"{error}\n\n{traceback.format_exc()[-20_000:]}"}


def deliver(channel: socket.socket, answer: Json) -> bool:
    """Send the answer and wait until what this process leaves behind has been counted; False if there is no way."""
    try:
        channel.sendall(pack_answer(answer))
        receive(channel)
    # The submission has closed the channel, or the trusted side is gone.
    except (OSError, EOFError, MalformedError):
        return False
    return True


def pack_answer(answer: Json) -> bytes:
    """Return the answer as it is sent, or in its place the reason why it cannot be."""
    try:
        packed = pack({"answer": answer, "servants": servants()})
        why = "is larger than 64 MiB" if len(packed) > LARGEST_ANSWER else ""
    # An integer with more than 4300 digits: the interpreter refuses to write it in decimal.
    except ValueError as error:
        packed, why = b"", f"cannot be sent: {error}"
    if not why:
        return packed
    raised: Json = {"type": "ValueError", "message": f"the observation {why}", "frames": [], "traceback": ""}
    return pack({"answer": {"raised": raised}, "servants": servants()})


def servants() -> list[Json]:
    """Return the processes that multiprocessing keeps for itself: they are not the submission's."""
    tracker = getattr(multiprocessing.resource_tracker._resource_tracker, "_pid", None)
    server = getattr(multiprocessing.forkserver._forkserver, "_forkserver_pid", None)
    return [process for process in (tracker, server) if isinstance(process, int)]


def prepare_interpreter() -> None:
    """Make this process look like a Python program that was just started with its output in a pipe."""
    streams = {
        "stdin": _text_stream(0, "r", "strict"),
        "stdout": _text_stream(1, "w", "strict"),
        "stderr": _text_stream(2, "w", "backslashreplace"),
    }
    for name, stream in streams.items():
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    # How the trusted side gets the stacks of a process that is stuck: see dojo.processes.stacks.
    faulthandler.enable(file=2, all_threads=True)
    # A spawned process would import the zygote again as its main module if this said where it came from.
    sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv = [""]


def _text_stream(descriptor: int, mode: str, errors: str) -> io.TextIOWrapper:
    raw = io.FileIO(descriptor, mode, closefd=False)
    buffered = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
    lines = descriptor == 2
    stream = io.TextIOWrapper(buffered, encoding="utf-8", errors=errors, line_buffering=lines)
    stream.mode = mode  # type: ignore[misc]
    return stream


def prepare_for(job: dict[str, Any]) -> None:
    """Put everything that the job may leave lying about into its own folder."""
    os.environ["TMPDIR"] = job["folder"]
    tempfile.tempdir = None
    os.chdir(job["folder"])
    # As `importlib.invalidate_caches`, but for its import of `importlib.metadata`: that costs as much as a check.
    for finder in sys.path_importer_cache.values():
        if finder is not None:
            finder.invalidate_caches()  # type: ignore[attr-defined]
