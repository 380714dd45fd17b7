"""Every reference solution passes, and the verdict says how far that was proven."""

from __future__ import annotations

import json

import pytest

from dojo.catalog import load_katas
from tests.katas.bank import ROOT, dojo

KATAS = load_katas(ROOT)


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)
def test_the_reference_passes(kata):
    done = dojo("run", kata.slug, "--target", "solutions", "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(done.stdout)
    assert (document["version"], document["kata"], document["verdict"]) == (1, kata.slug, "passed")
    assert document["checks"]
    assert all(check["explored"] or check["plans"] for check in document["checks"])
