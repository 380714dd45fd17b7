"""Run the same tests twice, in processes of their own: with the module as it is, and with it instrumented."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.proofs.meaning.differences import reason_for
from tests.proofs.meaning.driver import source_of
from tests.proofs.meaning.table import Proof

ROOT = Path(__file__).parents[3]
SECONDS = 600


@dataclass(frozen=True)
class Compared:
    """What came out of both runs."""

    tests: int
    passed: int
    accounted: dict[str, str]
    """Tests that end differently, for a reason that the table names."""
    differences: dict[str, str]
    """Tests that end differently, and nobody said why."""


class Unavailable(Exception):
    """The tests of this module cannot be run with this interpreter; the text says why."""


def why_unavailable(proof: Proof) -> str | None:
    for name in proof.modules:
        if source_of(name) is None:
            return f"this version of Python has no module {name} in Python"
    for name in proof.tests:
        try:
            missing = importlib.util.find_spec(name) is None
        except ModuleNotFoundError:
            missing = True
        if missing:
            return f"this interpreter was installed without {name} (Debian: libpython3-testsuite; pyenv has it)"
    return None


def compare(proof: Proof) -> Compared:
    """Run the tests of `proof` both ways; raise `Unavailable` where there are none."""
    reason = why_unavailable(proof)
    if reason is not None:
        raise Unavailable(reason)
    try:
        plain = endings(proof, "plain")
    except AssertionError as error:
        raise Unavailable("it cannot be loaded a second time in one process, even without hooks") from error
    instrumented = endings(proof, "instrumented")
    accounted, differences = {}, {}
    for test in sorted(plain.keys() | instrumented.keys()):
        before, after = plain.get(test, "not run"), instrumented.get(test, "not run")
        if before != after:
            known = reason_for(test)
            (differences if known is None else accounted)[test] = known or f"{before} -> {after}"
    return Compared(len(plain), sum(ending == "passed" for ending in plain.values()), accounted, differences)


def endings(proof: Proof, how: str) -> dict[str, str]:
    """Return test id -> ending, from a run in a new process and a new folder."""
    job = {"modules": proof.modules, "tests": proof.tests, "skip": proof.skip}
    path = os.pathsep.join([str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": path.rstrip(os.pathsep), "PYTHONHASHSEED": "0", "HOME": folder}
        command = [sys.executable, "-m", "tests.proofs.meaning.driver", how, json.dumps(job)]
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    if done.returncode != 0 or not done.stdout:
        raise AssertionError(f"{how} run ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    found: dict[str, str] = json.loads(done.stdout)
    return found
