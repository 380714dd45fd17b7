"""Run the interpreter's own tests of one module in this process, with that module instrumented or as it is.

Both ways load the module afresh, for some tests notice even that.

    python -m tests.proofs.meaning.driver plain|instrumented JOB

JOB is JSON: {"modules": [...], "tests": [...], "skip": [...]}. Prints one JSON object: test id -> how it ended.
"""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import re
import sys
import unittest
import warnings
from types import CodeType, ModuleType

from dojo.explore.hooks import hook_table
from dojo.explore.instrument import instrument
from dojo.explore.sites import SITES


def source_of(name: str) -> str | None:
    """Return where the source of a module stands, also of one that is frozen into the interpreter."""
    parent = name.rpartition(".")[0]
    try:
        folders = list(importlib.import_module(parent).__path__) if parent else None
    except (ModuleNotFoundError, AttributeError):
        return None
    spec = importlib.machinery.PathFinder.find_spec(name, folders)
    origin = spec.origin if spec is not None else None
    return origin if origin is not None and origin.endswith(".py") else None


class ReadyLoader(importlib.machinery.SourceFileLoader):
    """Loads a module from code that was made beforehand: while it is loaded, what makes code may be half there."""

    def __init__(self, name: str, path: str, *, instrumented: bool) -> None:
        super().__init__(name, path)
        source = importlib.util.decode_source(self.get_data(path))
        tree = instrument(source, path, SITES) if instrumented else ast.parse(source, path)
        self.code = compile(tree, path, "exec", dont_inherit=True)

    def get_code(self, fullname: str) -> CodeType:
        return self.code


class ReadyFinder(importlib.abc.MetaPathFinder):
    """Finds the chosen modules as always, but gives them the other loader."""

    def __init__(self, modules: list[str], *, instrumented: bool) -> None:
        self.loaders: dict[str, ReadyLoader] = {}
        for name in modules:
            path = source_of(name)
            assert path is not None, name
            self.loaders[name] = ReadyLoader(name, path, instrumented=instrumented)

    def find_spec(self, name: str, path: object = None, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name not in self.loaders:
            return None
        loader = self.loaders[name]
        folders = [loader.path.rpartition("/")[0]] if loader.path.endswith("__init__.py") else None
        return importlib.util.spec_from_file_location(
            name, loader.path, loader=loader, submodule_search_locations=folders
        )


def install(modules: list[str], *, instrumented: bool) -> None:
    """Load the chosen modules afresh, also those that are imported already."""
    if instrumented:
        vars(builtins).update(hook_table())
    sys.meta_path.insert(0, ReadyFinder(modules, instrumented=instrumented))
    for known in list(sys.modules):
        if known in modules or any(known.startswith(name + ".") for name in modules):
            del sys.modules[known]
            parent, _, child = known.rpartition(".")
            vars(sys.modules.get(parent, ModuleType("none"))).pop(child, None)
    for name in modules:
        importlib.import_module(name)


ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def name_of(test: unittest.TestCase) -> str:
    """Return the id of a test, or of a part of one, as every process would have it."""
    return ADDRESS.sub("", test.id())


class Result(unittest.TestResult):
    """Keeps how every test ended, subtests included."""

    def __init__(self) -> None:
        super().__init__()
        self.endings: dict[str, str] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.endings.setdefault(name_of(test), "passed")

    def _note(self, test: unittest.TestCase, ending: str) -> None:
        self.endings[name_of(test)] = ending

    def addError(self, test, err):
        super().addError(test, err)
        self._note(test, "error")
        self._show(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._note(test, "failed")
        self._show(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._note(test, "failed")
            self._show(test, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._note(test, "skipped")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._note(test, "expected failure")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._note(test, "unexpected success")

    def _show(self, test, err):
        if os.environ.get("SHOW_FAILURES"):
            print(test.id(), self._exc_info_to_string(err, test)[-3000:], file=sys.stderr)


def flattened(suite: unittest.TestSuite) -> list[unittest.TestCase]:
    out: list[unittest.TestCase] = []
    for test in suite:
        out += flattened(test) if isinstance(test, unittest.TestSuite) else [test]
    return out


def run(modules: list[str], names: list[str], skip: list[str], *, instrumented: bool) -> dict[str, str]:
    install(modules, instrumented=instrumented)
    result = Result()
    loader = unittest.TestLoader()
    for name in names:
        tests = flattened(loader.loadTestsFromName(name))
        chosen = [test for test in tests if not any(part in test.id() for part in skip)]
        unittest.TestSuite(chosen).run(result)
    replaced = [name for name in modules if not isinstance(sys.modules[name].__spec__.loader, ReadyLoader)]
    assert not replaced, f"loaded in another way: {replaced}"
    return result.endings


def main() -> None:
    job = json.loads(sys.argv[2])
    warnings.simplefilter("ignore")
    # Tests look into directories and print: keep our own output apart from theirs.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    endings = run(job["modules"], job["tests"], job["skip"], instrumented=sys.argv[1] == "instrumented")
    json.dump(endings, answer)
    answer.close()
    os._exit(0)


if __name__ == "__main__":
    main()
