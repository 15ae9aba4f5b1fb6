"""Cleaning of plain text, beside the peers in one run: documents a CPU-second on one core, and memory by size.

    python benchmarks/clean.py [ARTICLES.jsonl.gz]
    python benchmarks/clean.py [ARTICLES.jsonl.gz] --memory 10000 100000 1000000

The peers do less: C4's line rules and the loop of regular expressions keep no record of what they removed, and
trafilatura and jusText are given each line as a paragraph, which is how people use them on text.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
from corpus import Article, read, repeated

from curation import store
from curation.boilerplate import RULES
from curation.boilerplate.cleaner import clean_texts
from curation.rule import Context
from curation.sites import shipped_sites

BATCH = store.BATCH_ROWS

# -- who takes part --------------------------------------------------------------------------------


def ours(articles: list[Article]) -> None:
    """All rules, with titles, site records and recorded edits, as the stage `clean` runs them."""
    sites = shipped_sites()
    seen = frozenset(article.title for article in articles if article.title and len(article.title) >= 20)
    for start in range(0, len(articles), BATCH):
        part = articles[start : start + BATCH]
        context = Context(
            titles=[article.title for article in part],
            sites=[sites.find(article.host) for article in part],
            owners=[(article.host,) for article in part],
            seen_titles=seen,
        )
        clean_texts([article.text for article in part], context, RULES)


_C4_END = (".", "?", "!", '"', "'")
_C4_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies")


def c4_lines(articles: list[Article]) -> None:
    """The line rules of C4 (Raffel et al. 2020)."""
    for article in articles:
        kept = []
        for line in article.text.split("\n"):
            line = line.strip()
            lower = line.lower()
            if not line.endswith(_C4_END) or line.endswith("...") or len(line.split()) < 3:
                continue
            if any(len(word) > 1_000 for word in line.split()):
                continue
            if "javascript" in lower or any(phrase in lower for phrase in _C4_POLICY):
                continue
            kept.append(line)
        "\n".join(kept)


#: what people paste into a notebook
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\s*(?:baca|simak|lihat|tonton) juga\s*:?.*$",
        r"(?:baca|simak|lihat) juga\s*:\s*[^.!?\n]{10,150}",
        r"^\s*(?:advertisement|iklan|scroll to continue.*|scroll to resume.*)\s*$",
        r"\[gambas:[^\]]+\]",
        r"\((?:[a-z]{2,4})/(?:[a-z]{2,4})\)\s*$",
        r"^\s*(?:editor|penulis|reporter|pewarta|kontributor|sumber)\s*:.*$",
        r"^laporan wartawan [^,]+,.*$",
        r"^\s*[a-z .]{3,40},?\s*(?:kompas\.com|tribunnews\.com|tempo\.co|liputan6\.com)?\s*[-–—]+\s*",
        r"artikel ini telah tayang di .*$",
        r"(?:ikuti|dapatkan|cek|simak) (?:berita|kabar|update|informasi).*(?:google news|whatsapp|telegram|channel).*$",
        r"^\s*(?:foto|ilustrasi|gambar)\s*[:/].*$",
        r"^\s*(?:copyright|hak cipta|©).*$",
        r"^\s*(?:halaman selanjutnya|selengkapnya|berita selengkapnya).*$",
        r"^\s*(?:tag|tags|topik|topik terkait)\s*:.*$",
        r"\*{3,}\s*$",
        r"^\s*\d+\s*(?:min|menit)(?: read| baca)?\s*$",
        r"^\s*(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu),? \d{1,2} \w+ \d{4}.*$",
        r"[\u200b-\u200f\u00ad\ufeff]",
        r"(?<=[a-z][.!?])(?=[A-Z][a-z])",
        r"[ \t\u00a0]{2,}",
    )
]


def plain_re(articles: list[Article]) -> None:
    """Twenty regular expressions, line by line."""
    for article in articles:
        kept = []
        for line in article.text.split("\n"):
            for pattern in _PATTERNS:
                line = pattern.sub("", line)
            kept.append(line)
        "\n".join(kept)


def _as_page(article: Article) -> str:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in article.text.split("\n"))
    return f"<html><body><article>{paragraphs}</article></body></html>"


def trafilatura(articles: list[Article]) -> None:
    """Each line as a paragraph."""
    from trafilatura import extract

    for article in articles:
        extract(_as_page(article), include_comments=False)


def justext(articles: list[Article]) -> None:
    """Each line as a paragraph, with its Indonesian stop words."""
    import justext as library

    words = library.get_stoplist("Indonesian")
    for article in articles:
        library.justext(_as_page(article).encode(), words)


PEERS: tuple[tuple[str, Callable[[list[Article]], None], int], ...] = (
    # name, how, share of the articles: the slow ones are given fewer
    ("curation, all rules", ours, 1),
    ("C4's line rules", c4_lines, 1),
    ("20 regular expressions", plain_re, 1),
    ("jusText", justext, 20),
    ("trafilatura", trafilatura, 20),
)

# -- speed -----------------------------------------------------------------------------------------


def speed(articles: list[Article], rounds: int) -> None:
    """Documents a CPU-second of each, the best of some rounds, the peers in turn within a round."""
    pa.set_cpu_count(1)
    best = dict.fromkeys((name for name, *_ in PEERS), 0.0)
    for _ in range(rounds):
        for name, run, share in PEERS:
            some = articles[: max(1, len(articles) // share)]
            start = time.process_time()
            run(some)
            best[name] = max(best[name], len(some) / (time.process_time() - start))
    mean = sum(len(article.text.split()) for article in articles) / len(articles)
    print(f"{len(articles):,} articles of {mean:.0f} words, {len(RULES)} rules, best of {rounds}")
    own = best[PEERS[0][0]]
    for name, value in best.items():
        print(f"{name:<24} {value:>9,.0f} documents a CPU-second  {own / value:>7.2f} x as slow as curation")


# -- memory ----------------------------------------------------------------------------------------


def memory(articles: list[Article], sizes: Iterable[int]) -> None:
    """The peak of `curation clean` with all of its processes, by number of documents."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "articles.jsonl"
            with path.open("w", encoding="utf-8") as file:
                for number, article in enumerate(repeated(articles, size)):
                    row = {"id": str(number), "url": article.url, "title": article.title, "text": article.text}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            start = time.monotonic()
            command = [sys.executable, "-m", "curation", "clean", str(path), "-o", f"{folder}/out", "-q"]
            peak = _peak(subprocess.Popen(command, stdout=subprocess.DEVNULL))
            seconds = time.monotonic() - start
        rate = size / seconds
        print(f"{size:>9,} documents: peak {peak / 2**20:>6,.0f} MiB, {seconds:,.0f} s, {rate:,.0f} a second")


def _peak(process: subprocess.Popen[bytes]) -> int:
    """The highest sum of proportional set sizes, in bytes, of a process and its children while it runs."""
    peak = 0
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.2):
            peak = max(peak, sum(map(_pss, _family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        raise SystemExit(f"curation clean ended with {code}")
    return peak


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(found for child in children for found in _family(int(child)))]


def _pss(pid: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:  # it has just ended
        return 0
    return int(found[1]) * 1024 if found else 0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, help="JSON lines; without it, the shipped gold set")
    parser.add_argument("--count", type=int, default=4_000, help="articles for the speed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", type=int, nargs="+", metavar="N", help="measure the memory for these sizes")
    options = parser.parse_args()
    articles = read(options.articles)
    if options.memory:
        memory(articles, options.memory)
    else:
        speed(list(repeated(articles, options.count)), options.rounds)


if __name__ == "__main__":
    main()
