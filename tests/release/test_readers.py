"""A release opens, rightly typed, in the tools that researchers use."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest


@pytest.fixture
def folder(workspace, release) -> Path:
    return release(workspace()).folder


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


def test_datasets_offline(folder, tmp_path):
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path / "hub"), "HF_DATASETS_OFFLINE": "1"}
    command = [sys.executable, "-c", HUB, str(folder)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert (told["rows"], told["labels"]) == (16, 4)
    assert told["published_at"] == "timestamp[us, tz=UTC]"
    assert "string" in told["tags"]
    assert told["n_words"] == "int32"
    assert told["first"] == FIRST.isoformat()
    assert told["columns"][:2] == ["id", "url"]
