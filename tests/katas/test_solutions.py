"""Every reference solution passes, and the verdict says how far that was proven."""

from __future__ import annotations

import pytest

from dojo.catalog import load_katas
from tests.katas.bank import ROOT, grade, told

KATAS = load_katas(ROOT)


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)
def test_the_reference_passes(kata):
    document = grade(kata.slug, "--target", "solutions")
    assert document["verdict"] == "passed", told(document)
    assert document["checks"]
    assert all(check["explored"] for check in document["checks"])
