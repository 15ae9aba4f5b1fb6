"""Score the judge: what should be rejected, for the right reason, and what must be kept.

Pages are cleaned and judged as users do it, with the shipped profile. ``judge/dev`` was looked at while measures were
written, ``judge/held_out`` was not (see judge/README.md).
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import curation

HERE = Path(__file__).parent
SETS = HERE / "judge"
#: real articles and what a reader called them; they are not part of this project
DATA = HERE.parents[1] / "../shared/data"

#: what a reader calls a page that is no ordinary news, and the measures that say the same
READERS: dict[str, tuple[str, ...]] = {
    "list_table": ("table", "answer_key"),
    "stub": ("word_count", "truncated", "paywall"),
    "photo_video": ("photo_page", "video_page", "word_count"),
    "advert_promo": ("advertorial", "spam"),
    "fact_check_post": ("fact_check",),
    "horoscope_zodiac_lyrics": ("horoscope", "lyrics"),
    "not_indonesian": ("indonesian",),
    "broken": ("mojibake", "repetition", "truncated"),
    "other": (),
}


@dataclass
class Tally:
    """One kind of page: how many, how many were rejected, and for a right reason."""

    pages: int = 0
    rejected: int = 0
    right: int = 0
    #: (id, reasons) of the pages that came out wrong
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def add(self, page: str, reasons: list[str], expected: list[str], repairable: bool = False) -> None:
        """Count one page; nothing is expected of what must be kept, or of what cleaning may have repaired."""
        right = bool(set(reasons) & set(expected)) if reasons else repairable or not expected
        self.pages += 1
        self.rejected += bool(reasons)
        self.right += right
        if not right:
            self.wrong.append((page, ", ".join(reasons) or "kept"))


def judged(pages: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The reasons against each page, by its id; pages that were no article are not there."""
    made = curation.clean(_frame(pages))
    names = dict(zip(*(made.articles[column].to_pylist() for column in ("id", "source_id")), strict=True))
    verdicts = curation.judge(made.documents, made.findings).verdicts
    rows = zip(verdicts["id"].to_pylist(), verdicts["reasons"].to_pylist(), strict=True)
    return {names[key]: reasons for key, reasons in rows}


def _frame(pages: list[dict[str, Any]]) -> Any:
    import pyarrow as pa

    columns = ("id", "title", "text", "url")
    return pa.table({name: pa.array([page.get(name) for page in pages], pa.string()) for name in columns})


def tallies(side: str) -> dict[str, Tally]:
    """What became of each kind of page of one side: dev or held_out."""
    files = sorted((SETS / side).glob("*.jsonl"))
    kinds = {file.stem: [json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in files}
    reasons = judged([page for pages in kinds.values() for page in pages])
    made: dict[str, Tally] = {}
    for kind, pages in kinds.items():
        made[kind] = Tally()
        for page in pages:
            # what cleaning could not even take in is rejected there, for a reason of its own
            found = reasons.get(page["id"], ["not an article"])
            made[kind].add(page["id"], found, page["expected"], page.get("repairable", False))
    return made


def real() -> dict[str, Tally]:
    """What became of the real articles, by what a reader called them; nothing where they are not here."""
    articles, labels = DATA / "articles.jsonl.gz", DATA / "ordinary.jsonl"
    if not articles.exists():
        return {}
    label = {row["line"]: row for row in map(json.loads, labels.read_text("utf-8").splitlines())}
    with gzip.open(articles, "rt", encoding="utf-8") as lines:
        chosen = {i: json.loads(line) for i, line in enumerate(lines) if i in label}
    pages = [{**{name: chosen[i].get(name) for name in ("title", "text", "url")}, "id": str(i)} for i in label]
    reasons = judged(pages)
    made: dict[str, Tally] = {"ordinary": Tally()}
    for i, row in label.items():
        if str(i) not in reasons or row["label"] == "unsure":  # a repeat of another one, or nobody knows
            continue
        kind = "ordinary" if row["label"] == "ordinary" else row["reason"]
        expected = [] if kind == "ordinary" else list(READERS[kind])
        if kind != "ordinary" and not expected:
            continue
        made.setdefault(kind, Tally()).add(str(i), reasons[str(i)], expected)
    return made


def figures(made: dict[str, Tally]) -> dict[str, float]:
    """The share of pages that came out right, by kind; how often the reason `gambling` is right; and overall."""
    found = {kind: tally.right / tally.pages for kind, tally in made.items() if tally.pages}
    bad = [tally for kind, tally in made.items() if kind not in KEPT]
    good = [tally for kind, tally in made.items() if kind in KEPT]
    for name, group in (("all_rejected", bad), ("all_kept", good)):
        if pages := sum(tally.pages for tally in group):
            found[name] = sum(tally.right for tally in group) / pages
    if "gambling" in made and "gambling_news" in made:
        caught = made["gambling"].right
        honest = sum("gambling" in reasons.split(", ") for kind in KEPT for _, reasons in made.get(kind, Tally()).wrong)
        found["gambling_precision"] = caught / max(1, caught + honest)
    return found


#: kinds that must be kept
KEPT = ("gambling_news", "ordinary")


def table(made: dict[str, Tally]) -> str:
    """A line a kind."""
    lines = [f"{'':26}{'pages':>6}{'rejected':>10}{'right':>8}"]
    for kind, tally in made.items():
        lines.append(f"{kind:26}{tally.pages:>6}{tally.rejected:>10}{tally.right / max(1, tally.pages):>8.3f}")
    return "\n".join(lines)


def mistakes(made: dict[str, Tally]) -> str:
    """Every page that came out wrong."""
    return "\n".join(f"wrong  {kind:26}{page:32}{reasons}" for kind, t in made.items() for page, reasons in t.wrong)
