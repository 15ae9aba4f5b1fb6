"""The units to label: an article, or an article and a target that it mentions.

One article stands for its near-duplicates: reading the same text twice costs money and counts one event
twice. Each task keeps the probability with which its article could be drawn.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import timedelta, timezone
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.annotation.page import config_sha256
from curation.annotation.sampling.draw import draw
from curation.errors import DataError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from curation.annotation.codebook import Codebook, Target


def make_tasks(
    documents: pa.Table,
    clusters: pa.Table,
    selection: pa.Table,
    codebook: Codebook,
    *,
    campaign: str,
    round_: str,
    n: int | None = None,
    seed: int = 1,
) -> pa.Table:
    """The tasks table of one round, in an order that says nothing.

    Args:
        documents: id, title, body, outlet, text_sha256.
        clusters: id, cluster_id.
        selection: id, selected, keeper_id.
        codebook: asks per target, or once an article.
        campaign: name of the campaign.
        round_: training, pilot, main ...
        n: articles to draw, shared out among outlets in proportion, at least one each; None takes all.
        seed: another one draws another sample.

    Raises:
        UsageError: `n` is less than 1.
        DataError: nothing is there to label.
    """
    if n is not None and n < 1:
        raise UsageError(f"a sample of {n} articles can't be drawn", remedy="Ask for 1 or more.")
    chosen = _one_per_cluster(documents, clusters, selection)
    if not chosen.num_rows:
        raise DataError("no article is selected", remedy="See why with: curation status")
    if codebook.per_target:
        units = _mentions(chosen, codebook.target)
    else:
        units = [(id_, None) for id_ in chosen["id"].to_pylist()]
    if not units:
        names = ", ".join(target.name for target in codebook.target)
        raise DataError(
            f"no selected article mentions a target ({names})",
            remedy="Add a [[target]] or more aliases to codebook.toml.",
        )
    articles = {row["id"]: row for row in chosen.drop_columns(["title", "body"]).to_pylist()}
    drawn = draw({id_: articles[id_]["outlet"] for id_, _ in units}, n, seed)
    rows = [
        {
            "campaign": campaign,
            "round": round_,
            "task_key": task_key(id_, target, codebook.name),
            "document_id": id_,
            "cluster_id": articles[id_]["cluster_id"],
            "text_sha256": articles[id_]["text_sha256"],
            "target": target,
            "stratum": drawn[id_][0],
            "inclusion_probability": drawn[id_][1],
            "role": "normal",
        }
        for id_, target in units
        if id_ in drawn
    ]
    return schema.from_rows("tasks", sorted(rows, key=lambda row: row["task_key"]))


def task_key(document_id: str, target: str | None, question_set: str) -> str:
    """Names a task wherever it is labelled: the same in every campaign, round and tool.

    >>> task_key("0f3a", "jalur sepeda kota", "stance")
    '4e981bd673692d4b'
    """
    return hashlib.sha256(f"{document_id}\0{target or ''}\0{question_set}".encode()).hexdigest()[:16]


def tasks_json(tasks: pa.Table, documents: pa.Table, codebook: Codebook) -> list[dict[str, Any]]:
    """The tasks as Label Studio imports them, with what the annotator may see and nothing more.

    Raises:
        DataError: a document is missing or its text is no longer the one that the task was made for.
    """
    needed = documents.filter(pc.is_in(documents["id"], tasks["document_id"].combine_chunks()))
    articles = {row["id"]: row for row in needed.select(_SHOWN).to_pylist()}
    page = config_sha256(codebook)
    made = []
    for task in tasks.to_pylist():
        article = articles.get(task["document_id"])
        if article is None or article["text_sha256"] != task["text_sha256"]:
            what = "is missing" if article is None else "has another text than when the task was made"
            raise DataError(
                f"document {task['document_id']} {what}", remedy="Make the tasks again: curation label export"
            )
        data = {
            "task_key": task["task_key"],
            "document_id": task["document_id"],
            "text_sha256": task["text_sha256"],
            "title": article["title"] or "(tanpa judul)",
            "outlet": article["outlet"],
            "date": indonesian_date(article["published_at"], article["zone"]),
            "text": article["body"],
            "target": task["target"] or "",
            "guideline_version": codebook.version,
            "label_config_sha256": page,
        }
        made.append({"data": data})
    return made


_SHOWN = ["id", "text_sha256", "title", "outlet", "published_at", "zone", "body"]
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}


def indonesian_date(at: datetime | None, zone: str | None = None) -> str:
    """The day as readers of the zone wrote it; WIB where no zone is known.

    >>> from datetime import UTC, datetime
    >>> indonesian_date(datetime(2026, 3, 2, 18, 30, tzinfo=UTC), "WIB")
    '3 Maret 2026'
    """
    if at is None:
        return "(tanpa tanggal)"
    offset = re.fullmatch(r"([+-]\d\d):?(\d\d)", zone or "")
    hours = float(offset[1]) + int(offset[2]) / 60 if offset else ZONES.get(zone or "", 7)
    day = at.astimezone(timezone(timedelta(hours=hours)))
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}"


# -- which articles -------------------------------------------------------------------------------


def _one_per_cluster(documents: pa.Table, clusters: pa.Table, selection: pa.Table) -> pa.Table:
    """The selected documents, one a cluster: its keeper where that is selected, else the smallest id."""
    kept = selection.filter(selection["selected"]).select(["id", "keeper_id"])
    kept = kept.join(clusters.select(["id", "cluster_id"]), "id", join_type="inner")
    order = pc.equal(kept["id"], kept["keeper_id"]).cast(pa.int8())
    kept = kept.append_column("is_keeper", order)
    kept = kept.sort_by([("cluster_id", "ascending"), ("is_keeper", "descending"), ("id", "ascending")])
    first = kept.group_by("cluster_id", use_threads=False).aggregate([("id", "first")])
    place = pc.index_in(documents["id"], first["id_first"].combine_chunks())
    chosen = documents.select(["id", "title", "body", "outlet", "text_sha256"]).filter(pc.is_valid(place))
    return chosen.append_column("cluster_id", first["cluster_id"].take(place.drop_null())).sort_by("id")


def _mentions(articles: pa.Table, targets: tuple[Target, ...]) -> list[tuple[str, str | None]]:
    """Every article with every target that its title or body names, as whole words in any letter case."""
    title = pc.utf8_normalize(pc.fill_null(articles["title"], ""), form="NFC")
    body = pc.utf8_normalize(articles["body"], form="NFC")
    found: list[tuple[str, str | None]] = []
    for target in targets:
        pattern = _whole_words((target.name, *target.aliases))
        mask = pc.or_(
            pc.match_substring_regex(title, pattern, ignore_case=True),
            pc.match_substring_regex(body, pattern, ignore_case=True),
        )
        found += [(id_, target.name) for id_ in articles["id"].filter(mask).to_pylist()]
    return found


def _whole_words(phrases: tuple[str, ...]) -> str:
    """RE2 pattern for any of the phrases, whatever blank space lies between their words."""
    parts = [
        r"[\s\pZ]+".join(re.escape(word) for word in unicodedata.normalize("NFC", phrase).split()) for phrase in phrases
    ]
    return rf"(?:^|[^\pL\pN_])(?:{'|'.join(parts)})(?:$|[^\pL\pN_])"
