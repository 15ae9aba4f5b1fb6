"""Judging beside datatrove in one run, and how the profiles stand beside each other.

    python benchmarks/judge.py [ARTICLES.jsonl.gz] [--count 500]        speed: documents a CPU-second on one core
    python benchmarks/judge.py ARTICLES.jsonl.gz --check                are the values datatrove's own?
    python benchmarks/judge.py ARTICLES.jsonl.gz --labels ordinary.jsonl [--write]

The third way cleans the labelled articles and tells for each profile what of the ordinary news it keeps, and what of
the rest it rejects; --write puts that into ``docs/filters.md``. datatrove runs in an environment of its own
(``benchmarks/peers``), with spaCy's Indonesian tokenizer, on limits that nothing breaks, so that it counts everything.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from corpus import read, repeated
from peers.launch import ONE_THREAD, QUIET, ROOT, peers

import curation
from curation import config, store
from curation.quality.published.kernels.characters import Characters, characters
from curation.quality.published.kernels.tokens import Tokens, tokenise
from curation.quality.published.values import Values, values
from curation.quality.verdicts import verdicts
from curation.stages.judge import measure_documents

DOCS = ROOT / "docs" / "filters.md"
START, END = "<!-- bench-judge: written by benchmarks/judge.py --write -->", "<!-- bench-judge: end -->"
OURS = "indonesian-news"

# -- datatrove --------------------------------------------------------------------------------------


def datatrove(what: str, *files: Path) -> Any:
    """A run of the peer in its own environment, on one thread; what it prints."""
    [peer] = [one for one in peers() if one.name == "datatrove"]
    command = [peer.python(), "-m", "peers.datatrove_filters", what, *map(str, files)]
    environment = {**os.environ, **ONE_THREAD, **QUIET}
    run = subprocess.run(
        command, cwd=Path(__file__).parent, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(run.stdout) if run.stdout else None


def tokens_of(texts: list[str], folder: Path) -> list[list[str]]:
    """The tokens of each text as datatrove has them; they stay in the folder for its other runs."""
    pq.write_table(pa.table({"text": texts}), folder / "texts.parquet")
    datatrove("tokens", folder / "texts.parquet", folder / "tokens.parquet")
    tokens: list[list[str]] = pq.read_table(folder / "tokens.parquet")["tokens"].to_pylist()
    return tokens


def as_places(texts: list[str], tokens: list[list[str]]) -> Tokens:
    """Tokens as places in the characters of all texts."""
    places, begin = [], 0
    for text, words in zip(texts, tokens, strict=True):
        at = 0
        for word in words:
            at = text.index(word, at)
            places.append((begin + at, begin + at + len(word)))
            at += len(word)
        begin += len(text)
    starts, stops = np.array(places, np.int64).reshape(-1, 2).T.copy()
    return Tokens(starts, stops, np.cumsum([0, *map(len, tokens)]))


# -- speed ------------------------------------------------------------------------------------------


def speed(path: Path | None, count: int, rounds: int) -> None:
    """Prints documents a CPU-second of the stage, of the published measures, and of datatrove's filters."""
    pa.set_cpu_count(1)
    articles = list(repeated(read(path), count))
    frame = pa.table({"url": [one.url for one in articles], "title": [one.title for one in articles]})
    cleaned = curation.clean(frame.append_column("text", pa.array([one.text for one in articles])))
    documents = cleaned.tables["documents"]
    texts = documents["body"].to_pylist()
    batches = [documents.slice(n, store.BATCH_ROWS) for n in range(0, len(texts), store.BATCH_ROWS)]
    columns = [batch["body"].combine_chunks() for batch in batches]
    with tempfile.TemporaryDirectory() as name:
        tokens = tokens_of(texts, Path(name))
        given = [
            (column, as_places(column.to_pylist(), tokens[n : n + len(column)]))
            for column, n in zip(columns, range(0, len(texts), store.BATCH_ROWS), strict=True)
        ]
        ours = {
            "judge, all measures": lambda: [measure_documents(batch) for batch in batches],
            "published measures, our tokens": lambda: [_published(column) for column in columns],
            "published measures, its tokens": lambda: [values(characters(one), its) for one, its in given],
        }
        rates = {name: _rate(len(texts), run, rounds) for name, run in ours.items()}
        theirs = datatrove("speed", Path(name) / "tokens.parquet")
    rates |= {f"datatrove, {name}": rate for name, rate in theirs.items()}
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts):,} documents of {words:.0f} words on one core, best of {rounds}")
    for name, rate in rates.items():
        print(f"{name:<34}{rate:>9,.0f} documents a CPU-second{1e6 / rate:>9,.0f} µs each")
    for mine, theirs_ in (("our tokens", "tokens made"), ("its tokens", "tokens given")):
        ratio = rates[f"published measures, {mine}"] / rates[f"datatrove, {theirs_}"]
        print(f"published measures, {mine}: {ratio:.1f} times datatrove, {theirs_}")


def _published(column: pa.Array) -> dict[str, Values]:
    texts = characters(column)
    return values(texts, tokenise(texts))


def _rate(size: int, run: Callable[[], object], rounds: int) -> float:
    run()  # the first compiles
    best = 0.0
    for _ in range(rounds):
        start = time.process_time()
        run()
        best = max(best, size / (time.process_time() - start))
    return best


# -- the same values? ---------------------------------------------------------------------------------


def check(path: Path) -> bool:
    """Prints how many of our values, on datatrove's tokens, are datatrove's; whether all are."""
    texts = [row["text"] for row in _rows(path) if (row["text"] or "").strip()]
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "values.parquet"
        tokens = tokens_of(texts, Path(name))
        made: Characters = characters(pa.array(texts))
        found = values(made, as_places(texts, tokens))
        columns = {name: pa.array(one, from_pandas=True) for name, one in found.items()}
        pq.write_table(pa.table({"text": texts, **columns}), file)
        told = datatrove("check", file)
    own = values(made, tokenise(made))
    print(
        f"{len(texts):,} articles, {sum(map(len, tokens)):,} tokens of datatrove's, {tokenise(made).offsets[-1]:,} ours"
    )
    print(f"{'':<36}{'same':>8}{'different':>11}{'hidden':>8}   mean with its tokens, with ours")
    for measure, counts in told.items():
        means = [f"{np.nanmean(one[measure]):.4g}" for one in (found, own) if measure in one]
        cells = (counts.get("same", 0), counts.get("different", 0), counts.get("hidden", 0))
        print(f"{measure:<36}{cells[0]:>8,}{cells[1]:>11,}{cells[2]:>8,}   {'  '.join(means)}")
    return not any(counts.get("different") for counts in told.values())


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# -- the profiles beside each other ---------------------------------------------------------------------


def profiles(path: Path, labels: Path) -> str:
    """The tables of docs/filters.md: what each profile keeps and rejects of articles that a reader sorted."""
    label = {row["line"]: row for row in map(json.loads, labels.read_text(encoding="utf-8").splitlines())}
    rows = _rows(path)
    some = [{**rows[line], "text": rows[line]["text"] or ""} for line in label]
    frame = pa.table({name: [row.get(name) for row in some] for name in ("url", "title", "date", "text")})
    cleaned = curation.clean(frame).tables
    documents = cleaned["documents"]
    measures = measure_documents(documents, cleaned["findings"].select(["id", "kind"]))["measures"]
    by_url = {rows[line]["url"]: one for line, one in label.items()}
    kinds = [_kind(by_url[url]) for url in documents["url"].to_pylist()]
    number = Counter(kinds)
    names = sorted(config.profile_names(), key=lambda name: (name != OURS, name))
    found = {name: _verdicts(measures, name) for name in names}
    order = sorted((kind for kind in number if kind not in ("ordinary", "unsure")), key=lambda kind: -number[kind])
    others = sum(number[kind] for kind in order)
    table = [["", "of", *(f"`{name}`" for name in names)]]
    table.append(["ordinary news kept", str(number["ordinary"])])
    table[-1] += [_percent(_passing(found[name], kinds, "ordinary"), number["ordinary"]) for name in names]
    table.append(["anything else rejected", str(others)])
    failing = {name: {kind: number[kind] - _passing(found[name], kinds, kind) for kind in order} for name in names}
    table[-1] += [_percent(sum(failing[name].values()), others) for name in names]
    table += [
        [f"– {kind.replace('_', ' ')}", str(number[kind]), *(str(failing[name][kind]) for name in names)]
        for kind in order
    ]
    reasons = [f"- `{name}`: {_reasons(found[name], kinds)}." for name in names]
    return "\n\n".join(
        [
            _pipes(table),
            "Ordinary news that are rejected, by the limits that they break (a text may break several):",
            "\n".join(reasons),
        ]
    )


def _kind(label: dict[str, Any]) -> str:
    return str(label["reason"] or "other") if label["label"] == "not" else str(label["label"])


def _verdicts(measures: pa.Table, profile: str) -> pa.Table:
    return verdicts(measures, config.load(None, (f"quality.profile={profile}",)).quality.limits)


def _passing(found: pa.Table, kinds: list[str], kind: str) -> int:
    return sum(keep and one == kind for keep, one in zip(found["keep"].to_pylist(), kinds, strict=True))


def _reasons(found: pa.Table, kinds: list[str]) -> str:
    ordinary = found.filter(pc.equal(pa.array(kinds), "ordinary"))
    counts = Counter(pc.list_flatten(ordinary["reasons"]).to_pylist())
    return ", ".join(f"`{name}` {count}" for name, count in counts.most_common(6)) or "none"


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else ""


def _pipes(table: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in table]
    return "\n".join([lines[0], "|---" * len(table[0]) + "|", *lines[1:]])


def write(text: str) -> None:
    """Puts the tables between their markers."""
    page = DOCS.read_text(encoding="utf-8")
    before, after = page.split(START)[0], page.split(END)[1]
    DOCS.write_text(f"{before}{START}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, help="JSON lines; without it, the shipped gold set")
    parser.add_argument("--count", type=int, default=500, help="documents for the speed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="compare the values with datatrove's")
    parser.add_argument("--labels", type=Path, help="which articles, by line, are ordinary news")
    parser.add_argument("--write", action="store_true", help="put the table of profiles into docs/filters.md")
    options = parser.parse_args()
    needed = [path for path in (options.articles, options.labels) if path is not None and not path.exists()]
    if needed:
        sys.exit(f"SKIPPED: {needed[0]} is not here")
    if (options.check or options.labels) and not options.articles:
        sys.exit("name the articles")
    if options.check:
        sys.exit(0 if check(options.articles) else 1)
    if options.labels:
        text = profiles(options.articles, options.labels)
        print(text)
        if options.write:
            write(text)
        return
    speed(options.articles, options.count, options.rounds)


if __name__ == "__main__":
    main()
