"""The units to label: an article, or an article and a target that it mentions.

One article stands for its near-duplicates: reading the same text twice costs money and counts one event
twice. Each task keeps the probability with which its article could be drawn.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.annotation.page import config_sha256
from curation.annotation.sampling.roles import NORMAL
from curation.annotation.sampling.rounds import Article, draw_round
from curation.annotation.sampling.strata import clock, strata
from curation.config import Sample
from curation.errors import DataError, UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from curation.annotation.codebook import Codebook, Target


@dataclass(frozen=True)
class Sampled:
    """The tables of a campaign after a draw."""

    #: of all rounds
    tasks: pa.Table
    #: what could be drawn, of all rounds
    frame: pa.Table
    #: clusters that were drawn now
    new: frozenset[str]
    #: strata were too many for so few articles
    is_pooled: bool


def draw_tasks(
    documents: pa.Table,
    clusters: pa.Table,
    selection: pa.Table,
    codebook: Codebook,
    *,
    campaign: str,
    round_: str,
    more: int | None = None,
    seed: int = 1,
    settings: Sample | None = None,
    tasks: pa.Table | None = None,
    frame: pa.Table | None = None,
) -> Sampled:
    """Draw articles for a round and make their tasks. Tasks that are there stay; no article is in two rounds.

    Args:
        documents: id, title, body, outlet, section, published_at, zone, text_sha256.
        clusters: id, cluster_id.
        selection: id, selected, keeper_id.
        codebook: asks per target, or once an article.
        campaign: name of the campaign.
        round_: training, pilot, main ...
        more: articles to draw besides those that the round has; None takes all.
        seed: another one draws another sample.
        settings: what strata are made of, and quotas.
        tasks: of all rounds so far.
        frame: of all rounds so far.

    Raises:
        UsageError: `more` is less than 1, or the quotas don't fit.
        DataError: nothing is there to label.
    """
    if more is not None and more < 1:
        raise UsageError(f"a sample of {more} articles can't be drawn", remedy="Ask for 1 or more.")
    settings = settings or Sample()
    tasks = schema.empty("tasks") if tasks is None else tasks
    articles, units = _to_label(documents, clusters, selection, codebook)
    homes = _homes(tasks, clusters)
    is_drawn = pc.equal(tasks["role"], NORMAL)
    is_mine = pc.and_(is_drawn, pc.equal(tasks["round"], round_))
    earlier = tasks.filter(is_mine).to_pylist()
    rounds = {homes[row["document_id"]]: row["round"] for row in [*tasks.filter(is_drawn).to_pylist(), *earlier]}
    # gold tasks were chosen by hand: chance has no part in them
    by_hand = set(homes.values()) - set(rounds)
    taken = set(tasks["task_key"].to_pylist())
    values = strata(articles, settings.by)
    found = {row["id"]: row for row in articles.drop_columns(["published_at"]).to_pylist()}
    drawable = {row["cluster_id"]: Article(id_, values[id_]) for id_, row in found.items()}
    drawn = draw_round(
        schema.empty("frame") if frame is None else frame,
        {cluster: article for cluster, article in drawable.items() if cluster not in by_hand},
        rounds,
        campaign=campaign, round_=round_, more=more, seed=seed, settings=settings,
    )  # fmt: skip
    here = drawn.frame.filter(pc.and_(pc.equal(drawn.frame["round"], round_), drawn.frame["present"]))
    chances = {
        cluster: {"stratum": stratum, "inclusion_probability": chance}
        for cluster, stratum, chance in zip(
            *(here[name].to_pylist() for name in ("cluster_id", "stratum", "inclusion_probability")), strict=True
        )
    }
    shown = {row["document_id"] for row in earlier}
    rows = {row["task_key"]: row | chances.get(homes[row["document_id"]], {}) for row in earlier}
    for id_, target in units:
        cluster = found[id_]["cluster_id"]
        key = task_key(id_, target, codebook.name)
        # an article that was drawn stands for its cluster for good
        if key not in taken and cluster in chances and (cluster in drawn.new or id_ in shown):
            rows[key] = {
                "campaign": campaign,
                "round": round_,
                "task_key": key,
                "document_id": id_,
                "cluster_id": cluster,
                "text_sha256": found[id_]["text_sha256"],
                "target": target,
                "role": NORMAL,
                **chances[cluster],
            }
    if not rows:
        remedy = "Draw smaller rounds, or wait for more articles."
        raise DataError(f"other rounds of '{campaign}' have all {len(found):,} articles", remedy=remedy)
    made = schema.from_rows("tasks", (rows[key] for key in sorted(rows)))
    kept = schema.conform("tasks", tasks.filter(pc.invert(is_mine)))
    return Sampled(pa.concat_tables([kept, made]), drawn.frame, drawn.new, drawn.is_pooled)


def _homes(tasks: pa.Table, clusters: pa.Table) -> dict[str, str]:
    """The cluster of each document that has a task: that of now, for clusters grow together."""
    homes = dict(zip(tasks["document_id"].to_pylist(), tasks["cluster_id"].to_pylist(), strict=True))
    now = clusters.filter(pc.is_in(clusters["id"], tasks["document_id"].combine_chunks()))
    return homes | dict(zip(now["id"].to_pylist(), now["cluster_id"].to_pylist(), strict=True))


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


def indonesian_date(at: datetime | None, zone: str | None = None) -> str:
    """The day as readers of the zone wrote it; WIB where no zone is known.

    >>> from datetime import UTC, datetime
    >>> indonesian_date(datetime(2026, 3, 2, 18, 30, tzinfo=UTC), "WIB")
    '3 Maret 2026'
    """
    if at is None:
        return "(tanpa tanggal)"
    day = clock(at, zone)
    return f"{day.day} {MONTHS.split()[day.month - 1]} {day.year}"


#: what drawing looks at
READ = ["id", "title", "body", "outlet", "section", "published_at", "zone", "text_sha256"]

# -- which articles -------------------------------------------------------------------------------


def _to_label(
    documents: pa.Table, clusters: pa.Table, selection: pa.Table, codebook: Codebook
) -> tuple[pa.Table, list[tuple[str, str | None]]]:
    """The articles that may be drawn, one a cluster, and the targets that each names, by its id.

    Raises:
        DataError: there are none.
    """
    chosen = _one_per_cluster(documents, clusters, selection)
    if not chosen.num_rows:
        raise DataError("no article is selected", remedy="See why with: curation status")
    narrow = chosen.drop_columns(["title", "body"])
    if not codebook.per_target:
        return narrow, [(id_, None) for id_ in chosen["id"].to_pylist()]
    units = mentions(chosen, codebook.target)
    if not units:
        names = ", ".join(target.name for target in codebook.target)
        raise DataError(
            f"no selected article mentions a target ({names})",
            remedy="Add a [[target]] or more aliases to codebook.toml.",
        )
    named = pa.array(list(dict(units)), pa.string())
    return narrow.filter(pc.is_in(narrow["id"], named)), units


def _one_per_cluster(documents: pa.Table, clusters: pa.Table, selection: pa.Table) -> pa.Table:
    """The selected documents, one a cluster: its keeper where that is selected, else the smallest id."""
    kept = selection.filter(selection["selected"]).select(["id", "keeper_id"])
    kept = kept.join(clusters.select(["id", "cluster_id"]), "id", join_type="inner")
    order = pc.equal(kept["id"], kept["keeper_id"]).cast(pa.int8())
    kept = kept.append_column("is_keeper", order)
    kept = kept.sort_by([("cluster_id", "ascending"), ("is_keeper", "descending"), ("id", "ascending")])
    first = kept.group_by("cluster_id", use_threads=False).aggregate([("id", "first")])
    place = pc.index_in(documents["id"], first["id_first"].combine_chunks())
    chosen = documents.select(READ).filter(pc.is_valid(place))
    return chosen.append_column("cluster_id", first["cluster_id"].take(place.drop_null())).sort_by("id")


def mentions(articles: pa.Table, targets: tuple[Target, ...]) -> list[tuple[str, str | None]]:
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
