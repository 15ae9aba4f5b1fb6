"""Audits of a workspace: drawn from what was dropped and merged, read back, shown on the card and held as a gate.

An audit freezes nothing. What is labelled for the corpus must stay as people saw it; what was dropped must be free to
come back, and a copy to get another keeper, or looking for mistakes would make them permanent. So each task remembers
its text and what was said of it, and the result tells how many still hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import audit as audits
from curation.annotation import campaign as campaigns
from curation.annotation.audit import AUDITS, Audit
from curation.annotation.precision import Precision, precision
from curation.annotation.sampling.draw import draw
from curation.errors import DataError, UsageError
from curation.explain.compare import passages
from curation.pipeline import require
from curation.release.papers import facts
from curation.report.excerpt import counted
from curation.verbs.campaign.folder import keep_shown
from curation.verbs.labelling import Exported, check_round, write_round

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.config import Checks, Config
    from curation.workspace import Workspace

#: the audits by their campaigns
CAMPAIGNS = {audit.campaign: name for name, audit in AUDITS.items()}

#: what is drawn if nobody says how much: with a hundred, a share of 0.95 is known to about 0.05
TASKS = 100


@dataclass(frozen=True)
class _Corpus:
    """What an audit looks at, as it stands now."""

    workspace: Workspace
    settings: Config
    audit: Audit

    @cached_property
    def selection(self) -> pa.Table:
        return require(self.workspace, "select").read("selection")

    @cached_property
    def strata(self) -> dict[str, str]:
        """All that may be drawn, by document."""
        if self.audit.name == "dropped":
            return audits.dropped_strata(self.selection, self._verdicts)
        pairs = require(self.workspace, "dedup").read("pairs", ["id_a", "id_b", "kind", "merges"])
        return audits.merged_strata(self.selection, pairs)

    @cached_property
    def _verdicts(self) -> pa.Table:
        return require(self.workspace, "select").read("verdicts")

    def settings_digest(self) -> str:
        """Of the settings that decide what is dropped, or merged."""
        decide = self.settings.quality.limits if self.audit.name == "dropped" else self.settings.dedup
        return store.digest(msgspec.to_builtins(decide))

    def targets(self, ids: Collection[str], book: Codebook) -> dict[str, str]:
        """What would be asked about these documents now; of those that may be drawn no more, nothing."""
        there = [id_ for id_ in ids if id_ in self.strata]
        if self.audit.name == "dropped":
            reasons = self._of(self._verdicts, there, "reasons")
            places = self.workspace.tables("judge", "measures")
            values = {row["id"]: row for row in store.rows_where(places, "id", there)}
            limits = self.settings.quality.limits
            return {id_: audits.in_words(reasons[id_], values[id_], limits, book) for id_ in there}
        keepers = self._of(self.selection, there, "keeper_id")
        texts = self.texts(keepers.values())
        return {id_: audits.keeper_target(keepers[id_], texts[keepers[id_]]) for id_ in there}

    def texts(self, ids: Collection[str]) -> dict[str, str]:
        """The digests of the texts of documents."""
        rows = store.rows_where(self.workspace.tables("clean", "documents"), "id", ids, ["id", "text_sha256"])
        return {row["id"]: row["text_sha256"] for row in rows}

    def documents(self, ids: Collection[str]) -> pa.Table:
        """Documents, whole."""
        wanted = pa.array(sorted(ids), pa.string())
        places = self.workspace.tables("clean", "documents")
        return pa.concat_tables([schema.empty("documents"), *store.scan_where(places, "id", wanted)])

    @staticmethod
    def _of(table: pa.Table, ids: Collection[str], column: str) -> dict[str, Any]:
        rows = table.filter(pc.is_in(table["id"], pa.array(list(ids), pa.string())))
        return dict(zip(rows["id"].to_pylist(), rows[column].to_pylist(), strict=True))


# -- drawing --------------------------------------------------------------------------------------


def draw_audit(
    workspace: Workspace, settings: Config, name: str, *, n: int = TASKS, round_: str = "main", seed: int = 1
) -> Exported:
    """Draw an audit and write its tasks, page and instruction into ``campaigns/audit-<name>/``.

    Strata are the reasons, or the kinds of pairs; each gets a few tasks, the rest are shared out in proportion. A task
    that an earlier round had too moves to this round, with the answers that it has.

    Args:
        workspace: with a finished run.
        settings: its settings.
        name: dropped or merged.
        n: tasks to draw.
        round_: its name; a round that is drawn again is replaced.
        seed: another one draws another sample.

    Raises:
        UsageError: nothing is selected yet, or the campaign is none of this audit.
        ConfigError: the codebook has mistakes.
        DataError: there is nothing to audit.
    """
    corpus = _Corpus(workspace, settings, AUDITS[name])
    if not corpus.strata:
        raise DataError(
            f"there are no {corpus.audit.units}, so there is nothing to audit", remedy="Other limits would make some."
        )
    campaign = campaigns.campaign(workspace.root, corpus.audit.campaign)
    campaign.begin(corpus.audit.codebook)
    book = _codebook(campaign, corpus.audit)
    drawn = draw(corpus.strata, n, seed, audits.LEAST)
    targets = corpus.targets(drawn, book)
    keepers = {target.partition(" ")[0] for target in targets.values()} if name == "merged" else set()
    documents = corpus.documents({*drawn, *keepers})
    clusters = require(workspace, "dedup").read("clusters", ["id", "cluster_id"])
    tasks = audits.audit_tasks(drawn, targets, documents, clusters, book, campaign.name, round_)
    shown = audits.audit_json(tasks, documents, book, _marked)
    check_round(book, shown)
    if campaign.tasks.exists():
        earlier = schema.conform("tasks", schema.widen("tasks", store.read_table(campaign.tasks)))
        again = pc.is_in(earlier["task_key"], tasks["task_key"].combine_chunks())
        others = pc.and_(pc.not_equal(earlier["round"], round_), pc.invert(again))
        tasks = pa.concat_tables([earlier.filter(others), tasks])
    with workspace.lock():
        keep_shown(campaign)
        files = write_round(campaign, book, tasks, shown)
        store.write_json(_record(campaign), {"round": round_, "settings": corpus.settings_digest()})
    return Exported(campaign.folder, len(shown), len(drawn), files)


def _codebook(campaign: Campaign, audit: Audit) -> Codebook:
    book = campaign.load_codebook()
    if book.codebook.shows != audit.name:
        remedy = f'Put `shows = "{audit.name}"` under [codebook], or remove the file to get the shipped one.'
        raise UsageError(
            f"this codebook is not of the audit of {audit.units}", where=str(campaign.codebook), remedy=remedy
        )
    return book


def _record(campaign: Campaign) -> Path:
    """Where it stands what the last round was drawn under."""
    return campaign.folder / "audit.json"


def _marked(left: str, right: str) -> tuple[str, str]:
    """Two texts with what only one of them says in «…»; a page of Label Studio has no other way to mark plain text.

    >>> _marked("Warga memanen 12 ton padi.", "Warga memanen 15 ton padi.")
    ('Warga memanen «12» ton padi.', 'Warga memanen «15» ton padi.')
    """
    sides: tuple[list[str], list[str]] = ([], [])
    for passage in passages(left, right):
        for side, pieces in zip(sides, (passage.left, passage.right), strict=True):
            for alike, piece in pieces:
                text = piece.text.replace("\n", "\n\n")
                side += [text if alike else f"«{text}»", "\n\n" if piece.breaks else " "]
    return "".join(sides[0]).rstrip(), "".join(sides[1]).rstrip()


# -- reading back ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Audited:
    """What an audit found, and how far the corpus has moved since it was drawn."""

    precision: Precision
    #: documents that it could be drawn from now
    population: int
    #: drawn tasks of which text, reason or keeper are still the same
    held: int
    #: the settings that decide are still those that it was drawn under
    same_settings: bool

    @property
    def notes(self) -> list[str]:
        """What a reader of the figures must know."""
        overall, units = self.precision.overall, self.precision.audit.units
        said = []
        if overall.judged and self.precision.unjudged:
            said.append(
                f"Nothing is known about: {', '.join(self.precision.unjudged)}. They have no part in the share."
            )
        if overall.unclear:
            said.append(
                f"Left out: {counted(overall.unclear, 'task')} of which people could not tell, or were divided."
            )
        if overall.open:
            said.append(f"Without an answer yet: {counted(overall.open, 'task')}.")
        if self.population != overall.population or self.held != overall.drawn or not self.same_settings:
            said.append(
                f"Drawn from {overall.population:,} {units}; there are {self.population:,} now. Tasks that still hold, "
                f"text and all: {self.held:,} of {overall.drawn:,}."
            )
        if not self.same_settings:
            said.append("The settings that decide have changed since.")
        return said

    def for_card(self) -> facts.Audited:
        """The figures that a release's README shows."""
        found = self.precision
        shares = [(one.name, *one.shown, one.judged, one.population) for one in (found.overall, *found.strata)]
        return facts.Audited(
            found.audit.units.capitalize(), found.line().capitalize(), tuple(shares), tuple(self.notes)
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        since = {"population": self.population, "held": self.held, "same_settings": self.same_settings}
        return self.precision.to_dict() | {"now": since, "notes": self.notes}


def read_precision(workspace: Workspace, name: str) -> Precision | None:
    """What the answers to the last round of an audit say so far; None where none was drawn.

    Raises:
        ConfigError: the codebook has mistakes, or lacks what the audit asks.
    """
    campaign = campaigns.campaign(workspace.root, AUDITS[name].campaign)
    if not campaign.tasks.exists():
        return None
    book = _codebook(campaign, AUDITS[name])
    answers = store.read_table(campaign.annotations) if campaign.annotations.exists() else schema.empty("annotations")
    return precision(store.read_table(campaign.tasks), answers, book)


def read_audit(workspace: Workspace, settings: Config, name: str) -> Audited | None:
    """What the last round of an audit found so far, and what has changed since; None where none was drawn.

    Raises:
        UsageError: nothing is selected, so nobody can tell what has changed.
        ConfigError: the codebook has mistakes, or lacks what the audit asks.
    """
    found = read_precision(workspace, name)
    if found is None:
        return None
    corpus = _Corpus(workspace, settings, found.audit)
    campaign = campaigns.campaign(workspace.root, found.audit.campaign)
    tasks = store.read_table(campaign.tasks)
    drawn = tasks.filter(pc.equal(tasks["round"], found.round)).to_pylist()
    ids = [task["document_id"] for task in drawn]
    targets, texts = corpus.targets(ids, campaign.load_codebook()), corpus.texts(ids)
    held = sum(
        (targets.get(task["document_id"]), texts.get(task["document_id"])) == (task["target"], task["text_sha256"])
        for task in drawn
    )
    recorded = json.loads(_record(campaign).read_text(encoding="utf-8")) if _record(campaign).exists() else {}
    return Audited(found, len(corpus.strata), held, recorded.get("settings") == corpus.settings_digest())


def read_audits(workspace: Workspace, settings: Config) -> list[Audited]:
    """What the audits of a workspace found; those that were drawn."""
    return [found for name in AUDITS if (found := read_audit(workspace, settings, name))]


# -- the gate -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gate:
    """Whether the audits show what ``[checks]`` asks for; speaks like the result of a suite."""

    #: what is met, and what is not
    met: tuple[str, ...]
    failures: tuple[str, ...]
    suite: str = "audit"

    @property
    def passed(self) -> bool:
        """Whether all is met."""
        return not self.failures

    def json(self) -> dict[str, Any]:
        """The result as a JSON-like value."""
        return {"suite": self.suite, "passed": self.passed, "met": list(self.met), "failures": list(self.failures)}

    def lines(self) -> list[str]:
        """The result for people."""
        verdict = "passed" if self.passed else "FAILED"
        head = f"{self.suite}: {verdict}, {len(self.met)} of {len(self.met) + len(self.failures)} audits show enough"
        return [head, *(f"  {line}" for line in (*self.failures, *self.met))]


def audit_gate(workspace: Workspace, settings: Config) -> Gate | None:
    """Whether the audits show what ``[checks] audit_dropped`` and ``audit_merged`` ask for; None if nothing is asked.

    Raises:
        UsageError: nothing is selected yet.
    """
    asked = {name: least for name in AUDITS if (least := _least(settings.checks, name)) is not None}
    met, failures = [], []
    for name, least in asked.items():
        corpus = _Corpus(workspace, settings, AUDITS[name])
        key = f"[checks] audit_{name} = {least:g}"
        if not corpus.strata:
            met.append(f"{key}: there are no {corpus.audit.units}")
        elif problem := _problem(read_audit(workspace, settings, name), AUDITS[name], least):
            failures.append(f"{workspace.config_file.name}, {key}: {problem}")
        else:
            met.append(f"{key}: met")
    return Gate(tuple(met), tuple(failures)) if asked else None


def _least(checks: Checks, name: str) -> float | None:
    return checks.audit_dropped if name == "dropped" else checks.audit_merged


def _problem(found: Audited | None, audit: Audit, least: float) -> str | None:
    """Why an audit does not show enough, and what to do about it."""
    again = f"Draw it again and have it read: curation label export --audit {audit.name}"
    if found is None:
        return f"there is no audit. {again}"
    overall = found.precision.overall
    pull = f"Have them read, then: curation label pull {audit.campaign} --file EXPORT.json"
    if overall.low is None:
        return f"none of the {overall.drawn:,} tasks is judged. {pull}"
    if not found.same_settings:
        return f"the settings that decide have changed since the audit was drawn. {again}"
    if found.precision.at_least < least:
        left_out = ", and as if all were wrong in strata without a judgement" if found.precision.unjudged else ""
        more = f" If little did, draw more: curation label export --audit {audit.name} -n {4 * overall.drawn}"
        return (
            f"{found.precision.line()}; at the lower end{left_out} {found.precision.at_least:.1%} are shown. See what "
            f"went wrong: curation label audit {audit.campaign}.{more if overall.drawn < overall.population else ''}"
        )
    return None
