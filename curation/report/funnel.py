"""The funnel: from every input to the selection, so that each one is accounted for.

Lines with a colon break down the line above them. What is quarantined or dropped as a batch stands below, outside
the sum: inputs = rejected + articles, and articles = everything from ``out of scope`` to ``selected``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curation.workspace import Workspace

Funnel = list[tuple[str, int]]

#: what remains after a step; every other line is what is left out
REMAINS = ("inputs", "articles", "selected")
#: what stands below, with no share of the inputs
OUTSIDE = ("quarantined batches", "dropped batches")
#: lines that break a line down; the rest is summed up, so that a funnel stays short
_MOST_DETAILS = 12
_WIDTH = 24

#: Measures that fail where the chrome of a site is left in its texts, and the share of articles from which it is told.
_OF_CHROME = {"menu", "truncated"}
_MUCH = 0.05

_OUTCOMES = {
    "out of scope": "out_of_scope",
    "failed checks": "failed_checks",
    "duplicates": "duplicate",
    "dropped by decision": "decision",
    "withdrawn": "withdrawn",
}


def funnel_of(workspace: Workspace) -> Funnel:
    """The funnel of a workspace, from its tables alone: (what, how many) in reading order.

    A document that fails several checks counts once, under their combination.
    """
    batches = workspace.batches()
    accepted = [workspace.batch_stage(batch.name, "ingest") for batch in batches if batch.state == "accepted"]
    rejected = Counter(
        reason for stage in accepted for reason in stage.read("rejected", ["reason"])["reason"].to_pylist()
    )
    articles = sum(store.count_rows(stage.table("articles")) for stage in accepted)
    selection = _of_accepted(workspace)

    funnel: Funnel = [("inputs", rejected.total() + articles)]
    funnel += _with_details("rejected", rejected)
    funnel.append(("articles", articles))
    for line, outcome in _OUTCOMES.items():
        reasons = selection.filter(pc.equal(selection["outcome"], outcome))["why"].to_pylist()
        if line in ("out of scope", "failed checks"):
            funnel += _with_details(line, Counter(map(_combination, reasons)))
        else:
            funnel.append((line, len(reasons)))
    chosen = selection.filter(selection["selected"])["why"].to_pylist()
    funnel.append(("not selected yet", articles - selection.num_rows))
    funnel.append(("selected", len(chosen)))
    decided = sum(why != "selected" for why in chosen)
    funnel += [("selected: by decision", decided)] if decided else []
    for line in OUTSIDE:
        out = [batch.name for batch in batches if batch.state == line.removesuffix(" batches")]
        sizes = {name: _inputs(workspace.batch_stage(name, "ingest")) for name in out}
        funnel += _with_details(line, Counter(sizes), keep_empty=True)
    return funnel


def funnel_text(funnel: Iterable[tuple[str, int]]) -> str:
    """The funnel for a terminal: filled bars for what remains, hatched ones for what is left out.

    >>> print(funnel_text([("inputs", 4), ("rejected", 1), ("rejected: empty", 1), ("articles", 3), ("selected", 3)]))
    inputs        4 100% ████████████████████████
    - rejected    1  25% ░░░░░░
        empty     1
    articles      3  75% ██████████████████
    selected      3  75% ██████████████████
    """
    lines = [line for line in funnel if line[1] or line[0] in REMAINS]
    total = dict(lines).get("inputs", 0)
    names = [_name(what) for what, _ in lines]
    width = max(map(len, names), default=0)
    digits = max((len(f"{count:,}") for _, count in lines), default=1)
    rows = []
    for name, (what, count) in zip(names, lines, strict=True):
        row = f"{name:<{width}}  {count:>{digits + 2},}"
        if total and what not in OUTSIDE and not is_detail(what):
            block = "█" if what in REMAINS else "░"
            row += f" {count / total:>4.0%} " + block * round(_WIDTH * count / total)
        rows.append(row.rstrip())
    return "\n".join(rows)


def left_chrome(funnel: Iterable[tuple[str, int]]) -> str:
    """What to say of a corpus whose articles fail as the chrome of a site makes them fail; nothing where few do.

    >>> left_chrome([("articles", 100), ("failed checks: truncated", 20), ("failed checks: menu + truncated", 10)])
    '30 of 100 articles fail as truncated or menu: chrome of their sites may be left in them. Learn it: curation learn'
    >>> left_chrome([("articles", 100), ("failed checks: truncated", 2), ("failed checks: menu + word_count", 40)])
    ''
    """
    counts = dict(funnel)
    articles = counts.get("articles", 0)
    failed = sum(
        count
        for what, count in counts.items()
        if what.startswith("failed checks: ") and _OF_CHROME.issuperset(what.partition(": ")[2].split(" + "))
    )
    if failed <= _MUCH * articles:
        return ""
    return (
        f"{failed:,} of {articles:,} articles fail as truncated or menu: chrome of their sites may be left in them. "
        "Learn it: curation learn"
    )


def is_detail(what: str) -> bool:
    """Whether a line breaks down the one above it."""
    return ": " in what


def _name(what: str) -> str:
    if is_detail(what):
        return "    " + what.partition(": ")[2]
    return what if what in REMAINS else f"- {what}"


def _with_details(line: str, counts: Counter[str], keep_empty: bool = False) -> Funnel:
    """A line and, most frequent first, what it consists of."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown, rest = ordered[:_MOST_DETAILS], ordered[_MOST_DETAILS:]
    details = [(f"{line}: {what}", count) for what, count in shown if count or keep_empty]
    if rest:
        details.append((f"{line}: {len(rest)} others", sum(count for _, count in rest)))
    return [(line, counts.total()), *details]


def _combination(why: str) -> str:
    return why.removeprefix("out of scope: ").replace(", ", " + ")


def _of_accepted(workspace: Workspace) -> pa.Table:
    """The selection of the articles that are in accepted batches now, which an older selection may not know."""
    selection = workspace.corpus_stage("select").read("selection", ["id", "selected", "outcome", "why"])
    ids = [table["id"] for table in store.scan(workspace.tables("ingest", "articles"), ["id"])]
    known = pa.chunked_array([chunk for column in ids for chunk in column.chunks], pa.string())
    return selection.filter(pc.is_in(selection["id"], known))


def _column(stage: store.Stage, table: str, name: str) -> list[str]:
    values: list[str] = stage.read(table, [name])[name].to_pylist()
    return values


def _inputs(stage: store.Stage) -> int:
    return sum(store.count_rows(stage.table(table)) for table in ("articles", "rejected"))
