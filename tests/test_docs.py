"""What the documentation shows is what the dojo does."""

from __future__ import annotations

import re
import shlex
import tomllib

import pytest

from dojo.catalog import load_katas
from tests.katas.bank import ROOT, dojo
from tests.test_sizes import VIOLATIONS

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SHOWN = re.compile(r"<!-- output of: dojo (?P<command>.*) -->\n```text\n(?P<text>.*?)```\n", re.DOTALL)
LINK = re.compile(r"\[[^]]*\]\((?P<target>[^)#:]+)(?:#[^)]*)?\)")


def shown_in(text: str) -> list[tuple[str, str]]:
    return [(match["command"], match["text"]) for match in SHOWN.finditer(text)]


def without_version(text: str) -> str:
    return re.sub(r"Python 3\.\d+\.\d+\S*", "Python 3", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert missing == []


def test_the_readme_shows_what_the_command_prints():
    blocks = shown_in((ROOT / "README.md").read_text())
    assert blocks
    for command, text in blocks:
        done = dojo(*shlex.split(command))
        assert without_version(text) == without_version(done.stdout)


def test_the_readme_has_the_two_commands():
    readme = (ROOT / "README.md").read_text()
    assert "\n    python3 -m pip install -e . && dojo\n" in readme
    assert "\n    python3 -m pip install tox && tox\n" in readme


def test_the_course_page_names_every_kata_in_order():
    page = (ROOT / "docs" / "course.md").read_text()
    named = re.findall(r"^\| \[(\w+)\]", page, re.MULTILINE)
    assert named == [kata.slug for kata in load_katas(ROOT)]


def test_the_design_gives_a_reason_for_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (ROOT / "docs" / "design.md").read_text()
    for requirement in project["dependencies"]:
        assert f"| {re.split('[<>=]', requirement)[0]} |" in page


def test_the_design_names_every_violation_of_the_sizes():
    page = (ROOT / "docs" / "design.md").read_text()
    assert [where for where in VIOLATIONS if f"`{where}`" not in page] == []


BUILDS_ON = re.compile(r"^\| \[(?P<slug>\w+)\]\(.*\) \|.*\|(?P<bases>[\w, ]*)\|$", re.MULTILINE)


def test_the_course_has_a_row_for_every_kata_in_the_order_of_the_index():
    rows = BUILDS_ON.findall((ROOT / "docs" / "course.md").read_text())
    assert [slug for slug, _ in rows] == [kata.slug for kata in load_katas(ROOT)]


def test_every_lesson_ends_with_what_it_builds_on_and_what_comes_next():
    rows = dict(BUILDS_ON.findall((ROOT / "docs" / "course.md").read_text()))
    katas = load_katas(ROOT)
    for kata, following in zip(katas, [*katas[1:], None], strict=True):
        last = kata.submission(ROOT / "exercises").with_suffix(".md").read_text().rstrip().rpartition("\n\n")[2]
        before, _, after = last.partition("Next: ")
        bases = [base.strip() for base in rows[kata.slug].split(",") if base.strip()]
        assert re.findall(r"`(\w+)`", before) == bases, f"{kata.slug} builds on {bases}: {last!r}"
        assert re.findall(r"`(\w+)`", after) == ([following.slug] if following else []), f"{kata.slug}: {last!r}"
