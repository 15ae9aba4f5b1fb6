"""The draw of one round: the first, or more of it after the corpus grew, with the chance of every article.

What was drawn before stays drawn. That is why an article that came later is in a stratum of its own ("Detak, draw 2"):
it did not have the chances that the others had. Within a stratum all had the same, so those that were drawn are a
simple random sample of it, and the chance of each is drawn / articles. docs/sampling.md says more.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from curation import schema
from curation.annotation.sampling.draw import in_order
from curation.annotation.sampling.quota import allotted, budgets, by_value, pooled
from curation.annotation.sampling.strata import Values, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Sample

#: its order is that of the seed alone; every other round has one of its own, so that no round depends on another
MAIN = "main"


class Article(NamedTuple):
    """What may be drawn, and stands for its cluster."""

    id: str
    values: Values


class _Cell(NamedTuple):
    """Articles that had the same chances so far."""

    values: Values
    draw: int

    @property
    def name(self) -> str:
        return label(self.values, self.draw)


@dataclass(frozen=True)
class Drawn:
    """What a round holds after a draw."""

    #: the frame of all rounds
    frame: pa.Table
    #: clusters that were drawn now
    new: frozenset[str]
    #: strata were too many for so few articles
    is_pooled: bool


def draw_round(
    frame: pa.Table,
    articles: Mapping[str, Article],
    rounds: Mapping[str, str],
    *,
    campaign: str,
    round_: str,
    more: int | None,
    seed: int,
    settings: Sample,
) -> Drawn:
    """Draw articles for a round, and tell the chance that it had to draw each.

    Args:
        frame: of all rounds, from earlier draws; without this round at its first.
        articles: all that may be drawn now, by cluster.
        rounds: the round of each cluster that has been drawn by one: this keeps its own and draws none of the others.
        campaign: its name.
        round_: its name.
        more: articles to draw besides those that the round has; None takes all.
        seed: another one draws another sample.
        settings: what strata are made of, and quotas.

    Raises:
        UsageError: the quotas don't fit.
    """
    place, quotas = by_value(settings.quota, settings.by, {article.values for article in articles.values()})

    def group(cell: _Cell) -> str | None:
        """The value of a stratum that has a quota."""
        return cell.values[place] if cell.values and cell.values[place] in quotas else None

    mine, others = _known(frame, round_)
    draw = 1 + max((row["draw"] for row in mine.values()), default=0)
    cells = _cells(articles, mine, rounds, round_, draw)
    free = {cluster: cell for cluster, cell in cells.items() if rounds.get(cluster, round_) == round_}
    had = Counter(free[cluster] for cluster in free if cluster in rounds)

    # how many of each quota and of all others, in which strata
    in_groups = Counter(group(cell) for cell in free.values())
    had_in_groups = Counter(group(cell) for cell in had.elements())
    n = None if more is None else min(had.total() + more, len(free))
    goals = budgets(in_groups, had_in_groups, quotas, n)
    fresh = {cell for cell in free.values() if cell.draw == draw}
    count = Counter(map(group, fresh))
    many = {name for name, goal in goals.items() if count[name] > max(1, goal - had_in_groups[name])}
    thin = {cell: _Cell(pooled(cell.values, place, quotas), draw) for cell in fresh if group(cell) in many}
    cells = {cluster: thin.get(cell, cell) for cluster, cell in cells.items()}
    sizes = Counter(cells[cluster] for cluster in free)
    wanted: dict[_Cell, int] = {}
    for name, goal in goals.items():
        here = {cell.name: cell for cell in sizes if group(cell) == name}
        there = {key: sizes[cell] for key, cell in here.items()}
        share = allotted(there, {key: had[cell] for key, cell in here.items()}, goal, settings.least)
        wanted |= {cell: share[key] for key, cell in here.items()}

    drawn, new = had.copy(), set()
    clusters = {articles[cluster].id: cluster for cluster in free if cluster not in rounds}
    for id_ in in_order(clusters, seed, *([] if round_ == MAIN else [round_])):
        cell = cells[clusters[id_]]
        if drawn[cell] < wanted[cell]:
            drawn[cell] += 1
            new.add(clusters[id_])
    # a round draws from what no other one has
    chance = {cell: drawn[cell] / size for cell, size in sizes.items()}
    rows = {cluster: row | {"present": False} for cluster, row in mine.items()}
    for cluster, cell in cells.items():
        rows[cluster] = {
            "campaign": campaign,
            "round": round_,
            "cluster_id": cluster,
            "values": list(cell.values),
            "draw": cell.draw,
            "stratum": cell.name,
            "inclusion_probability": chance.get(cell, 0.0) * max(0.0, 1 - others[cluster]),
            "present": True,
        }
    made = schema.from_rows("frame", (rows[cluster] for cluster in sorted(rows)))
    kept = frame.filter(pc.not_equal(frame["round"], round_))
    return Drawn(pa.concat_tables([kept, made]), frozenset(new), bool(thin))


def _known(frame: pa.Table, round_: str) -> tuple[dict[str, dict[str, Any]], Counter[str]]:
    """The frame of a round by cluster, and the chance of each cluster that another round drew it."""
    is_mine = pc.equal(frame["round"], round_)
    others: Counter[str] = Counter()
    rest = frame.filter(pc.invert(is_mine))
    for cluster, chance in zip(rest["cluster_id"].to_pylist(), rest["inclusion_probability"].to_pylist(), strict=True):
        others[cluster] += chance
    return {row["cluster_id"]: row for row in frame.filter(is_mine).to_pylist()}, others


def _cells(
    articles: Mapping[str, Article], mine: Mapping[str, Any], rounds: Mapping[str, str], round_: str, draw: int
) -> dict[str, _Cell]:
    """The stratum of each article: that in which it came in, or a new one.

    What this round has but never drew from its frame, such as a pick whose cluster was named anew, is in none: it keeps
    the chance it had.
    """
    known = {cluster: _Cell(tuple(row["values"]), row["draw"]) for cluster, row in mine.items()}
    return {
        cluster: known.get(cluster) or _Cell(article.values, draw)
        for cluster, article in articles.items()
        if cluster in known or rounds.get(cluster) != round_
    }
