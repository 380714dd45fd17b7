"""Modules of the standard library, instrumented, pass the interpreter's own tests of them as they did before.

A few in every run; all of them with DOJO_PROOFS=all in the environment, or as a table:
`python -m tests.proofs.meaning.results`.
"""

from __future__ import annotations

import os

import pytest

from tests.proofs.meaning.compare import Unavailable, compare
from tests.proofs.meaning.table import PROOFS, Proof

EVERYTHING = os.environ.get("DOJO_PROOFS") == "all"
CHOSEN = [proof for proof in PROOFS.values() if proof.fast or EVERYTHING]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("proof", CHOSEN, ids=lambda proof: proof.modules[0])
def test_the_interpreters_own_tests_end_as_without_hooks(proof: Proof) -> None:
    try:
        found = compare(proof)
    except Unavailable as reason:
        pytest.skip(str(reason))
    assert found.passed > 0
    assert found.differences == {}


def test_the_list_is_long_enough() -> None:
    assert len({name for proof in PROOFS.values() for name in proof.modules}) >= 40
