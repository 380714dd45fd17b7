"""Run the interpreter's own tests of one module in this process, with that module instrumented or as it is.

    python -m tests.proofs.meaning.driver plain|instrumented JOB

JOB is JSON: {"modules": [...], "tests": [...], "skip": [...]}. Prints one JSON object: test id -> how it ended.
"""

from __future__ import annotations

import builtins
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import sys
import unittest
import warnings
from types import CodeType, ModuleType

from dojo.explore.hooks import SITES, hook_table
from dojo.explore.instrument import instrument


class InstrumentingLoader(importlib.machinery.SourceFileLoader):
    """Loads a module from its source, with hooks, and never from or into a cache."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def source_to_code(self, data: bytes, path: str, *, _optimize: int = -1) -> CodeType:
        source = importlib.util.decode_source(data)
        tree = instrument(source, path, SITES)
        return compile(tree, path, "exec", dont_inherit=True)


class InstrumentingFinder(importlib.abc.MetaPathFinder):
    """Finds the chosen modules as always, but gives them the other loader."""

    def __init__(self, modules: set[str]) -> None:
        self.modules = modules

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name not in self.modules:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is None or not isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            raise ImportError(f"{name} has no Python source here")
        spec.loader = InstrumentingLoader(name, spec.loader.path)
        return spec


def install(modules: list[str]) -> None:
    """Make the chosen modules instrumented from now on, also those that are imported already."""
    vars(builtins).update(hook_table())
    sys.meta_path.insert(0, InstrumentingFinder(set(modules)))
    for name in modules:
        old = sys.modules.pop(name, None)
        if old is not None and "." in name:
            parent, _, child = name.rpartition(".")
            vars(sys.modules.get(parent, ModuleType("none"))).pop(child, None)


class Result(unittest.TestResult):
    """Keeps how every test ended, subtests included."""

    def __init__(self) -> None:
        super().__init__()
        self.endings: dict[str, str] = {}

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self.endings.setdefault(test.id(), "passed")

    def _note(self, test: unittest.TestCase, ending: str) -> None:
        self.endings[test.id()] = ending

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


def run(modules: list[str], names: list[str], skip: list[str], instrumented: bool) -> dict[str, str]:
    if instrumented:
        install(modules)
        for name in modules:
            importlib.import_module(name)
    result = Result()
    loader = unittest.TestLoader()
    for name in names:
        tests = flattened(loader.loadTestsFromName(name))
        chosen = [test for test in tests if not any(part in test.id() for part in skip)]
        unittest.TestSuite(chosen).run(result)
    if instrumented:
        used = [name for name in modules if not isinstance(sys.modules[name].__spec__.loader, InstrumentingLoader)]
        assert not used, f"not instrumented: {used}"
    return result.endings


def main() -> None:
    job = json.loads(sys.argv[2])
    warnings.simplefilter("ignore")
    # Tests look into directories and print: keep our own output apart from theirs.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    endings = run(job["modules"], job["tests"], job["skip"], sys.argv[1] == "instrumented")
    json.dump(endings, answer)
    answer.close()
    os._exit(0)


if __name__ == "__main__":
    main()
