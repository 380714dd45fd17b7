from pathlib import Path

import pytest

from dojo.catalog import check_parity, find_root, load_katas
from dojo.errors import KataError, UsageError

ENTRY = """
[[kata]]
slug = "{slug}"
group = "threads"
title = "A bank account that loses money"
topic = "Lock"
stub = "RACE-LOST-UPDATE"
requires = ["Account", "Account.deposit"]
hints = ["Who else?", "Exclusion.", "with ...:"]
accepted = "An owner thread."
what_if = "What if there were two?"
"""


def write_index(root: Path, text: str) -> None:
    (root / "exercises").mkdir(exist_ok=True)
    (root / "exercises" / "katas.toml").write_text(text)


def write_mirror(root: Path, slug: str) -> None:
    for name in (f"exercises/threads/{slug}.py", f"exercises/threads/{slug}.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    for name in (f"solutions/threads/{slug}.py", f"graders/threads/test_{slug}.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_the_order_of_the_index_is_the_order_of_the_course(tmp_path: Path) -> None:
    write_index(tmp_path, ENTRY.format(slug="second") + ENTRY.format(slug="first"))
    assert [kata.slug for kata in load_katas(tmp_path)] == ["second", "first"]


def test_an_entry_knows_its_mirrored_paths(tmp_path: Path) -> None:
    write_index(tmp_path, ENTRY.format(slug="account"))
    (kata,) = load_katas(tmp_path)
    assert kata.submission(tmp_path / "solutions") == tmp_path / "solutions/threads/account.py"
    assert kata.grader(tmp_path) == tmp_path / "graders/threads/test_account.py"


def test_limits_are_optional_numbers(tmp_path: Path) -> None:
    write_index(tmp_path, ENTRY.format(slug="account") + "[kata.limits]\nwall_clock = 5\n")
    assert load_katas(tmp_path)[0].limits == {"wall_clock": 5}


@pytest.mark.parametrize("limits", ["limits = 3", 'limits = { wall_clock = "long" }'])
def test_limits_that_are_no_numbers_are_refused(tmp_path: Path, limits: str) -> None:
    write_index(tmp_path, ENTRY.format(slug="account") + limits)
    with pytest.raises(KataError) as caught:
        load_katas(tmp_path)
    assert str(caught.value) == "exercises/katas.toml has mistakes:\n  - kata 'account': limits is a table of numbers"


def test_all_mistakes_of_the_index_come_at_once(tmp_path: Path) -> None:
    broken = ENTRY.format(slug="account").replace('topic = "Lock"', "").replace('"with ...:"', "")
    write_index(tmp_path, broken + ENTRY.format(slug="account") + 'colour = "red"\n')
    with pytest.raises(KataError) as caught:
        load_katas(tmp_path)
    assert str(caught.value) == (
        "exercises/katas.toml has mistakes:"
        "\n  - kata 'account' needs a text 'topic'"
        "\n  - kata 'account' needs at least 3 hints: a question, the concept, the shape of the code"
        "\n  - kata 'account' has an unknown key 'colour'"
        "\n  - kata 'account' stands more than once in the index"
    )


@pytest.mark.parametrize("slug", ["Account", "two words", "class", "../up", "1st"])
def test_a_slug_is_an_identifier(tmp_path: Path, slug: str) -> None:
    write_index(tmp_path, ENTRY.format(slug=slug))
    with pytest.raises(KataError, match="is no Python identifier in lower case"):
        load_katas(tmp_path)


@pytest.mark.parametrize("text", ["", "kata = 3\n", "[kata]\nslug='a'\n", "[[kata]\n", "kata = [1]\n"])
def test_an_index_that_is_no_list_of_katas_is_refused(tmp_path: Path, text: str) -> None:
    write_index(tmp_path, text)
    with pytest.raises(KataError) as caught:
        load_katas(tmp_path)
    assert caught.value.slug == "bad-index"


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(KataError) as caught:
        load_katas(tmp_path)
    assert caught.value.slug == "no-index"


def test_folders_that_mirror_the_index_are_in_order(tmp_path: Path) -> None:
    write_index(tmp_path, ENTRY.format(slug="account"))
    write_mirror(tmp_path, "account")
    check_parity(tmp_path, load_katas(tmp_path))


def test_all_parity_errors_come_at_once(tmp_path: Path) -> None:
    write_index(tmp_path, ENTRY.format(slug="account"))
    write_mirror(tmp_path, "account")
    (tmp_path / "exercises/threads/account.md").unlink()
    (tmp_path / "solutions/threads/account.py").unlink()
    (tmp_path / "graders/threads/test_stray.py").touch()
    with pytest.raises(KataError) as caught:
        check_parity(tmp_path, load_katas(tmp_path))
    assert str(caught.value) == (
        "index and folders differ:"
        "\n  - kata 'account' has no lesson: write exercises/threads/account.md,"
        " or remove it from exercises/katas.toml"
        "\n  - kata 'account' has no solution: write solutions/threads/account.py,"
        " or remove it from exercises/katas.toml"
        "\n  - graders/threads/test_stray.py belongs to no kata: add it to exercises/katas.toml, or remove it"
    )


def test_the_root_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    write_index(tmp_path, ENTRY.format(slug="account"))
    below = tmp_path / "exercises" / "threads"
    below.mkdir()
    assert find_root(below) == tmp_path


def test_outside_of_any_dojo_the_checkout_is_used_or_named_as_missing(tmp_path: Path) -> None:
    try:
        root = find_root(tmp_path)
    except UsageError as error:
        assert error.slug == "no-dojo"
    else:
        assert (root / "src" / "dojo" / "catalog.py").is_file()
