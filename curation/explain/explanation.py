"""Gather what the tables say of one document."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation import config, ingest, quality, schema, store
from curation.boilerplate import RULES
from curation.errors import UsageError
from curation.explain.places import Places, Row, find_article, matching, nearest, one_page, versions
from curation.report.excerpt import plain
from curation.sites import load_sites, shipped_sites
from curation.stages.clean import CleanSettings, clean_articles
from curation.workspace import CONFIG, Workspace
from curation.workspace.decisions import Decision, read_decisions
from curation.workspace.inputs import batch_name
from curation.workspace.withdrawn import read_withdrawn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Config, Limit

#: cluster members that are told one by one
MOST_MEMBERS = 50

#: rules that only touch blank space and what can't be seen
QUIET = frozenset({"invisible", "layout"})

_RULES = {rule.name: (plain(rule.summary), rule.source) for rule in RULES}
_CLEAN = ("articles", "documents", "edits", "metadata", "findings")
_MEMBER = ["id", "title", "outlet", "url", "published_at", "n_words"]


@dataclass(frozen=True)
class EditMade:
    """One change from raw to body."""

    start: int
    end: int
    #: first and last line of raw that it touches, from 1
    line: int
    last_line: int
    whole_lines: bool
    removed: str
    replacement: str
    rule: str
    summary: str
    #: where the rule was learned
    source: str
    note: str | None

    @property
    def is_quiet(self) -> bool:
        """Whether nobody would see the difference."""
        return self.rule in QUIET

    @property
    def is_repair(self) -> bool:
        """Whether words were joined, parted or replaced, rather than removed."""
        return bool(self.replacement.strip()) or not self.removed.strip()


@dataclass(frozen=True)
class Measured:
    """One measure of the document against its limit."""

    name: str
    value: float | None
    unit: str
    min: float | None
    max: float | None

    @property
    def verdict(self) -> str:
        """One of: ok, too low, too high, can't be told, no limit."""
        if self.min is None and self.max is None:
            return "no limit"
        if self.value is None:
            return "can't be told"
        if self.min is not None and self.value < self.min:
            return "too low"
        return "too high" if self.max is not None and self.value > self.max else "ok"

    @property
    def is_broken(self) -> bool:
        """Whether it speaks against the document."""
        return self.verdict.startswith("too")


@dataclass(frozen=True, repr=False)
class Explanation:
    """Everything about one input. For one that was rejected, only `rejected` and the outcome are filled."""

    #: selected, out_of_scope, failed_checks, duplicate, decision, withdrawn, rejected, quarantined, dropped,
    #: or not_selected_yet
    outcome: str
    why: str
    article: Row = field(default_factory=dict)
    document: Row = field(default_factory=dict)
    rejected: Row = field(default_factory=dict)
    edits: tuple[EditMade, ...] = ()
    metadata: tuple[Row, ...] = ()
    findings: tuple[Row, ...] = ()
    measures: tuple[Measured, ...] = ()
    #: of its cluster, itself included, with role, keeper and origin
    members: tuple[Row, ...] = ()
    cluster_size: int = 1
    pairs: tuple[Row, ...] = ()
    decisions: tuple[Decision, ...] = ()
    #: ids of other versions of the same page
    versions: tuple[str, ...] = ()
    #: since when its text and its place as keeper are fixed
    frozen: str = ""
    #: what the reader must know of how this was made
    note: str = ""
    #: the folder that the tables are in, if it is no workspace
    folder: str = ""

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        found = asdict(self)
        for row, measured in zip(found["measures"], self.measures, strict=True):
            row["verdict"] = measured.verdict
        return found

    def __repr__(self) -> str:
        return f"Explanation({self.article.get('id') or self.rejected.get('source_ref')}, {self.outcome})"

    def __str__(self) -> str:
        from curation.explain.text import explanation_text

        return explanation_text(self, width=shutil.get_terminal_size((120, 40)).columns)

    def _repr_html_(self) -> str:
        from curation.explain.notebook import explanation_piece

        return explanation_piece(self)


def explain(place: Workspace | Path, key: str, settings: Config | None = None) -> Explanation:
    """Everything about one document.

    Args:
        place: a workspace, or a folder that ``curation clean -o`` wrote.
        key: id or its beginning (6 digits or more), URL, url_key, source_id, source_ref, or a raw file.
        settings: the limits to hold measures against; without them the workspace's, else the shipped ones.

    Raises:
        UsageError: nothing is known by this key, or more than one page is.
        InputError: the key is a file that can't be read.
    """
    workspace = place if isinstance(place, Workspace) else None
    root = workspace.root if workspace else Path(str(place))
    if settings is None:
        own = root / CONFIG
        settings = config.load(own if workspace and own.is_file() else None)
    places = Places(root, workspace)
    if not places.has("articles"):
        if Path(key).is_file():
            return explain_file(Path(key), settings)
        remedy = "Run: curation run" if workspace else f"Make them with: curation clean IN -o {root}"
        raise UsageError("no table of articles is here", where=str(root), remedy=remedy)
    if article := find_article(places, key):
        return _of_article(places, article["id"], article["batch"], settings)
    if rejected := places.rows("rejected", "source_ref", [key]):
        return _of_rejected(rejected[-1])
    if Path(key).is_file():
        return explain_file(Path(key), settings)
    # an id or address that nobody but the ledger knows any more
    if gone := read_withdrawn(root / "state").find(id_=key, url_key=ingest.url_key(key)):
        detail = f"It was withdrawn on {gone.date} ({gone.reason})."
        return _of_rejected({"batch": "-", "source_ref": key, "reason": "withdrawn", "detail": detail})
    near = nearest(places, key)
    raise UsageError(
        f"nothing {'in this workspace' if workspace else f'in {root}'} is known by '{key}'",
        remedy=f"Did you mean {' or '.join(near)}?" if near else "Give an id, a URL, a source_ref or a raw file.",
    )


def explain_file(path: Path, settings: Config | None = None) -> Explanation:
    """The first article of a raw file, as the shipped rules and these limits (or the shipped ones) see it.

    Raises:
        UsageError: there is no such file.
        InputError: it can't be read, or there is nothing in it.
    """
    settings = settings or config.load()
    first: ingest.Record | ingest.Rejection | None = None
    several = False
    for record in ingest.read(path, settings.input):
        several = isinstance(first, ingest.Record) and isinstance(record, ingest.Record)
        if several:
            break
        first = record if first is None or isinstance(record, ingest.Record) else first
    if first is None:
        return Explanation("rejected", "there is nothing in the file")
    sites = shipped_sites()
    made = ingest.convert(ingest.record_table([first]), batch=batch_name(path), site_record=sites.find)
    if not made["articles"].num_rows:
        return _of_rejected(made["rejected"].to_pylist()[0])
    cleaned = clean_articles(made["articles"], CleanSettings(sites, settings.rules.disable))
    note = "Cleaned on the spot; nothing was written."
    if several:
        note += (
            f" The file holds more than one article; this is the first. To choose another:"
            f" curation clean {path} -o DIR, then curation explain ID --in DIR"
        )
    measures = quality.measures(cleaned["documents"])
    return _explanation(made["articles"].to_pylist()[0], cleaned, measures.to_pylist()[0], settings, note=note)


def explain_tables(tables: Mapping[str, pa.Table], key: str, settings: Config) -> Explanation:
    """One document of the tables that ``curation.clean`` gives.

    Args:
        tables: articles, rejected, documents, edits, metadata, findings.
        key: id or its beginning (6 digits or more), URL, url_key, source_id or source_ref.
        settings: the limits to hold measures against.

    Raises:
        UsageError: nothing is known by this key, or more than one page is.
    """
    article = one_page(matching(tables["articles"], key), key)
    if article is None:
        for row in tables["rejected"].filter(pc.equal(tables["rejected"]["source_ref"], key)).to_pylist():
            return _of_rejected(row)
        raise UsageError(f"nothing is known by '{key}'", remedy="Give an id, a URL or a source_ref.")
    own = {name: table.filter(pc.equal(table["id"], article["id"])) for name, table in tables.items() if name in _CLEAN}
    measures = quality.measures(own["documents"])
    return _explanation(own["articles"].to_pylist()[-1], own, measures.to_pylist()[0], settings)


def _of_rejected(row: Row) -> Explanation:
    return Explanation("rejected", f"{row['reason']}: {row['detail'] or ''}".rstrip(": "), rejected=row)


def _of_article(places: Places, key: str, batch: str, settings: Config) -> Explanation:
    article = places.rows("articles", "id", [key], batch)[-1]
    cleaned = {
        table: schema.from_rows(table, places.rows(table, "id", [key], batch))
        for table in ("documents", "edits", "metadata", "findings")
    }
    note = ""
    if not cleaned["documents"].num_rows:
        table = schema.from_rows("articles", [article])
        sites = load_sites(places.root / "sites" if places.workspace else None)
        cleaned = clean_articles(table, CleanSettings(sites, settings.rules.disable))
        note = "Not cleaned yet: this is what cleaning will do."
    measures = places.rows("measures", "id", [key], batch) or quality.measures(cleaned["documents"]).to_pylist()
    selection = {row["id"]: row for row in places.rows("selection", "id", [key])}
    members, size = _members(places, key)
    outcome, why = _outcome(places, key, batch, selection.get(key))
    return _explanation(
        article,
        cleaned,
        measures[0],
        settings,
        outcome=outcome,
        why=why,
        note=note,
        members=members,
        cluster_size=size,
        pairs=_pairs(places, key),
        decisions=_decisions(places, article),
        versions=tuple(versions(places, article)),
        frozen=_frozen(places, key),
        folder="" if places.workspace else str(places.root),
    )


def _explanation(
    article: Row,
    cleaned: Mapping[str, pa.Table],
    measures: Row,
    settings: Config,
    outcome: str = "not_selected_yet",
    why: str = "",
    **more: Any,
) -> Explanation:
    measured = _measured(measures, settings.quality.limits)
    if outcome == "not_selected_yet" and not why:
        broken = [m.name for m in measured if m.is_broken]
        why = f"fails {', '.join(broken)}" if broken else "passes every check"
    return Explanation(
        outcome=outcome,
        why=why,
        article=article,
        document=cleaned["documents"].to_pylist()[0],
        edits=_edits(article["raw"], cleaned["edits"].sort_by("seq").to_pylist()),
        metadata=tuple(cleaned["metadata"].to_pylist()),
        findings=tuple(cleaned["findings"].to_pylist()),
        measures=measured,
        **more,
    )


def _edits(raw: str, rows: list[Row]) -> tuple[EditMade, ...]:
    return tuple(
        EditMade(
            start=row["start"],
            end=row["end"],
            line=raw.count("\n", 0, row["start"]) + 1,
            last_line=raw.count("\n", 0, max(row["start"], row["end"] - 1)) + 1,
            whole_lines=_is_whole_lines(raw, row["start"], row["end"]),
            removed=row["removed"],
            replacement=row["replacement"],
            rule=row["rule"],
            summary=summary,
            source=source,
            note=row["note"],
        )
        for row in rows
        for summary, source in [_RULES.get(row["rule"], ("", ""))]
    )


def _is_whole_lines(raw: str, start: int, end: int) -> bool:
    before = raw[raw.rfind("\n", 0, start) + 1 : start]
    stop = raw.find("\n", end)
    return not before.strip() and not raw[end : len(raw) if stop < 0 else stop].strip()


def _measured(row: Row, limits: Mapping[str, Limit]) -> tuple[Measured, ...]:
    found = []
    for one in quality.MEASURES:
        limit = limits.get(one.name) or config.Limit()
        found.append(Measured(one.name, row[one.name], one.unit, limit.min, limit.max))
    return tuple(found)


def _outcome(places: Places, key: str, batch: str, selected: Row | None) -> tuple[str, str]:
    state = places.batches.get(batch)
    if state and state.state != "accepted":
        return state.state, f"its batch '{batch}' is {state.state}: {state.reason}"
    return (selected["outcome"], selected["why"]) if selected else ("not_selected_yet", "")


def _frozen(places: Places, key: str) -> str:
    rows = store.rows_where([places.root / "state" / "frozen.parquet"], "id", [key]) if places.workspace else []
    return str(rows[0]["reason"]) if rows else ""


def _members(places: Places, key: str) -> tuple[tuple[Row, ...], int]:
    """The members of a document's cluster in order of publication, if it has any beside itself."""
    own = places.rows("clusters", "id", [key])
    if not own or own[0]["size"] < 2:
        return (), 1
    roles = {row["id"]: row["role"] for row in places.rows("clusters", "cluster_id", [own[0]["cluster_id"]])}
    ids = [key, *sorted(set(roles) - {key})][:MOST_MEMBERS]
    chosen = {row["id"]: row for row in places.rows("selection", "id", ids)}
    found = []
    for row in places.rows("documents", "id", ids, columns=_MEMBER):
        selected = chosen.get(row["id"], {})
        found.append(
            {
                **row,
                "role": roles[row["id"]],
                "keeper": selected.get("keeper_id") == row["id"],
                "origin": selected.get("origin_id") == row["id"],
                "outcome": selected.get("outcome"),
            }
        )
    found.sort(key=lambda row: (row["published_at"] is None, row["published_at"], row["id"]))
    return tuple(found), own[0]["size"]


def _pairs(places: Places, key: str) -> tuple[Row, ...]:
    rows = places.rows("pairs", "id_a", [key]) + places.rows("pairs", "id_b", [key])
    return tuple(sorted(rows, key=lambda row: (-row["jaccard"], row["id_a"], row["id_b"])))


def _decisions(places: Places, article: Row) -> tuple[Decision, ...]:
    if places.workspace is None:
        return ()
    names = {article["id"], article["url"]}
    decisions = read_decisions(places.root / "decisions.csv")
    return tuple(decision for decision in decisions if names & {decision.document, decision.other})
