"""Results inside a notebook: what came out in counts, and a few examples; at most some tens of kilobytes.

Whatever the size of the tables, counting is done by kernels; only the texts that are shown are looked at one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.explain.compare_text import KINDS as MEANINGS
from curation.explain.explanation import QUIET, explain_tables
from curation.explain.limits.text import bounds
from curation.explain.notebook import beside, marked
from curation.quality import MEASURES
from curation.report import charts
from curation.report.excerpt import clipped, counted, plain, visible
from curation.report.render import render
from curation.report.rulebook import Example, rule_rows
from curation.report.sections.measures import histogram_of, nearest_of
from curation.report.sections.rules import is_repair, shown_change
from curation.verbs.borderline import borderline
from curation.verbs.pairs import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curation.config import Config
    from curation.frame.results import Copies

    Row = dict[str, Any]
    Tables = Mapping[str, pa.Table]

MOST_RULES, MOST_DETAILS, MOST_LIMITS = 8, 6, 3
#: articles with their edits, and the characters of HTML for each
EXAMPLES, EXAMPLE_ROOM = 3, 5_000
#: clusters and borderline pairs that are shown side by side, and the characters of HTML for each
PAIRS, ONE_PAIR_ROOM = 2, 8_000
#: edits of a rule among which its examples are looked for
_LOOKED_AT = 50


def _piece(template: str, tables: Tables, **values: Any) -> str:
    made = [{"name": name, "rows": t.num_rows, "columns": t.column_names} for name, t in tables.items()]
    return render(f"notebook/{template}.html", made=made, **values)


def _bars(lines: Iterable[tuple[str, str, int]], total: int) -> list[Row]:
    """Lines of a funnel (step, loss or detail; name; count) with their shares; losses of nothing are left out."""
    return [
        {"kind": kind, "name": clipped(visible(name), 80), "count": count, "share": count / max(total, 1)}
        for kind, name, count in lines
        if count or kind == "step"
    ]


def _details(names: pa.ChunkedArray) -> list[tuple[str, str, int]]:
    """What a line consists of: the most frequent, and the rest as one."""
    ordered = _counted(names)
    rest = ordered[MOST_DETAILS:]
    lines = [("detail", name, count) for name, count in ordered[:MOST_DETAILS]]
    return [*lines, ("detail", f"{len(rest)} others", sum(count for _, count in rest))]


def _counted(names: pa.ChunkedArray) -> list[tuple[str, int]]:
    """Each name with how often it occurs, the most frequent first."""
    found = [(row["values"], row["counts"]) for row in pc.value_counts(names).to_pylist()]
    return sorted(found, key=lambda one: (-one[1], one[0]))


# -- clean ----------------------------------------------------------------------------------------


def cleaned_piece(tables: Tables, settings: Config) -> str:
    """What became of the inputs, what each rule did, and a few articles with their edits marked."""
    articles, rejected, edits = (tables[name] for name in ("articles", "rejected", "edits"))
    inputs = articles.num_rows + rejected.num_rows
    lines = [("step", "inputs", inputs), ("loss", "rejected", rejected.num_rows)]
    lines += [*_details(rejected["reason"]), ("step", "articles", articles.num_rows)]
    rules = edits.group_by("rule").aggregate([("id", "count"), ("id", "count_distinct")])
    seen = rules.filter(pc.invert(pc.is_in(rules["rule"], pa.array(sorted(QUIET)))))
    busiest = seen.sort_by([("id_count_distinct", "descending"), ("id_count", "descending"), ("rule", "ascending")])
    came, left = (_length(tables[name][column]) for name, column in (("articles", "raw"), ("documents", "body")))
    share = 1 - left / came if came else 0.0
    return _piece(
        "cleaned",
        tables,
        heading=f"{counted(inputs, 'input')}, {counted(articles.num_rows, 'article')}",
        sentence=f"{counted(edits.num_rows, 'edit')}; {share:.1%} of the characters are taken away.",
        funnel=_bars(lines, inputs),
        rules=_rule_rows(tables, busiest[:MOST_RULES].to_pylist()),
        more_rules=max(0, busiest.num_rows - MOST_RULES),
        examples=[_example(tables, key, settings) for key in _most_edited(edits)],
    )


def _length(column: pa.ChunkedArray) -> int:
    return pc.sum(pc.utf8_length(column)).as_py() or 0


def _rule_rows(tables: Tables, busiest: list[Row]) -> list[Row]:
    summaries = {row["name"]: row["summary"] for row in rule_rows()}
    edits = tables["edits"]
    rows = []
    for row in busiest:
        own = edits.filter(pc.equal(edits["rule"], row["rule"])).select(Example._fields)[:_LOOKED_AT].to_pylist()
        example = Example(**max(own, key=lambda one: min(len(one["removed"].strip()), 90)))
        raws = _values(tables["articles"], "raw", [example.id]) if is_repair(example) else {}
        rows.append(
            {
                "name": row["rule"],
                "edits": row["id_count"],
                "articles": row["id_count_distinct"],
                "summary": summaries.get(row["rule"], ""),
                "example": shown_change(example, raws),
            }
        )
    return rows


def _most_edited(edits: pa.Table) -> list[str]:
    """The articles that most rules had something to do with, quiet ones aside."""
    seen = edits.filter(pc.invert(pc.is_in(edits["rule"], pa.array(sorted(QUIET)))))
    rules = seen.group_by("id").aggregate([("rule", "count_distinct")])
    ids: list[str] = rules.sort_by([("rule_count_distinct", "descending"), ("id", "ascending")])["id"][
        :EXAMPLES
    ].to_pylist()
    return ids


def _example(tables: Tables, key: str, settings: Config) -> Row:
    e = explain_tables(tables, key, settings)
    about = " · ".join(filter(None, [e.article["id"], clipped(visible(e.document["outlet"]), 60)]))
    title = clipped(visible(e.document["title"] or "(no title)"), 120)
    return {"title": title, "about": about, "text": marked(e, EXAMPLE_ROOM)}


def _values(table: pa.Table, column: str, ids: Iterable[str]) -> dict[str, Any]:
    """A column of a few rows by their id."""
    found = table.select(["id", column]).filter(pc.is_in(table["id"], pa.array(sorted(set(ids)), pa.string())))
    return dict(zip(found["id"].to_pylist(), found[column].to_pylist(), strict=True))


# -- judge ----------------------------------------------------------------------------------------


def judged_piece(tables: Tables, texts: pa.Table, settings: Config) -> str:
    """How many pass, what the others fail, and for the limits that most break the articles nearest to them."""
    verdicts, findings = tables["verdicts"], tables["findings"]
    total = verdicts.num_rows
    reasons = verdicts["reasons"].filter(pc.invert(verdicts["keep"]))
    lines = [("step", "articles", total), ("loss", "fail", len(reasons))]
    lines += [*_details(pc.binary_join(reasons, " + ")), ("step", "pass", total - len(reasons))]
    broken = _counted(pc.list_flatten(reasons))
    kinds = _counted(findings["kind"])
    return _piece(
        "judged",
        tables,
        heading=f"{total - len(reasons):,} of {counted(total, 'article')} pass",
        funnel=_bars(lines, total),
        limits=[_limit_row(tables["measures"], texts, name, count, settings) for name, count in broken[:MOST_LIMITS]],
        more_limits=", ".join(f"{name} ({count:,})" for name, count in broken[MOST_LIMITS:]),
        findings=", ".join(f"{name.replace('_', ' ')}: {count:,}" for name, count in kinds),
    )


def _limit_row(measures: pa.Table, texts: pa.Table, name: str, count: int, settings: Config) -> Row:
    limit = settings.quality.limits[name]
    measure = next(one for one in MEASURES if one.name == name)
    values = measures[name].to_numpy(zero_copy_only=False).astype(np.float64)
    told = np.flatnonzero(~np.isnan(values))
    drawn = histogram_of(values[told], limit)
    near = nearest_of(measures["id"].combine_chunks(), values, told, limit)
    titles = _values(texts, "title", [row["id"] for row in near])
    return {
        "measure": name,
        "unit": measure.unit,
        "summary": plain(measure.summary),
        "bounds": bounds(limit),
        "documents": count,
        "told": len(told),
        "chart": charts.histogram(drawn["edges"], drawn["counts"], limit.min, limit.max),
        "near": [row | {"title": clipped(visible(titles.get(row["id"]) or "(no title)"), 100)} for row in near],
    }


# -- dedup ----------------------------------------------------------------------------------------


def copies_piece(copies: Copies) -> str:
    """How many are copies, pairs by kind, and side by side the largest clusters and the pairs nearest to a limit."""
    pairs, clusters = copies.tables["pairs"], copies.tables["clusters"]
    total = clusters.num_rows
    kept = pc.count_distinct(clusters["cluster_id"]).as_py()
    several = clusters.filter(pc.greater(clusters["size"], 1))
    lines = [("step", "articles", total), ("loss", "copies of another", total - kept), ("step", "different", kept)]
    shown = _of_largest(pairs, several)
    # twice as many as are shown: some stand for their cluster already
    near = borderline(pairs, copies.limits, 2 * PAIRS).to_pylist() if pairs.num_rows else []
    keys = [key for row in near if (key := (row["id_a"], row["id_b"])) not in shown][:PAIRS]
    flips = {(row["id_a"], row["id_b"]): row["flip"] for row in near}
    found = counted(pc.count_distinct(several["cluster_id"]).as_py(), "cluster")
    return _piece(
        "copies",
        copies.tables,
        heading=f"{kept:,} different articles among {total:,}",
        limits=f"{counted(several.num_rows, 'article')} in {found}, by J of at least {copies.limits.jaccard:g}"
        f" or C of at least {copies.limits.containment:g}.",
        funnel=_bars(lines, total),
        kinds=_kind_rows(pairs),
        clusters=[_pair_view(copies, key) for key in shown],
        near=[_pair_view(copies, key, flips[key]) for key in keys],
    )


def _kind_rows(pairs: pa.Table) -> list[Row]:
    rows = pairs.group_by(["kind", "merges"]).aggregate([("id_a", "count")]).to_pylist()
    rows.sort(key=lambda row: (not row["merges"], KINDS.index(row["kind"])))
    return [row | {"meaning": MEANINGS[row["kind"]], "pairs": row["id_a_count"]} for row in rows]


def _of_largest(pairs: pa.Table, several: pa.Table) -> list[tuple[str, str]]:
    """Of each of the largest clusters the pair that shares least; of copies that share all there is nothing to see."""
    order = [("size", "descending"), ("cluster_id", "ascending")]
    largest = several.group_by(["cluster_id", "size"]).aggregate([]).sort_by(order)["cluster_id"][: 5 * PAIRS]
    told = pairs.filter(pc.and_(pairs["merges"], pc.less(pairs["jaccard"], 1.0)))
    found = []
    for cluster in largest:
        own = several.filter(pc.equal(several["cluster_id"], cluster))["id"].combine_chunks()
        within = told.filter(pc.and_(pc.is_in(told["id_a"], own), pc.is_in(told["id_b"], own)))
        least = within.sort_by([("jaccard", "ascending"), ("id_a", "ascending"), ("id_b", "ascending")])[:1].to_pylist()
        found += [(row["id_a"], row["id_b"]) for row in least]
    return found[:PAIRS]


def _pair_view(copies: Copies, key: tuple[str, str], flip: str = "") -> Row:
    view = beside(copies.compare(*key), ONE_PAIR_ROOM)
    return view | {"reasons": [*view["reasons"], *([flip] if flip else [])]}
