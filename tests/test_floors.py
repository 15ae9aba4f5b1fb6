"""The shape of the code itself: small files, names that say something, light starts, stages that know their code.

Which floor may import which is told in ``pyproject.toml`` and checked by ``make check``; here only that no module
stands outside of it.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from curation.stages import clean, dedup, ingest, judge, learn, select

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "curation"
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {
    "dateparser",
    "datasketch",
    "duckdb",
    "great_expectations",
    "jinja2",
    "label_studio_sdk",
    "lxml",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "rich",
    "scipy",
    "trafilatura",
}


# -- files ------------------------------------------------------------------------------------------


def test_no_file_is_long():
    code = [*FILES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "data" / "sample").rglob("*.py"))]
    lines = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("\n") for path in code}
    assert {path: n for path, n in lines.items() if n > 400} == {}


def test_no_folder_is_full():
    folders: dict[str, int] = {}
    for path in FILES:
        if path.name != "__init__.py":
            folder = path.parent.relative_to(ROOT).as_posix()
            folders[folder] = folders.get(folder, 0) + 1
    assert {folder: n for folder, n in folders.items() if n > 15} == {}


def test_names_say_something():
    empty = {"utils", "util", "helpers", "helper", "misc", "common", "base", "core", "manager", "factory"}
    named = {part.lower() for path in FILES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert named & empty == set()
    classes = [
        node.name
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert [name for name in classes if name.endswith(("Manager", "Factory", "Helper", "Base"))] == []


def test_every_module_says_what_it_is():
    silent = [path for path in FILES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert [path.relative_to(ROOT).as_posix() for path in silent] == []


def test_every_module_stands_on_a_floor():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = [contract["layers"] for contract in settings["contracts"] if contract["type"] == "layers"]
    placed = {name for layer in layers for name in layer.replace("|", " ").replace(":", " ").split()}
    known = {
        f"curation.{path.stem if path.is_file() else path.name}"
        for path in PACKAGE.iterdir()
        if (path.suffix == ".py" and not path.stem.startswith("__")) or (path / "__init__.py").is_file()
    }
    assert known - placed == set()
    assert placed - known == set()


# -- light starts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "import curation",
        "import curation.cli",
        "import sys; sys.argv = ['curation', '--help']; from curation.cli import main; main()",
        "import sys; sys.argv = ['curation', '--version']; from curation.cli import main; main()",
    ],
)
def test_a_start_loads_nothing_heavy(code):
    shown = f"import sys, atexit; atexit.register(lambda: print('LOADED', *sorted(set(sys.modules) & {HEAVY})))\n{code}"
    done = subprocess.run([sys.executable, "-c", shown], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "LOADED"


# -- stages know their code -----------------------------------------------------------------------------

#: settings and places are in a stage's key; how files are written does not change what is in them
NOT_CODE = {
    "timings.py",
    "config.py",
    "errors.py",
    "store.py",
    "workspace/__init__.py",
    "engine/__init__.py",
    "__init__.py",
}


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("curation.stages.ingest", ingest.CODE),
        ("curation.stages.clean", clean.CODE),
        ("curation.stages.learn", learn.CODE),
        ("curation.stages.judge", judge.CODE),
        ("curation.dedup.signature", dedup.SIGN_CODE),
        ("curation.stages.dedup", dedup.CODE),
        ("curation.stages.select", select.CODE),
    ],
)
def test_a_stage_is_made_again_when_any_of_its_code_changes(module, code):
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("curation", exclude_type_checking_imports=True, cache_dir=None)
    used = graph.find_upstream_modules(module) | {module}
    for name in code:
        assert (PACKAGE / name).exists(), name
    missing = set()
    for name in used:
        path = PACKAGE.joinpath(*name.split(".")[1:])
        file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        inside = file.relative_to(PACKAGE).as_posix()
        packages = {parent.as_posix() for parent in file.relative_to(PACKAGE).parents}
        empty = len(ast.parse(file.read_text(encoding="utf-8")).body) == 1  # a docstring alone
        if inside not in {*code, *NOT_CODE} and not packages & set(code) and not empty:
            missing.add(inside)
    assert missing == set()
