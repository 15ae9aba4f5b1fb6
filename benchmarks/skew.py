"""What skew costs: one outlet with most of the articles, one cluster of half of them, one article of 50 MB.

    python benchmarks/skew.py [--count 100000] [--megabytes 50] [--seed 11] [--shapes even outlet ...] [--write]

The same number of invented articles (``benchmarks/newsroom.py``) goes through a whole workspace once as it is and once
with each skew: ingest, clean, judge, dedup, select, learn, publish. CPU seconds of each stage, workers included, and
the peak memory of all processes together are told; a skewed corpus is held against the even one. With --write the
table goes into ``docs/benchmarks.md``.

========  =====================================================================================================
shape     what is skewed
========  =====================================================================================================
outlet    60 of 100 articles are of one outlet
exact     half of the articles are the same text
near      half of the articles are one text, 0 to 5 % of the words changed, differently in each
edited    half of the articles are one text, edited as copies of it usually are: up to a quarter of the words
row       one article of 50 MB as a row of JSON Lines, where what is longer than 32 MB is rejected
line      one article of 50 MB, from Parquet like those below, on a single line
lines     in lines of a few words, a million of them
chrome    the same line of chrome again and again
word      without a single space
html      as an HTML page
========  =====================================================================================================
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
START, END = "<!-- skew: written by benchmarks/skew.py --write -->", "<!-- skew: end -->"
CLUSTERS = ("exact", "near", "edited")
ARTICLES = ("row", "line", "lines", "chrome", "word", "html")
SHAPES = ("outlet", *CLUSTERS, *ARTICLES)
STAGES = ("ingest", "clean", "judge", "sign", "match", "dedup", "select", "learn", "publish")
#: of 100 articles: with its share of the others, one outlet has 60
BIG_OUTLET = 58
#: A stage that takes less than this in the even corpus is not held against it: the clock's own noise.
LEAST_SECONDS = 0.5
CARD = "".join(
    f'{key} = "Invented."\n' for key in ("title", "summary", "contact", "collection", "intended_use", "limitations")
)

Row = dict[str, Any]


# -- corpora --------------------------------------------------------------------------------------


def newsroom(shape: str, count: int, seed: int) -> Any:
    """A newsroom whose plan or outlets are skewed."""
    import numpy as np
    from newsroom import Newsroom
    from newsroom_plan import EDITED, EXACT, ORIGINAL
    from newsroom_text import Writer, bits, hashed

    class Room(Newsroom):
        def _outlets(self, rows: Any) -> Any:
            found = super()._outlets(rows)
            is_big = bits(hashed(self.seed, 40, rows), 0, 100) < BIG_OUTLET
            return np.where(is_big, 0, found) if shape == "outlet" else found

    class SlightlyEdited(Writer):
        def _strength(self, rows: Any) -> Any:
            strength = super()._strength(rows)
            return np.where(self.plan.story[rows] == 0, 0.2 * strength, strength)

    room = Room(count, seed, with_chrome=True)
    if shape in CLUSTERS:
        story, relation, source = room.plan.story.copy(), room.plan.relation.copy(), room.plan.source.copy()
        # single stories come first in the plan; their places in the corpus are drawn
        copies = slice(1, count // 2)
        assert (relation[copies] == ORIGINAL).all()
        story[copies], source[copies], relation[copies] = 0, 0, EXACT if shape == "exact" else EDITED
        room.plan = room.plan._replace(story=story, relation=relation, source=source)
        room.writer = (SlightlyEdited if shape == "near" else Writer)(room.plan, seed, room.words)
    return room


def long_text(shape: str, size: int, seed: int) -> str:
    """A text of so many characters."""
    from newsroom import news

    if shape == "chrome":
        line = "Ikuti berita terbaru Kabar Nusa di Google News, klik tombol bintang lalu pilih Ikuti.\n"
        return line * (size // len(line))
    found, bodies = 0, []
    while found < size:
        bodies += news(2_000, seed + 1 + len(bodies))["body"].to_pylist()
        found = sum(map(len, bodies))
    text = "\n".join(bodies)[:size]
    if shape == "word":
        return "".join(text.split())
    if shape == "html":
        paragraphs = "".join(f"<p>{line}</p>\n" for line in text.split("\n"))
        return f"<html><head><title>Berita</title></head><body><article>{paragraphs}</article></body></html>"
    text = " ".join(text.split())
    return "\n".join(textwrap.wrap(text, 50)) if shape == "lines" else text


def generate(shape: str, folder: Path, count: int, size: int, seed: int) -> int:
    """Write an input; returns its characters, those of one long article aside."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    n_chars = 0
    room = newsroom(shape, count, seed)
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for batch in room.batches(0, count):
            rows = batch.dirty.select(["id", "url", "title", "body", "published_at"]).to_pylist()
            for row in rows:
                n_chars += len(row["body"])
                row = {**row, "published_at": row["published_at"].isoformat()}
                file.write(json.dumps(row | {"text": row.pop("body")}, ensure_ascii=False) + "\n")
        if shape in ARTICLES:
            long = {
                "id": "panjang",
                "url": "https://kabarnusa.example/berita/panjang",
                "title": "Kapal Pertama Tiba di Dermaga Baru",
                "html" if shape == "html" else "text": long_text(shape, size, seed),
                "published_at": "2026-01-02T03:04:05+00:00",
            }
            if shape == "row":
                file.write(json.dumps(long, ensure_ascii=False) + "\n")
            else:
                pq.write_table(pa.Table.from_pylist([long]), folder / "long.parquet")
    return n_chars


# -- one corpus through a workspace ---------------------------------------------------------------


def stages(folder: Path) -> Iterator[str]:
    """Bring a corpus through a workspace, telling of each stage when it is done."""
    from curation import config, store
    from curation.pipeline import Pipeline
    from curation.verbs.learn import learn_chrome
    from curation.verbs.publication import publish_workspace
    from curation.workspace import Workspace

    workspace, settings = Workspace(folder), config.load(folder / "curation.toml")
    for done in Pipeline(workspace, settings).run({"news": folder.parent / "input"}):
        assert done.outcome == "made", done
        yield done.stage
    learn_chrome(workspace, settings)
    yield "learn"
    publish_workspace(workspace, settings, None, "2026-01-31")
    yield "publish"
    assert store.count_rows(folder / "work" / "select" / "selection")


def make_workspace(folder: Path) -> None:
    """A workspace with what publishing needs."""
    folder.mkdir(parents=True)
    (folder / "curation.toml").write_text('[release]\nname = "korpus"\n')
    (folder / "rights.toml").write_text('[default]\ntext = "full"\nlicence = "CC-BY-4.0"\n')
    (folder / "card.toml").write_text(CARD + 'licence = "CC-BY-4.0"\ncitation_authors = ["Nobody"]\n')


def child(folder: Path) -> None:
    """Run the stages; after each, tell its name and the CPU seconds so far of this process and its workers."""

    def seconds() -> float:
        usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in usage)

    before = seconds()
    for stage in stages(folder):
        now = seconds()
        print(json.dumps({"stage": stage, "cpu": now - before}), flush=True)
        before = now


def measured(command: list[str], show: Callable[[Row], None]) -> dict[str, Row]:
    """Run a child; the CPU seconds, clock and peak of its processes together, by stage."""
    found: dict[str, Row] = {}
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        ended = threading.Event()

        def watch() -> None:
            nonlocal peak
            while not ended.wait(0.05):
                peak = max(peak, memory(process.pid))

        watcher = threading.Thread(target=watch)
        watcher.start()
        started = time.monotonic()
        assert process.stdout
        for line in process.stdout:
            row = json.loads(line)
            now = time.monotonic()
            row |= {"clock": now - started, "peak_mb": peak / 1e6}
            peak, started = 0, now
            same = found.setdefault(row["stage"], {"cpu": 0.0, "clock": 0.0, "peak_mb": 0.0})
            same["cpu"] += row["cpu"]
            same["clock"] += row["clock"]
            same["peak_mb"] = max(same["peak_mb"], row["peak_mb"])
            show(row)
        ended.set()
        watcher.join()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return found


def memory(process: int) -> int:
    """Resident bytes of a process and all that it started."""
    total = 0
    try:
        resident = Path(f"/proc/{process}/statm").read_text().split()[1]
        total = int(resident) * resource.getpagesize()
        for task in Path(f"/proc/{process}/task").iterdir():
            total += sum(memory(int(one)) for one in (task / "children").read_text().split())
    except (FileNotFoundError, ProcessLookupError, IndexError):
        pass  # ended meanwhile
    return total


def run(shape: str, count: int, size: int, seed: int) -> Row:
    """Generate a corpus and measure each stage of it, in a process of its own."""
    folder = ROOT / "build" / f"skew-{shape}"
    shutil.rmtree(folder, ignore_errors=True)
    n_chars = generate(shape, folder / "input", count, size, seed)
    make_workspace(folder / "workspace")

    def show(row: Row) -> None:
        line = f"{shape:<8} {row['stage']:<8} {row['cpu']:8.1f} s CPU {row['clock']:8.1f} s {row['peak_mb']:7,.0f} MB"
        print(line, file=sys.stderr, flush=True)

    found = measured([sys.executable, __file__, "--child", str(folder / "workspace")], show)
    shutil.rmtree(folder)
    return {"shape": shape, "chars": n_chars, "stages": found}


# -- figures --------------------------------------------------------------------------------------


def slower(row: Row, even: Row, stage: str) -> float | None:
    """How many times longer a stage takes than for the even corpus; None where it is too short."""
    base, here = even["stages"][stage]["cpu"], row["stages"][stage]["cpu"]
    return here / base if base >= LEAST_SECONDS else None


def table(count: int, size: int, seed: int, rows: list[Row]) -> str:
    """The figures as Markdown."""
    even, *skewed = rows
    lines = [
        f"{count:,} documents of {even['chars'] / 1e6:,.0f} MB, an article of {size / 1e6:,.0f} MB, seed {seed}. CPU "
        "seconds of the even corpus; of the others how many times longer each stage took.",
        "",
        "| | even | " + " | ".join(row["shape"] for row in skewed) + " |",
        "|:--|" + "--:|" * len(rows),
    ]
    for stage in STAGES:
        ratios = [slower(row, even, stage) for row in skewed]
        cells = [f"{even['stages'][stage]['cpu']:.1f} s", *("–" if x is None else f"{x:.1f} ×" for x in ratios)]
        lines.append(f"| {stage} | " + " | ".join(cells) + " |")
    peaks = [max(stage["peak_mb"] for stage in row["stages"].values()) for row in rows]
    lines.append("| peak memory | " + " | ".join(f"{peak:,.0f} MB" for peak in peaks) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure all shapes and print the table."""
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=SHAPES)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    size = round(options.megabytes * 1e6)
    run("even", 100, 0, options.seed)  # what is compiled, is compiled now
    rows = [run(shape, options.count, size, options.seed) for shape in ("even", *options.shapes)]
    text = table(options.count, size, options.seed, rows)
    print(text)
    if options.write:
        from pages import write

        write(ROOT / "docs" / "benchmarks.md", START, END, text)


if __name__ == "__main__":
    main()
