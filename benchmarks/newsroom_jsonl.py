"""The invented newsroom as a scraper would bring it: one file of JSON lines, each article with the chrome of its site.

    python benchmarks/newsroom_jsonl.py ARTICLES.jsonl --count 100000 --seed 11 [--processes 2]

Each line holds id (of the generator), url, title, source (the outlet), date as sites print it, and text: the document
of ``benchmarks/newsroom.py`` with headers, links between the paragraphs, glued advertisements and footers. How an
article was made is told by ``Newsroom(count, seed).truth``. A seed gives the same bytes, whatever the number of
processes. Parts are written one beside the other and then laid end to end, so memory does not grow with the corpus, but
for the plan (see there).
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import sys
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
from newsroom import PART_ROWS, Newsroom

#: January to December; %m of a date is the place
_MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip

_room: list[Newsroom] = []


def articles(path: Path, count: int, seed: int, processes: int = 1) -> Path:
    """The file, written if it is not there yet."""
    if path.exists():
        return path
    parts = path.with_name(f"{path.name}.parts")
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir(parents=True)
    jobs = [(parts / f"{number:05d}", first) for number, first in enumerate(range(0, count, PART_ROWS))]
    with multiprocessing.get_context("spawn").Pool(processes, _make_room, (count, seed)) as pool:
        written = pool.map(_write_part, jobs, chunksize=1)
    whole = parts / "whole"
    with whole.open("wb") as into:
        for part in written:
            with part.open("rb") as file:
                shutil.copyfileobj(file, into, 1 << 20)
            part.unlink()
    whole.replace(path)
    parts.rmdir()
    return path


def _make_room(count: int, seed: int) -> None:
    _room.append(Newsroom(count, seed, with_chrome=True))


def _write_part(job: tuple[Path, int]) -> Path:
    path, first = job
    encode = msgspec.json.Encoder().encode_lines
    with path.open("wb") as file:
        for batch in _room[0].batches(first, first + PART_ROWS):
            assert batch.dirty is not None
            file.write(encode(_scraped(batch.dirty).to_pylist()))
    return path


def _scraped(dirty: pa.Table) -> pa.Table:
    """What a scraper keeps of a page."""
    clock = pc.strftime(pc.cast(dirty["published_at"], pa.timestamp("us", "Asia/Jakarta")), "%d %m %Y %H:%M")
    dates = [f"{day} {_MONTHS[int(month) - 1]} {rest} WIB" for day, month, rest in _split(clock)]
    columns = {"id": dirty["id"], "url": dirty["url"], "title": dirty["title"], "source": dirty["outlet"]}
    return pa.table({**columns, "date": dates, "text": dirty["body"]})


def _split(clock: pa.ChunkedArray) -> list[list[str]]:
    return [text.split(" ", 2) for text in clock.to_pylist()]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("path", type=Path, metavar="ARTICLES.jsonl")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    if options.path.exists():
        sys.exit(f"{options.path} is already there")
    articles(options.path, options.count, options.seed, options.processes)
    print(f"{options.count:,} articles, {options.path.stat().st_size / 1e6:,.0f} MB")


if __name__ == "__main__":
    main()
