"""The same rows give the same bytes, whatever reads, sorts or writes them; another pyarrow finds the same digest."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xxhash

from curation import schema, store
from curation.release import assemble
from curation.stages.release import assemble_documents
from tests.release.environments import environment

ROOT = Path(__file__).parents[2]
#: another one of the two Pythons that are promised
OTHER = "3.11" if sys.version_info[:2] == (3, 13) else "3.13"
OTHER_PYARROW = "22.0.0"
#: what the writing half of a release imports
PACKAGES = [f"{one.__name__}=={one.__version__}" for one in (msgspec, np)] + [f"xxhash=={xxhash.VERSION}"]


def tree(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


@pytest.mark.slow
def test_threads_and_hash_seeds_do_not_count(workspace, tmp_path):
    """Whole releases, published by processes of their own."""
    folder = workspace(60)
    made = []
    for seed, threads in (("0", "1"), ("4242", "8")):
        into = tmp_path / f"seed-{seed}"
        counts = dict.fromkeys(("OMP_NUM_THREADS", "NUMBA_NUM_THREADS"), threads)
        setting = {"PYTHONHASHSEED": seed, **counts, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(Path(__file__).with_name("publisher.py")), str(into), str(folder)]
        subprocess.run(command, env=os.environ | setting, input="go\n", text=True, check=True, capture_output=True)
        made.append(tree(into / "pasar" / "1.0.0"))
    assert made[0] == made[1]


def test_the_layout_of_what_is_published_does_not_count(workspace, release):
    """The sizes of row groups, of batches and of a machine's pool of threads."""
    folder = workspace(60)
    before = tree(release(folder).folder)
    table = store.read_table(folder / "released.parquet")
    for rows in (1, 7, 60):
        pq.write_table(table, folder / "released.parquet", row_group_size=rows, compression="snappy")
        pa_threads = pa.cpu_count()
        pa.set_cpu_count(1 + rows % 3)
        try:
            assert tree(release(folder, into=folder / f"again-{rows}").folder) == before
        finally:
            pa.set_cpu_count(pa_threads)


def test_the_order_of_rows_and_batches_does_not_count(workspace, release, tmp_path, monkeypatch):
    """What a run brings is sorted before it is published, in parts."""
    monkeypatch.setattr("curation.stages.release.TOGETHER", 9)
    folder = workspace(60)
    before = tree(release(folder).folder)
    documents, clusters, selection = (
        store.read_table(folder / f"{n}.parquet") for n in ("documents", "clusters", "selection")
    )
    beside = assemble.BESIDE.empty_table()
    for seed in range(3):
        draw = random.Random(seed)
        batches = tmp_path / f"batches-{seed}"
        order = draw.sample(range(documents.num_rows), documents.num_rows)
        cut = draw.randrange(1, documents.num_rows)
        for number, part in enumerate((order[:cut], order[cut:])):
            store.write_table(batches / f"{number}" / "documents.parquet", documents.take(part))
        for name, table in (("clusters", clusters), ("selection", selection)):
            store.write_table(
                batches / f"{name}.parquet", table.take(draw.sample(range(table.num_rows), table.num_rows))
            )
        places = [batches / "1", batches / "0"] if seed % 2 else [batches / "0", batches / "1"]
        again = batches / "again"
        shutil.copytree(folder, again, ignore=shutil.ignore_patterns("releases"))
        assemble_documents(
            places, batches / "clusters.parquet", batches / "selection.parquet", beside, again / "released.parquet"
        )
        assert tree(release(again).folder) == before


def written(program: Path, source: Path, into: Path, order: str) -> dict[str, Any]:
    command = [str(program), str(Path(__file__).with_name("rows_and_bytes.py")), str(source), str(into), order]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture
def rich(tmp_path) -> Path:
    """Documents with every kind of value in them, more than a row group of some files."""
    draw = random.Random(7)
    words = ("harga", "cabai", "naik", "di", "pasar", "induk", "😀", "kata", "“murah”", "—", "Rp", "5.000")
    rows = []
    for number in range(12_000):
        stance = {
            "target": "pasar",
            "label": "mendukung",
            "confidence": draw.random(),
            "method": "majority",
            "n_votes": 3,
        }
        rows.append(
            {
                "id": f"{draw.getrandbits(64):016x}",
                "title": draw.choice([None, "Harga naik"]),
                "body": " ".join(draw.choices(words, k=draw.randrange(80))),
                "outlet": draw.choice(["Detak", "Suluh Malam"]),
                "published_at": draw.choice([None, draw.randrange(1_600_000_000_000_000, 1_800_000_000_000_000)]),
                "tags": draw.choice([[], ["cabai"], ["pasar", ""]]),
                "n_words": draw.randrange(80),
                "text_sha256": f"{draw.getrandbits(256):064x}",
                "cluster_id": f"{number:016x}",
                "cluster_size": 1,
                "split": draw.choice(["train", "train", "train", "test", "held"]),
                "topics": draw.choice([[], ["ekonomi"]]),
                "stance": draw.choice([[], [stance], [stance, stance]]),
                "label_status": draw.choice(["none", "none", "labelled"]),
                "text_access": "full",
            }
        )
    store.write_table(tmp_path / "rich.parquet", schema.from_rows("released", rows))
    return tmp_path / "rich.parquet"


@pytest.mark.slow
def test_shuffled_rows_and_small_tables_give_the_same_bytes(rich, tmp_path):
    one = written(Path(sys.executable), rich, tmp_path / "one", "as they are")
    assert one == written(Path(sys.executable), rich, tmp_path / "two", "shuffled")
    assert len(one) > 10


@pytest.mark.slow
def test_another_python_writes_the_same_bytes(rich, tmp_path):
    python = shutil.which(f"python{OTHER}")
    if python is None:
        pytest.skip(f"there is no python{OTHER} here")
    program = environment(
        f"python-{OTHER}-pyarrow-{pa.__version__}", f"pyarrow=={pa.__version__}", *PACKAGES, python=python
    )
    ours = written(Path(sys.executable), rich, tmp_path / "ours", "as they are")
    assert written(program / "python", rich, tmp_path / "theirs", "shuffled") == ours


@pytest.mark.slow
def test_another_pyarrow_finds_the_same_logical_digest(rich, tmp_path):
    """Both of what it writes itself, and of what we wrote."""
    program = environment(f"pyarrow-{OTHER_PYARROW}", f"pyarrow=={OTHER_PYARROW}", *PACKAGES)
    ours = written(Path(sys.executable), rich, tmp_path / "ours", "as they are")
    theirs = written(program / "python", rich, tmp_path / "theirs", "shuffled")
    assert theirs.keys() == ours.keys()
    assert theirs["logical"] == ours["logical"]
    assert theirs != ours  # it names itself in each file, so it was another one
