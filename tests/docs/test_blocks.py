"""Every code block of the README and of docs/ is run or checked: what a page says to type works, and prints that."""

from __future__ import annotations

import csv
import importlib
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import click
import msgspec
import pytest
import yaml

from curation import config
from curation.annotation import codebook
from curation.boilerplate import names
from curation.cli import VERBS
from curation.release.papers.card import Card
from curation.release.rights import load_rights
from curation.toml import load_file
from tests.docs.blocks import GENERATED, ROOT, Block, Reader, blocks, commands, pages, tokens

#: pages whose `console` blocks are not run here, and why; their verbs and options are checked all the same
NOT_RUN = {
    "README.md": "clones and installs",
    "tutorial.md": "installs",
    "label-studio.md": "needs a Label Studio server or PostgreSQL: tests/annotation does it with a real one",
    "campaign.md": "pushes to a Label Studio server",
    "how-to/campaign.md": "pushes to a Label Studio server",
    "adjudication.md": "pushes to a Label Studio server",
    "labels.md": "adjudicates answers and reads a model's file: tests/verbs/campaign does it",
    "nightly.md": "a night needs an inbox and a CI machine: tests/verbs/nightly and tests/test_nights.py run nights",
    "codebook.md": "opens an editor, pushes to a Label Studio server",
    "cluster.md": "needs machines: tests/engine/test_ray_cluster.py makes some, as far as one machine can",
    "shared-index.md": "needs a Redis server: tests/verbs/test_index.py does it with a real one",
}
#: pages whose `bash` blocks can't be typed one after the other, and why; verbs and options are checked here, too
NOT_TYPED = {
    "releases.md": "stands in a version's folder, and copies to an object store: tests/release does both",
}
#: what the readers of a page have done before, in the workspace of the sample
BEFORE = {
    "agreement.md": "curation label export topic -n 24 && curation label pull topic --file labelled/topic.json\n"
    "echo document_id,question,value > right.csv && echo 13f4e5e77af8e458,topic,culture >> right.csv",
    "takedown.md": """
        echo '{"url": "https://warta.example/daerah/banjir", "judul": "Banjir", "isi": "Air naik."}' > raw/warta.jsonl
        curation run --input raw/warta.jsonl && curation publish --version 1.2.0 --date 2026-03-08
        export SOURCE_DATE_EPOCH=1773014400""",
}
#: blocks: `bash` and `python` are run, `output` is what the last of them prints, `console` is not run (see NOT_RUN),
#: `text` is nothing to type. A path behind the language writes the block there; `server` behind it only compiles it.
LANGUAGES = ("bash", "console", "output", "python", "toml", "csv", "xml", "yaml", "text")
PAGES = [page for page in pages() if page.name not in GENERATED]
#: pages that somebody types from top to bottom; the README in every run of the tests, the rest in all of them
READ = [
    page if page.name == "README.md" else pytest.param(page, marks=pytest.mark.slow)
    for page in PAGES
    if any(block.language in ("bash", "python") for block in blocks(page)) and page.name not in NOT_TYPED
]
MAKEFILES = (ROOT / "Makefile", ROOT / "curation" / "template" / "Makefile")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT)).removeprefix("docs/")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_block_says_what_it_is(page: Path) -> None:
    unknown = [f"{block.place}: {block.language!r}" for block in blocks(page) if block.language not in LANGUAGES]
    assert not unknown, f"fence it as one of {', '.join(LANGUAGES)}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_not_run_has_a_reason(page: Path) -> None:
    found = [block for block in blocks(page) if block.language == "console"]
    assert bool(found) == (name_of(page) in NOT_RUN)
    for block in blocks(page):  # nothing to type hides where nobody would run it
        if block.language == "text":
            assert not list(commands(block.code)), block.place


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_to_be_typed_exists(page: Path) -> None:
    typed = [(b.place, words) for b in blocks(page) if b.language in ("bash", "console") for words in commands(b.code)]
    for token in tokens(page):
        for child in token.children or ():
            if child.type == "code_inline":
                typed += [(page.name, words) for words in commands(child.content)]
    wrong = [f"{place}: {' '.join(words)}: {fault}" for place, words in typed if (fault := _fault(words))]
    assert not wrong


@pytest.mark.parametrize("page", READ, ids=name_of)
def test_the_page_works(page: Path, reader: Callable[[Path], Reader], monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = reader(page)
    if before := BEFORE.get(name_of(page)):
        somebody.bash(before)
    for block in blocks(page):
        if block.language == "bash":
            somebody.bash(block.code)
        elif block.language == "output":
            somebody.saw(block.code)
        elif block.language == "python":
            monkeypatch.chdir(somebody.here)
            code = compile(block.code, block.place, "exec")
            if block.rest != "server":
                exec(code, somebody.names)
        elif block.rest:
            somebody.write(block.rest, block.code)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "docs" / "settings.md"], ids=name_of)
def test_files_that_a_page_shows_are_valid(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        if block.language == "toml":
            _check_toml(block, tmp_path)
        elif block.language == "xml":
            ElementTree.fromstring(block.code)
        elif block.language == "yaml":
            yaml.safe_load(block.code)
        elif block.language == "csv":
            rows = list(csv.reader(block.code.splitlines()))
            assert {len(row) for row in rows} == {len(rows[0])}, block.place


def test_the_readme_compares_with_measured_figures() -> None:
    measured = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in measured.splitlines()]
    shown = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Beside other tools")[2].partition("\n## ")[0]
    tools = [[cell.strip() for cell in line.strip("|").split("|")] for line in shown.splitlines() if " × |" in line]
    assert len(tools) == 7
    for tool, clean, chrome, merged, speed in tools:
        name = "ours, numba" if tool == "curation" else f"{tool}, default"
        fast, exact = (row for row in rows if row[0] == name)
        assert fast[2].startswith(speed)
        assert [exact[1].split()[-1], exact[5].split()[-1], exact[4]] == [clean, chrome, merged]


def test_the_readme_prints_what_it_says() -> None:
    (block,) = (block for block in blocks(ROOT / "README.md") if block.language == "python")
    made: dict[str, Any] = {}
    exec(compile(block.code, block.place, "exec"), made)
    assert made["result"].documents["body"].tolist() == ["AMBON - Air surut."]
    assert made["result"].edits["rule"].tolist() == ["layout", "baca_juga"]
    assert made["raw"] == made["frame"]["isi"][0]
    assert list(made["verdicts"]["keep"]) == [False]
    assert list(made["copies"]["size"]) == [1]


def _fault(words: list[str]) -> str | None:
    """Why a command can't be typed: no such make target, verb or option."""
    if words[0] == "make":
        rules = "".join(path.read_text(encoding="utf-8") for path in MAKEFILES)
        known = {
            name for line in re.findall(r"^(?:STAGES =|)([a-z][a-z -]*)(?::|$)", rules, re.M) for name in line.split()
        }
        return next((f"no target {word}" for word in words[1:] if "=" not in word and word not in known), None)
    command: click.Command | None = None
    rest = words[1:]
    if rest and not rest[0].startswith("-") and not rest[0].isupper():
        if rest[0] not in VERBS:
            return f"no verb {rest[0]}"
        command = getattr(importlib.import_module(f"curation.cli.{VERBS[rest[0]][0]}"), rest.pop(0))
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-") and not rest[0].isupper():
        if rest[0] not in command.commands:
            return f"no verb {rest[0]}"
        command = command.commands[rest.pop(0)]
    if command is None:
        return None
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    given = [word.strip("[]").partition("=")[0] for word in rest if word.strip("[").startswith("-")]
    return next((f"no option {name}" for name in given if name not in known), None)


def _check_toml(block: Block, tmp_path: Path) -> None:
    """Read it as the file that it is a part of."""
    data = tomllib.loads(block.code)
    path = tmp_path / "shown.toml"
    path.write_text(block.code, encoding="utf-8")
    if "codebook" in data:
        codebook.load(path)
    elif "hosts" in data:
        load_file(config.Site, path, names.in_site)
    elif "default" in data:
        load_rights(path)
    elif "citation_authors" in data:
        load_file(Card, path)
    elif set(data) <= set(codebook.Change.__struct_fields__):
        msgspec.convert(
            {"version": "1.1", "date": "2026-03-02", "effect": "labels", "note": "", **data}, codebook.Change
        )
    elif set(data) <= set(Card.__struct_fields__):
        msgspec.convert(
            {**dict.fromkeys(Card.__struct_fields__, ""), "citation_authors": (), "deposits": (), **data}, Card
        )
    elif set(data) == {"predictions"}:
        msgspec.convert(data["predictions"], codebook.Predictions)
    else:
        config.load(path, mistakes=names.in_settings)
