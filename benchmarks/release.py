"""What it costs to publish, verify and compare a corpus, beside plain pyarrow writing the same table.

    python benchmarks/release.py [--count 100000] [--seed 11] [--repeats 3] [--write]

Invented news (``benchmarks/newsroom.py``) without its copies, as `select` leaves it, with splits and signatures as a
run makes them. Every figure is taken in a process of its own: CPU seconds of all its threads, seconds by the clock, and
the most memory that it held. Plain pyarrow reads the same file and writes the same rows with the same options and, for
comparison, with its own defaults; nothing else. Both and `publish` take turns; of each the median counts. Linux only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
START, END = "<!-- release: written by benchmarks/release.py --write -->", "<!-- release: end -->"
CARD = "".join(
    f'{key} = "Invented."\n' for key in ("title", "summary", "contact", "collection", "intended_use", "limitations")
)
#: the share of the newsroom that is no copy of something
KEPT = ("original", "template", "rewrite")
COMPARED = 100_000
WARM = 2_500
#: measured by turns, several times
TURNS = ("plain", "publish", "plain, defaults")
ONCE = (
    *("assemble", "unsigned", "bytes", "rows", "checks", "certificate", "certificate, unsigned", "verify"),
    "verify --deep",
)
Row = dict[str, Any]


def prepare(folder: Path, count: int, seed: int) -> None:
    """Write what is published: the table `released` in order, `card.toml` and `rights.toml`."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    from newsroom import BATCH_ROWS, Newsroom

    from curation import store
    from curation.config import Splits
    from curation.dedup.signature import sign
    from curation.release.splits.assign import assign

    room = Newsroom(round(count / 0.74), seed)
    kept: list[pa.Table] = []
    parts, rows = folder / "documents", 0
    for number, batch in enumerate(room.batches(0, room.count)):
        first = number * BATCH_ROWS
        is_kept = pc.is_in(room.truth(first, first + batch.documents.num_rows)["relation"], pa.array(KEPT))
        table = batch.documents.filter(is_kept).slice(0, count - rows)
        if table.num_rows:
            store.write_table(parts / f"{number:05d}.parquet", table)
            store.write_table(folder / "signatures" / f"{number:05d}.parquet", sign(table))
            kept.append(table.select(["id", "outlet", "published_at"]))
            rows += table.num_rows
    if rows < count:
        sys.exit(f"only {rows:,} of {count:,} documents are no copies")
    chosen = pa.concat_tables(kept)
    ones = pa.array(np.ones(rows, np.int32))
    store.write_table(
        folder / "clusters.parquet", pa.table({"id": chosen["id"], "cluster_id": chosen["id"], "size": ones})
    )
    store.write_table(folder / "selection.parquet", pa.table({"id": chosen["id"], "selected": pa.repeat(True, rows)}))
    splits = assign(chosen.append_column("cluster_id", chosen["id"]), Splits()).table
    store.write_table(folder / "splits.parquet", splits)
    assemble(folder)
    (folder / "card.toml").write_text(CARD + 'licence = "CC-BY-4.0"\ncitation_authors = ["Nobody"]\n')
    (folder / "rights.toml").write_text('[default]\ntext = "withheld"\n')


def changed(source: Path, into: Path) -> None:
    """The first documents of a table as two corpora: 2 % gone, 1 % of the texts edited, 3 % new."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from curation import schema, store

    table = store.read_table(source).slice(0, COMPARED)
    lot = pa.array([int(id_[:6], 16) % 100 for id_ in table["id"].to_pylist()])
    edited = pc.and_(pc.greater_equal(lot, 5), pc.less(lot, 6))
    bodies = pc.if_else(edited, pc.binary_join_element_wise(table["body"], "Ralat.", " "), table["body"])
    digests = [hashlib.sha256(body.encode()).hexdigest() for body in bodies.to_pylist()]
    after = table.set_column(table.schema.get_field_index("body"), "body", bodies)
    after = after.set_column(table.schema.get_field_index("text_sha256"), "text_sha256", pa.array(digests))
    for name, version, keep in (
        ("before", table, pc.greater_equal(lot, 3)),
        ("after", after, pc.greater_equal(lot, 2)),
    ):
        keep = pc.and_(keep, pc.less(lot, 98)) if name == "after" else keep
        store.write_table(into / name / "released.parquet", schema.conform("released", version.filter(keep)))


# -- each in a process of its own -----------------------------------------------------------------


def assemble(folder: Path) -> None:
    """Join and sort what is published."""
    from curation import schema, store
    from curation.release.assemble import beside
    from curation.stages.release import assemble_documents

    assemble_documents(
        [folder / "documents"],
        folder / "clusters.parquet",
        folder / "selection.parquet",
        beside(store.read_table(folder / "splits.parquet"), schema.empty("labels"), schema.empty("tasks")),
        folder / "released.parquet",
    )


def publish(
    folder: Path,
    table: str = "released.parquet",
    version: str = "1.0.0",
    into: str = "releases",
    signatures: str = "signatures",
) -> None:
    """Publish; the workspace has signed its texts, unless `signatures` names a folder that isn't there."""
    from curation.check.tables import check_released
    from curation.release.manifest import Origin
    from curation.release.papers.card import load_card
    from curation.release.publish import Sources
    from curation.release.publish import publish as publish_
    from curation.release.rights import load_rights

    publish_(
        Sources(released=folder / table, signatures=[folder / signatures]),
        folder / into,
        name="korpus",
        version=version,
        date="2026-01-31",
        rights=load_rights(folder / "rights.toml"),
        card=load_card(folder / "card.toml"),
        origin=Origin(inputs={}, config="", code=""),
        check=check_released,
    )


def unsigned(folder: Path) -> None:
    """Publish where learned chrome stops shingles, so that no signature of the workspace is of a whole text."""
    publish(folder, into="unsigned", signatures="none")
    shutil.rmtree(folder / "unsigned")


def plain(folder: Path, *, ours: bool) -> None:
    """Read and write with pyarrow alone."""
    import pyarrow.parquet as pq

    from curation.release.writer import DICTIONARY, OPTIONS, ROW_GROUP

    source = pq.ParquetFile(folder / "released.parquet")
    names = source.schema_arrow.names
    options = {**OPTIONS, "use_dictionary": [name for name in names if name in DICTIONARY]} if ours else {}
    with pq.ParquetWriter(folder / "plain.parquet", source.schema_arrow, **options) as writer:
        for batch in source.iter_batches(batch_size=ROW_GROUP):
            writer.write_batch(batch, row_group_size=ROW_GROUP)


def read_bytes(release: Path) -> None:
    """Read all bytes of a release, as the page cache gives them."""
    buffer = bytearray(1 << 20)
    for path in release.rglob("*.*"):
        with path.open("rb", buffering=0) as file:
            while file.readinto(buffer):
                pass


def read_rows(release: Path) -> None:
    """Read all rows of a release."""
    from curation import store

    for _ in store.scan([release / "data" / "default"]):
        pass


def certificate(release: Path, known: list[Path]) -> None:
    """Compute the split certificate."""
    from curation.release.splits.certificate import certify
    from curation.release.staged import texts

    scratch = release.parent / ".scratch"
    scratch.mkdir()
    certify(texts(release), scratch, known)
    shutil.rmtree(scratch)


def checks(release: Path) -> None:
    """Check the rows."""
    from curation.check.tables import check_released

    check_released(release / "data" / "default")


def verify(release: Path, *, deep: bool) -> None:
    """Verify."""
    from curation.release.verify import verify as verify_

    if problems := verify_(release, deep=deep):
        sys.exit("\n".join(problems))


def diff(folder: Path) -> None:
    """Compare two versions."""
    from curation.release.difference.compare import compare

    home = folder / "releases" / "korpus"
    compare(home / "1.0.0", home / "1.1.0")


def child(job: str, folder: Path) -> None:
    """Do one job, and print what it cost."""
    import curation.release.publish  # imports are not what is measured

    assert curation
    release = folder / "releases" / "korpus" / "1.0.0"
    jobs = {
        "assemble": lambda: assemble(folder),
        "publish": lambda: publish(folder),
        "unsigned": lambda: unsigned(folder),
        "plain": lambda: plain(folder, ours=True),
        "plain, defaults": lambda: plain(folder, ours=False),
        "bytes": lambda: read_bytes(release),
        "rows": lambda: read_rows(release),
        "certificate": lambda: certificate(release, [folder / "signatures"]),
        "certificate, unsigned": lambda: certificate(release, []),
        "checks": lambda: checks(release),
        "verify": lambda: verify(release, deep=False),
        "verify --deep": lambda: verify(release, deep=True),
        "diff": lambda: diff(folder),
        "before": lambda: publish(folder, "before/released.parquet"),
        "after": lambda: publish(folder, "after/released.parquet", "1.1.0"),
    }
    cpu, clock = time.process_time(), time.monotonic()
    jobs[job]()
    cpu, clock = time.process_time() - cpu, time.monotonic() - clock
    # not ru_maxrss: that is handed on from the process that started this one
    status = Path("/proc/self/status").read_text().splitlines()
    [peak] = [int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")]
    print(json.dumps({"cpu": cpu, "clock": clock, "peak": peak}))


def measure(job: str, folder: Path) -> Row:
    """One job in a process of its own."""
    command = [sys.executable, __file__, "--child", job, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    row: Row = json.loads(done.stdout)
    print(
        f"{job:<16} {row['cpu']:7.1f} s CPU {row['clock']:7.1f} s {row['peak']:6,.0f} MB", file=sys.stderr, flush=True
    )
    return row


def warm(seed: int) -> None:
    """Publish a few articles, so that compiled functions are there: compiling is once a machine, not once a corpus."""
    folder = ROOT / "build" / "release-warm"
    shutil.rmtree(folder, ignore_errors=True)
    prepare(folder, WARM, seed)
    measure("publish", folder)
    shutil.rmtree(folder)


def main() -> None:
    """Measure all jobs and print the table."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--repeats", type=int, default=3, help="of publishing and of plain pyarrow, by turns")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    folder = ROOT / "build" / f"release-{options.count}-{options.seed}"
    if not (folder / "rights.toml").exists():
        shutil.rmtree(folder, ignore_errors=True)
        prepare(folder, options.count, options.seed)
    warm(options.seed)
    taken: dict[str, list[Row]] = {job: [] for job in TURNS}
    for _ in range(options.repeats):
        for job in TURNS:
            if job == "publish":
                shutil.rmtree(folder / "releases", ignore_errors=True)
            taken[job].append(measure(job, folder))
    found = {job: sorted(rows, key=lambda row: row["cpu"])[len(rows) // 2] for job, rows in taken.items()}
    turns = {
        unit: [two[unit] / one[unit] for one, two in zip(taken["plain"], taken["publish"], strict=True)]
        for unit in ("clock", "cpu")
    }
    found |= {job: measure(job, folder) for job in ONCE}
    (folder / "plain.parquet").unlink()
    pair = folder / "pair"
    shutil.rmtree(pair, ignore_errors=True)
    changed(folder / "released.parquet", pair)
    for name in ("card.toml", "rights.toml"):
        shutil.copy(folder / name, pair / name)
    for job in ("before", "after", "diff"):
        found[job] = measure(job, pair)
    text = table(options.count, options.seed, found, turns)
    print(text)
    if options.write:
        from pages import write

        write(ROOT / "docs" / "benchmarks.md", START, END, text)


def table(count: int, seed: int, found: dict[str, Row], turns: dict[str, list[float]]) -> str:
    """The figures as Markdown."""
    names = {
        "plain": "plain pyarrow, our options",
        "plain, defaults": "plain pyarrow, its defaults",
        "assemble": "joining and sorting, before it",
        "publish": "**`curation publish`**",
        "unsigned": "the same without the workspace's signatures",
        "checks": "the checks alone",
        "certificate": "the split certificate alone",
        "certificate, unsigned": "the same without the workspace's signatures",
        "bytes": "reading the bytes",
        "rows": "reading the rows",
        "verify": "`curation verify`",
        "verify --deep": "`curation verify --deep`",
        "diff": f"`curation diff` of two versions of {COMPARED:,}",
    }
    by_clock, by_cpu = (f"{min(shares):.2f} to {max(shares):.2f}" for shares in (turns["clock"], turns["cpu"]))
    lines = [
        f"{count:,} documents, seed {seed}. Publishing took {by_clock} times as long as plain pyarrow beside it, and "
        f"{by_cpu} times the CPU, loading of libraries included ({len(turns['cpu'])} turns).",
        "",
        "| | CPU | of plain | clock | of plain | peak |",
        "|:--|--:|--:|--:|--:|--:|",
    ]
    for job, name in names.items():
        row = found[job]
        spent = [f"{row[unit]:.1f} s | {row[unit] / found['plain'][unit]:.1f} ×" for unit in ("cpu", "clock")]
        lines.append(f"| {name} | {' | '.join(spent)} | {row['peak']:,.0f} MB |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
