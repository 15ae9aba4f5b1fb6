"""A release opens, rightly typed, in the tools that researchers use; the README's code is run as it stands there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from curation.check.tables import check_released
from curation.release.papers.card import load_card
from curation.release.papers.loading import SNIPPETS
from curation.release.public.publish import publish_public
from curation.release.publish import Sources
from curation.release.rights import load_rights


@pytest.fixture
def folder(workspace, release) -> Path:
    return release(workspace()).folder


@pytest.fixture
def public(folder) -> Path:
    root = folder.parents[2]
    made = publish_public(
        folder,
        Sources(released=root / "released.parquet"),
        rights=load_rights(root / "rights.toml"),
        card=load_card(root / "card.toml"),
        key=b"k" * 32,
        with_urls=True,
        check=partial(check_released, public=True),
    )
    return made.folder


FIRST = datetime(2025, 1, 31, 23, tzinfo=UTC)


def test_pandas(folder):
    frame = pd.read_parquet(folder / "data/default")
    assert len(frame) == 16
    assert str(frame["published_at"].dt.tz) == "UTC"
    assert frame["published_at"][0] == FIRST
    assert frame["n_words"].dtype == "int32"
    assert sorted(map(len, frame["tags"]))[::15] == [0, 2]
    assert frame["body"].isna().sum() == 0
    assert set(frame["split"]) == {"train"}


def test_duckdb(folder):
    connection = duckdb.connect()
    kinds = dict(
        connection.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{folder}/data/default/*.parquet')")
        .fetchall()
    )  # fmt: skip
    assert kinds["published_at"] == "TIMESTAMP WITH TIME ZONE"
    assert kinds["tags"] == "VARCHAR[]"
    assert kinds["n_words"] == "INTEGER"
    joined = f"'{folder}/data/labels/*.parquet' l JOIN '{folder}/data/default/*.parquet' d ON d.id = l.document_id"
    assert connection.sql(f"SELECT count(*) FROM {joined}").fetchall() == [(4,)]
    connection.close()


def test_polars(folder):
    frame = pl.read_parquet(folder / "data/default/*.parquet")
    assert frame.schema["published_at"] == pl.Datetime("us", "UTC")
    assert frame.schema["tags"] == pl.List(pl.String)
    assert frame["published_at"][0] == FIRST
    assert frame.height == 16


HUB = """
import json, sys
from datasets import load_dataset
folder = sys.argv[1]
default = load_dataset(folder, split="train")
labels = load_dataset(folder, "labels", split="train")
features = default.features
print(json.dumps({
    "rows": default.num_rows, "published_at": features["published_at"].dtype, "tags": repr(features["tags"]),
    "n_words": features["n_words"].dtype, "first": default[0]["published_at"].isoformat(), "labels": labels.num_rows,
    "columns": default.column_names,
}))
"""


def offline(folder: Path) -> dict[str, str]:
    return os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "hub"), "HF_DATASETS_OFFLINE": "1"}


def test_datasets_offline(folder, tmp_path):
    command = [sys.executable, "-c", HUB, str(folder)]
    ran = subprocess.run(command, env=offline(tmp_path), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert (told["rows"], told["labels"]) == (16, 4)
    assert told["published_at"] == "timestamp[us, tz=UTC]"
    assert "string" in told["tags"]
    assert told["n_words"] == "int32"
    assert told["first"] == FIRST.isoformat()
    assert told["columns"][:2] == ["id", "url"]


# -- the code in the README -----------------------------------------------------------------------


def snippets(folder: Path) -> dict[str, tuple[str, str]]:
    """Language and code by heading, as a reader would copy them."""
    text = (folder / "README.md").read_text(encoding="utf-8")
    return {title: (kind, code) for title, kind, code in re.findall(r"### ([^\n]+)\n\n```(\w+)\n(.*?)```", text, re.S)}


def run_python(code: str, folder: Path, home: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=offline(home), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()[-1]


@pytest.mark.parametrize("title", [title for title, kind, _ in SNIPPETS if kind == "python"])
@pytest.mark.parametrize("flavour", ["folder", "public"])
def test_the_readmes_python_runs_as_it_stands(title, flavour, request, tmp_path):
    folder = request.getfixturevalue(flavour)
    kind, code = snippets(folder)[title]
    assert kind == "python"
    before = sorted(folder.rglob("*"))
    assert run_python(f"{code}\nprint(len(articles))", folder, tmp_path) == "16"
    assert sorted(folder.rglob("*")) == before  # reading leaves nothing behind


def test_the_readmes_labels_stand_beside_their_articles(folder, tmp_path):
    code = snippets(folder)["Labels beside their articles"][1]
    assert run_python(f"{code}\nprint(len(labelled), labelled['title'].isna().sum())", folder, tmp_path) == "4 0"


def test_the_readmes_r_runs_as_it_stands(folder):
    kind, code = snippets(folder)["R"]
    assert kind == "r"
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("no R here: its code in the README is NOT tested")
    there = 'stopifnot(requireNamespace("arrow"), requireNamespace("dplyr"))'
    if subprocess.run([program, "-e", there], capture_output=True, check=False).returncode:
        pytest.skip("R has no arrow or dplyr here: its code in the README is NOT tested")
    ran = subprocess.run(
        [program, "-e", f"{code}\ncat(nrow(articles))"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.stdout.endswith("16"), ran.stderr


def test_the_public_readme_says_how_texts_come_back(folder, public):
    commands = "curation rehydrate pasar-public/1.0.0 --from SCRAPE -o OUT"
    assert commands in (public / "README.md").read_text(encoding="utf-8")
    assert "rehydrate" not in (folder / "README.md").read_text(encoding="utf-8")
