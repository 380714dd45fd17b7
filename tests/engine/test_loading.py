"""Every bad file is refused with one sentence; a case is two files in `loading_corpus`, the input and what is said."""

import fnmatch
import os
import types
from pathlib import Path

import pytest

from dojo import loading
from dojo.loading import LARGEST, Rejection, check_names, compile_source, execute, load_source
from dojo.model import Place

CORPUS = Path(__file__).with_name("loading_corpus")
REQUIRES = ("Account", "Account.deposit")


def loaded(path):
    """Say in one line how loading ends: "accepted", or "LINE: SENTENCE"."""
    try:
        source = load_source(path)
        module = types.ModuleType("mine")
        execute(source, module)
        check_names(vars(module), REQUIRES, source)
    except Rejection as rejection:
        return f"{rejection.place.line if rejection.place else '-'}: {rejection.sentence}"
    return "accepted"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.submission")), ids=lambda path: path.stem)
def test_corpus(path, monkeypatch):
    with open(os.devnull) as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        said = loaded(path)
    expected = path.with_suffix(".expected").read_text().rstrip("\n")
    assert said == expected or ("*" in expected and fnmatch.fnmatchcase(said, expected)), said


def test_every_input_of_the_corpus_has_its_sentence():
    inputs = {path.stem for path in CORPUS.glob("*.submission")}
    assert inputs == {path.stem for path in CORPUS.glob("*.expected")} and len(inputs) > 30


def test_five_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "large.py"
    path.write_bytes(b"x = 1\n" * 1_000_000)
    assert loaded(path) == "-: the file is larger than 1 MiB: a solution to this kata fits on a page"
    path.write_bytes(b"#" * (LARGEST - 1) + b"\n")
    assert loaded(path) == "-: the submission has no 'Account'"


def test_what_is_no_file_is_refused(tmp_path):
    assert loaded(tmp_path) == f"-: {tmp_path.name!r} is a folder, not a file"
    assert loaded(tmp_path / "gone.py") == "-: there is no file 'gone.py'"
    (tmp_path / "loop.py").symlink_to(tmp_path / "loop.py")
    assert loaded(tmp_path / "loop.py").startswith("-: 'loop.py' cannot be read: ")


def test_a_rejection_shows_the_line_as_the_learner_wrote_it(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("import sys\nif True:\n    sys.exit(3)\n")
    with pytest.raises(Rejection) as caught:
        execute(load_source(path), types.ModuleType("mine"))
    assert caught.value.place == Place("mine.py", 3, "sys.exit(3)")
    assert caught.value.to_json()["place"] == {"path": "mine.py", "line": 3, "text": "sys.exit(3)"}


def test_the_code_may_be_known_under_another_path_than_the_file(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("def act():\n    return 1\n")
    module = types.ModuleType("mine")
    execute(load_source(path), module, "/elsewhere/kata.py")
    assert module.act.__code__.co_filename == "/elsewhere/kata.py"
    assert compile_source(load_source(path)).co_filename == str(path)


def test_the_annotations_of_the_loader_do_not_leak_into_the_submission(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("def act(x: 1 + 1): pass\n")
    module = types.ModuleType("mine")
    execute(load_source(path), module)
    assert module.act.__annotations__ == {"x": 2}


def test_a_place_outside_the_file_has_no_text(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text("x = 1\n")
    assert loading.load_source(path).place(99) == Place("mine.py", 99, "")
