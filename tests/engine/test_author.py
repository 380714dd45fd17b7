"""`dojo check`: what is missing in the content of a kata is named, each in one line."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.catalog import load_katas
from dojo.learn.author import find_parity_problems, find_problems
from dojo.learn.session import grade_kata
from tests.engine.small_dojo import GRADER, SOLUTION, STUB, write_dojo
from tests.katas.bank import SANDBOX

KATA = "account"
find_problems_here = functools.partial(find_problems, grade=functools.partial(grade_kata, sandbox=SANDBOX))


@pytest.fixture
def dojo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Write a dojo of one kata in which everything is there but the bank."""
    monkeypatch.setattr(sys, "path", sys.path[:])
    write_dojo(tmp_path)
    index = tmp_path / "exercises/katas.toml"
    index.write_text(index.read_text().partition('[[kata]]\nslug = "counter"')[0])
    for path in [*tmp_path.glob("*/threads/*counter.*")]:
        path.unlink()
    yield tmp_path
    # The next one has modules of the same names.
    for name in ("conftest", "test_account"):
        sys.modules.pop(name, None)


def all_problems(root: Path) -> list[str]:
    katas = load_katas(root)
    found = [problem for kata in katas for problem in find_problems_here(root, kata)]
    return [*find_parity_problems(root, katas), *found]


def problems(root: Path) -> list[str]:
    """Return what is wrong, apart from the size of the bank."""
    return [problem for problem in all_problems(root) if " submissions in " not in problem]


def bank(root: Path, **files: str) -> None:
    folder = root / "tests/submissions/threads" / KATA
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)


def without_grader(root: Path) -> None:
    (root / "graders/threads/test_account.py").unlink()


def test_a_complete_kata_has_no_problems(dojo: Path) -> None:
    announced = "# wrong: it has no lock -> failed RACE-LOST-UPDATE\n"
    wrong = {f"wrong_{number}": announced for number in range(10)}
    bank(dojo, **wrong, **{f"right_{number}": "# right: it has one\n" for number in range(5)})
    assert all_problems(dojo) == []


def test_the_bank_is_too_small(dojo: Path) -> None:
    bank(dojo, right_lock="# right: it has one\n")
    found = [problem for problem in all_problems(dojo) if problem.startswith(KATA)]
    assert found == [
        "account: 0 wrong submissions in tests/submissions/threads/account, at least 10 are needed",
        "account: 1 right submissions in tests/submissions/threads/account, at least 5 are needed",
    ]


@pytest.mark.parametrize(
    "name, first, problem",
    [
        ("right_lock", "import threading", "right_lock.py does not begin with '# right: ' and what it does"),
        ("wrong_lock", "# right: no lock", "wrong_lock.py does not begin with '# wrong: ' and what it does"),
        ("wrong_lock", "# wrong: no lock", "wrong_lock.py does not end its first line with ' -> <verdict> <CODE>'"),
        (
            "wrong_lock",
            "# wrong: no lock -> failed ZOMBY",
            "wrong_lock.py does not end its first line with ' -> <verdict> <CODE>'",
        ),
    ],
)
def test_a_submission_of_the_bank_announces_itself(dojo: Path, name: str, first: str, problem: str) -> None:
    bank(dojo, **{name: first})
    assert problems(dojo) == [f"account: {problem}"]


def test_the_index_announces_a_code_that_exists(dojo: Path) -> None:
    without_grader(dojo)
    index = dojo / "exercises/katas.toml"
    index.write_text(index.read_text().replace("RACE-LOST-UPDATE", "ZOMBY", 1))
    found = problems(dojo)
    assert "account: the index announces the code 'ZOMBY' for the stub, which does not exist" in found


def test_a_kata_without_a_grader_is_not_graded(dojo: Path) -> None:
    without_grader(dojo)
    assert problems(dojo) == [
        "kata 'account' has no grader: write graders/threads/test_account.py, or remove it from exercises/katas.toml"
    ]


def test_a_grader_without_a_check_is_a_problem_of_it_and_of_the_solution(dojo: Path) -> None:
    (dojo / "graders/threads/test_account.py").write_text("from dojo import together\n")
    assert problems(dojo) == [
        "account: test_account.py holds no check: write a function test_...",
        "account: grading the stub ends in a fault: no check ran",
        "account: no check ran on the solution",
    ]


def test_an_assertion_says_what_the_learner_will_see(dojo: Path) -> None:
    (dojo / "graders/threads/test_account.py").write_text(GRADER + "    assert True\n")
    assert problems(dojo) == [
        "account: test_account.py:13 asserts without a message: say what the learner will see",
    ]


def test_a_stub_that_passes_is_no_exercise(dojo: Path) -> None:
    (dojo / "exercises/threads/account.py").write_text(SOLUTION)
    assert problems(dojo) == ["account: the stub passes: it must be plausible and wrong"]


def test_a_stub_fails_with_the_code_that_is_announced(dojo: Path) -> None:
    index = dojo / "exercises/katas.toml"
    index.write_text(index.read_text().replace("RACE-LOST-UPDATE", "ZOMBIE", 1))
    assert problems(dojo) == ["account: the stub fails with RACE-LOST-UPDATE, the index announces ZOMBIE"]


def test_a_solution_that_fails_is_a_problem(dojo: Path) -> None:
    (dojo / "solutions/threads/account.py").write_text(STUB)
    assert problems(dojo) == [
        "account: the solution fails no_deposit_is_lost: RACE-LOST-UPDATE one vanished: 20, expected 70",
    ]


def test_of_one_kata_alone_the_missing_files_are_named_too(dojo: Path) -> None:
    without_grader(dojo)
    katas = load_katas(dojo)
    of_all = find_parity_problems(dojo, katas)
    assert len(of_all) == 1 and find_parity_problems(dojo, katas, whole_course=False) == of_all


@pytest.mark.parametrize("folder, what", [("exercises", "stub"), ("solutions", "solution")])
def test_what_is_not_there_is_not_graded(dojo: Path, folder: str, what: str) -> None:
    (dojo / folder / "threads/account.py").unlink()
    assert problems(dojo) == [
        f"kata 'account' has no {what}: write {folder}/threads/account.py, or remove it from exercises/katas.toml"
    ]


def test_the_verdicts_of_a_bank_are_compared_where_that_is_wanted(dojo: Path) -> None:
    bank(
        dojo,
        wrong_fails_so=f"# wrong: no lock -> failed RACE-LOST-UPDATE\n{STUB}",
        wrong_fails_otherwise=f"# wrong: no lock -> failed CONTRACT\n{STUB}",
        wrong_passes=f"# wrong: nothing -> failed CONTRACT\n{SOLUTION}",
        right_fails=f"# right: no lock\n{STUB}",
        right_passes=f"# right: a lock\n{SOLUTION}",
    )
    kata = load_katas(dojo)[0]
    every = find_problems_here(dojo, kata, grades_bank=True)
    found = [problem for problem in every if " submissions in " not in problem]
    assert found == [
        (
            "account: right_fails.py is announced as passed, and graded as failed RACE-LOST-UPDATE: one vanished: 20, "
            "expected 70"
        ),
        (
            "account: wrong_fails_otherwise.py is announced as failed CONTRACT, and graded as failed RACE-LOST-UPDATE: "
            "one vanished: 20, expected 70"
        ),
        "account: wrong_passes.py is announced as failed CONTRACT, and graded as passed",
    ]


def test_what_the_template_asks_for_is_to_be_written(dojo: Path) -> None:
    lesson = dojo / "exercises/threads/account.md"
    lesson.write_text("# Write a title of a few words\n\nWrite an exception class: that is no placeholder.\n")
    assert problems(dojo) == [
        "account: exercises/threads/account.md still says 'Write a title of a few words', as the template does"
    ]
