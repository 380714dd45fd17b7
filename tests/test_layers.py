"""Imports point one way; the table says which. The last tests feed the checks a bad tree."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"

# Lowest first. A part may import parts of a lower layer, and itself; parts of one layer do not know each other.
# A part is a folder, or the modules that together make one piece.
LAYERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"vocabulary": ("dojo.model", "dojo.errors")},
    {
        "scenario": ("dojo", "dojo.scenario"),
        "stage": ("dojo.stage",),
        "wire": ("dojo.wire",),
        "loading": ("dojo.loading",),
    },
    {
        "catalog": ("dojo.catalog",),
        "explore": ("dojo.explore",),
        "processes": ("dojo.processes",),
        "trace": ("dojo.trace",),
        "diagnosis": ("dojo.diagnosis", "dojo.patterns", "dojo.races", "dojo.wakeups"),
        "report": ("dojo.report",),
    },
    {"sandbox": ("dojo.sandbox",)},
    {
        "plugin": ("dojo.plugin", "dojo.bench", "dojo.conduct", "dojo.exploration", "dojo.grading", "dojo.supervision"),
        "learn": ("dojo.learn",),
    },
    {"cli": ("dojo.cli", "dojo.__main__")},
)

# What runs beside the learner's code, in children that start often: no third-party package, nothing of the engine.
LIGHT = ("dojo", "dojo.scenario", "dojo.stage")

# (module, imported module) -> why this import has to stand inside a function.
NESTED_IMPORTS: dict[tuple[str, str], str] = {}


def modules_in(source: Path) -> dict[str, Path]:
    return {
        ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(source.rglob("*.py"))
    }


def imports_of(path: Path, known: dict[str, Path]) -> Iterator[tuple[str, bool]]:
    """Yield each imported module in full, and whether the import stands inside a function."""
    tree = ast.parse(path.read_bytes())
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    inside = {child for function in functions for child in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node in inside
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}:{node.lineno}: a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if full in known else node.module), node in inside


def place_of(module: str) -> tuple[int, str] | None:
    """Return the layer and the part of a module; the longest name in the table that fits wins."""
    fits = [
        (len(name), layer, part)
        for layer, parts in enumerate(LAYERS)
        for part, names in parts.items()
        for name in names
        if module == name or (module.startswith(name + ".") and name != "dojo")
    ]
    return max(fits)[1:] if fits else None


def problems_in(source: Path) -> list[str]:
    known = modules_in(source)
    return [problem for module, path in known.items() for problem in problems_of(module, path, known)]


def problems_of(module: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    own = place_of(module)
    if own is None:
        yield f"{module} stands in no layer: add it to the table"
        return
    for imported, nested in imports_of(path, known):
        if nested and (module, imported) not in NESTED_IMPORTS:
            yield f"{module} imports {imported} inside a function"
        if imported.partition(".")[0] != "dojo":
            continue
        other = place_of(imported)
        if other is None:
            yield f"{module} imports {imported}, which stands in no layer"
        elif other[1] != own[1] and other[0] >= own[0]:
            yield f"{module} ({own[1]}) imports {imported} ({other[1]})"


def test_imports_point_one_way():
    problems = problems_in(SOURCE)
    assert not problems, "\n".join(problems)


def test_every_excuse_for_a_nested_import_is_still_needed():
    known = modules_in(SOURCE)
    nested = {(module, name) for module, path in known.items() for name, inside in imports_of(path, known) if inside}
    assert set(NESTED_IMPORTS) <= nested


@pytest.mark.parametrize("module", LIGHT)
def test_what_a_scenario_imports_is_light(module):
    # -S: without site-packages, so that a third-party import fails by itself, and no .pth file imports anything first.
    program = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); import {module}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.partition(".")[0] == "dojo"} <= set(LIGHT)
    # Each of them costs a fresh process more than all of these modules.
    assert not loaded & {"dataclasses", "inspect", "typing"}


BAD_TREES = {
    "upwards": ({"model": "import dojo.cli", "cli": ""}, "dojo.model (vocabulary) imports dojo.cli (cli)"),
    "sideways": (
        {"trace": "from dojo import catalog", "catalog": ""},
        "dojo.trace (trace) imports dojo.catalog (catalog)",
    ),
    "from a package": (
        {"processes/tree": "from dojo.explore import hooks", "explore/hooks": ""},
        "dojo.processes.tree (processes) imports dojo.explore.hooks (explore)",
    ),
    "nested": ({"cli": "def main():\n    import json"}, "dojo.cli imports json inside a function"),
    "nested in a method": (
        {"cli": "class A:\n    def f(self):\n        if self:\n            from dojo import model", "model": ""},
        "dojo.cli imports dojo.model inside a function",
    ),
    "a new module": ({"spare": ""}, "dojo.spare stands in no layer: add it to the table"),
}


@pytest.mark.parametrize("files, problem", BAD_TREES.values(), ids=BAD_TREES)
def test_a_bad_tree_is_reported(tmp_path, files, problem):
    for name, text in {"__init__": "", **files}.items():
        path = tmp_path / "dojo" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert problems_in(tmp_path) == [problem]


def test_a_good_tree_is_not_reported(tmp_path):
    (tmp_path / "dojo").mkdir()
    (tmp_path / "dojo" / "cli.py").write_text("import json\nfrom dojo.model import Place\n")
    (tmp_path / "dojo" / "model.py").write_text("Place = 1\n")
    assert problems_in(tmp_path) == []
