"""Every submission of the bank gets the verdict and the code that its first line announces."""

from __future__ import annotations

from collections import Counter

import pytest

from dojo.catalog import load_katas
from dojo.learn.author import LEAST_RIGHT, LEAST_WRONG
from tests.katas.bank import BANK, ROOT, Submission, grade, load_bank, share_of, told

KATAS = load_katas(ROOT)
BY_SLUG = {kata.slug: kata for kata in KATAS}
SUBMISSIONS = load_bank()


@pytest.mark.parametrize("submission", share_of(SUBMISSIONS), ids=lambda submission: submission.name)
def test_the_verdict_is_the_announced_one(submission: Submission):
    card = grade(BY_SLUG[submission.kata], submission.path, "-x")
    assert (card.verdict, card.diagnosis.code) == (submission.verdict, submission.code), told(card)


@pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.slug)
def test_every_kata_has_enough_wrong_and_right_ones(kata):
    kinds = Counter(
        submission.is_right for submission in SUBMISSIONS if submission.path.parent == BANK / kata.group / kata.slug
    )
    assert kinds[False] >= LEAST_WRONG
    assert kinds[True] >= LEAST_RIGHT


def test_no_folder_of_the_bank_is_forgotten():
    folders = {submission.path.parent for submission in SUBMISSIONS}
    assert folders == {BANK / kata.group / kata.slug for kata in KATAS}


def test_no_mistake_is_there_twice():
    twice = [
        text for text, count in Counter((each.kata, each.path.read_text()) for each in SUBMISSIONS).items() if count > 1
    ]
    assert twice == []
