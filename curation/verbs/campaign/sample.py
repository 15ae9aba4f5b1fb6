"""sample: the articles of a round drawn, or more of them; what was given to people or answered is never drawn anew.

campaigns/<name>/sample.json      how each round was drawn
campaigns/<name>/frame.parquet    what each round was drawn from, with the chance of every article
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.annotation import campaign as campaigns
from curation.annotation import codebook
from curation.annotation.project.record import Record
from curation.annotation.sampling.roles import of_the_sample
from curation.annotation.tasks import READ, draw_tasks
from curation.errors import InputError, UsageError
from curation.pipeline import require
from curation.verbs.campaign.folder import Folder
from curation.verbs.campaign.texts import keep_ledgers
from curation.workspace.frozen import freeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.config import Sample
    from curation.workspace import Workspace


class Design(msgspec.Struct, frozen=True):
    """How a round was drawn."""

    seed: int
    by: tuple[str, ...]
    quota: dict[str, int]
    #: articles that were asked for; None: all
    n: int | None
    #: digest of the targets that articles were looked through for
    targets: str


@dataclass(frozen=True)
class Stratum:
    """One stratum of a round."""

    name: str
    #: at which draw of the round its articles came in, from 1
    draw: int
    #: that could be drawn
    articles: int
    #: of these, in another round
    others: int
    drawn: int
    #: lowest and highest chance of an article; they differ where another round had other strata
    chances: tuple[float, float]


@dataclass(frozen=True)
class Round:
    """A round as it is drawn."""

    folder: Path
    round: str
    #: None where it was drawn before this was recorded
    design: Design | None
    strata: tuple[Stratum, ...]
    #: drawn now; 0 where the round stays as it was
    new: int
    #: articles of the round, those that can't be drawn any more included
    articles: int
    tasks: int
    #: asked for in this draw; None where all were, or nothing was drawn
    asked: int | None = None
    #: strata were too many for so few articles, and are drawn as one
    is_pooled: bool = False

    @property
    def without_chance(self) -> int:
        """Articles that no draw could reach: what the sample says nothing about."""
        return sum(one.articles - one.others for one in self.strata if not one.drawn)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of the draw."""
        lines = []
        if came := sum(one.articles for one in self.strata if one.draw > 1):
            lines.append(f"{came:,} articles came after the first draw: they had other chances, so other strata.")
        if self.is_pooled:
            lines.append("There are more strata than articles to draw: some are drawn as one.")
        if self.asked is not None and self.new < self.asked:
            fewer = f"{self.asked - self.new:,} fewer than asked for"
            lines.append(f"{fewer}: quotas, the codebook's targets and what is left allow no more.")
        if others := sum(one.others for one in self.strata):
            lines.append(f"{others:,} of the articles are in other rounds, and left to them.")
        gone = self.articles - sum(one.drawn for one in self.strata)
        if gone and self.strata:
            lines.append(f"{gone:,} articles can't be drawn any more; they stay, with the probability that they had.")
        if self.without_chance:
            lines.append(f"{self.without_chance:,} articles had no chance: the sample says nothing of them. Draw more.")
        return tuple(lines)


def sample(
    workspace: Workspace,
    name: str,
    settings: Sample,
    *,
    shipped: str | None = None,
    round_: str = "main",
    n: int | None = None,
    add: int | None = None,
    seed: int | None = None,
    by: Sequence[str] | None = None,
    quota: Mapping[str, int] | None = None,
) -> Round:
    """Draw the articles of a round, or tell how they were drawn.

    A round that is drawn already stays, unless something is asked for anew and nobody has had its tasks. The documents
    are frozen: what people see stays what was cleaned now.

    Args:
        workspace: with a finished run.
        name: the campaign.
        settings: what strata are made of, and quotas.
        shipped: the shipped codebook to start from, where the campaign has none of its own.
        round_: training, pilot, main ...
        n: articles to draw; None takes all, or as many as before.
        add: articles to draw besides those that are drawn.
        seed: another one draws another sample; None keeps it, or takes 1.
        by: instead of that of the settings.
        quota: instead of those of the settings.

    Raises:
        UsageError: nothing is selected yet, there is no codebook, or the round can't be drawn so.
        ConfigError: the codebook has mistakes.
        DataError: there is nothing to label.
    """
    selection = require(workspace, "select").read("selection")
    clusters = require(workspace, "dedup").read("clusters")
    campaign, book = begun(workspace, name, shipped)
    folder = Folder(workspace, campaign)
    tasks = folder.tasks if campaign.tasks.exists() else schema.empty("tasks")
    frame = store.read_table(_frame(campaign)) if _frame(campaign).exists() else schema.empty("frame")
    mine = of_the_sample(tasks.filter(pc.equal(tasks["round"], round_)))
    designs = _designs(campaign)
    before = designs.get(round_) if mine.num_rows else None

    targets = store.digest([book.name, [msgspec.to_builtins(target) for target in book.target]])
    design = Design(
        seed=seed if seed is not None else before.seed if before else 1,
        by=tuple(by if by is not None else settings.by),
        quota=dict(quota if quota is not None else settings.quota),
        n=n if n is not None else before.n if before else None,
        targets=targets,
    )
    if add is not None:
        design = _more(f"{name} --round {round_}", before, design, add, by)
    elif mine.num_rows:
        is_out = _is_out(folder, mine)
        if is_out and any(one is not None for one in (n, seed, by, quota)) and design != before:
            _refuse(f"{name} --round {round_}", len(pc.unique(mine["document_id"])), n)
        if is_out or (design == before and design.n is not None):
            return _told(campaign, round_, before, tasks, frame)
        # nobody has these tasks: the round is drawn anew
        tasks = tasks.filter(pc.invert(pc.is_in(tasks["task_key"], mine["task_key"].combine_chunks())))
        frame = frame.filter(pc.not_equal(frame["round"], round_))
    made = draw_tasks(
        _selected(workspace, selection),
        clusters,
        selection,
        book,
        campaign=name,
        round_=round_,
        more=design.n if add is None else add,
        seed=design.seed,
        settings=msgspec.structs.replace(settings, by=design.by, quota=design.quota),
        tasks=tasks,
        frame=frame,
    )
    with workspace.lock():
        freeze(workspace, of_the_sample(made.tasks)["document_id"], f"campaign {name}")
        keep_ledgers(workspace, campaign, made.tasks)
        store.write_json(_record(campaign), msgspec.to_builtins(designs | {round_: design}))
        store.write_table(_frame(campaign), made.frame)
        store.write_table(campaign.tasks, made.tasks)
    told = _told(campaign, round_, design, made.tasks, made.frame)
    return replace(told, new=len(made.new), asked=design.n if add is None else add, is_pooled=made.is_pooled)


def begun(workspace: Workspace, name: str, shipped: str | None) -> tuple[Campaign, Codebook]:
    """A campaign whose tasks are drawn, and its codebook: its own, or a copy of a shipped one.

    Raises:
        UsageError: there is no codebook, or the tasks of this one are made otherwise.
        ConfigError: the codebook has mistakes.
    """
    campaign = campaigns.campaign(workspace.root, name)
    if not campaign.codebook.exists():
        campaign.begin(shipped or (name if name in codebook.shipped_names() else ""))
    book = campaign.load_codebook()
    if book.codebook.shows != "article":
        of = campaign.adjudicates
        verb = f"adjudicate {of.name}" if of else f"export --audit {book.codebook.shows}"
        raise UsageError(f"'{name}' has tasks of its own kind", remedy=f"Make them with: curation label {verb}")
    return campaign, book


def _frame(campaign: Campaign) -> Path:
    return campaign.folder / "frame.parquet"


def _record(campaign: Campaign) -> Path:
    return campaign.folder / "sample.json"


def _designs(campaign: Campaign) -> dict[str, Design]:
    """How the rounds were drawn, by name."""
    path = _record(campaign)
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Design]) if path.exists() else {}
    except msgspec.DecodeError as error:
        raise InputError(f"not readable ({error})", where=str(path), remedy="Restore it from a copy.") from None


def _more(which: str, before: Design | None, design: Design, add: int, by: Sequence[str] | None) -> Design:
    """The design of a round that is to have more articles.

    Raises:
        UsageError: the round was not drawn, or was drawn otherwise.
    """
    if before is None:
        raise UsageError(
            "nothing of this round was drawn to which more could be added",
            remedy=f"Draw it with: curation sample {which} -n {add}",
        )
    if design.seed != before.seed or (by is not None and tuple(by) != before.by):
        what = f"by {', '.join(before.by) or 'nothing'}, with seed {before.seed}"
        raise UsageError(
            f"this round was drawn {what}, and its strata and seed stay", remedy="Leave --by and --seed out."
        )
    n = None if before.n is None else before.n + add
    return msgspec.structs.replace(design, by=before.by, n=n)


def _refuse(which: str, drawn: int, n: int | None) -> None:
    """Raise: a round that people have can't be drawn anew."""
    remedy = f"Draw another one with --round, or leave the options out: curation sample {which}"
    if n is not None and n > drawn:
        remedy = f"Draw more with: curation sample {which} --add {n - drawn}"
    raise UsageError(f"tasks of this round were given out, its {drawn:,} articles are not drawn anew", remedy=remedy)


def _is_out(folder: Folder, mine: pa.Table) -> bool:
    """Whether somebody was given one of these tasks, answered it, or has it on a server."""
    record = Record(folder.campaign.folder)
    known = [folder.assignments["task_key"].to_pylist(), folder.said["task_key"].to_pylist()]
    known += [list(record.pushed(project)) for project in record.projects]
    return not set(mine["task_key"].to_pylist()).isdisjoint(key for keys in known for key in keys)


def _selected(workspace: Workspace, selection: pa.Table) -> pa.Table:
    """The selected documents, as far as drawing looks at them."""
    ids = selection.filter(selection["selected"])["id"].combine_chunks()
    places = workspace.tables("clean", "documents")
    found = [table.filter(pc.is_in(table["id"], ids)) for table in store.scan(places, READ)]
    return pa.concat_tables([schema.empty("documents").select(READ), *found])


def _told(campaign: Campaign, round_: str, design: Design | None, tasks: pa.Table, frame: pa.Table) -> Round:
    """The round as its tables tell it."""
    drawn = of_the_sample(tasks)
    others = set(drawn.filter(pc.not_equal(drawn["round"], round_))["cluster_id"].to_pylist())
    drawn = drawn.filter(pc.equal(drawn["round"], round_))
    taken = set(drawn["cluster_id"].to_pylist())
    here = frame.filter(pc.and_(pc.equal(frame["round"], round_), frame["present"]))
    found: dict[tuple[int, str], list[tuple[str, float]]] = defaultdict(list)
    columns = ("draw", "stratum", "cluster_id", "inclusion_probability")
    for draw, name, cluster, chance in zip(*(here[column].to_pylist() for column in columns), strict=True):
        found[draw, name].append((cluster, chance))
    strata = []
    for (draw, name), rows in sorted(found.items()):
        clusters = [cluster for cluster, _ in rows]
        chances = [chance for cluster, chance in rows if cluster not in others] or [0.0]
        strata.append(
            Stratum(
                name=name,
                draw=draw,
                articles=len(rows),
                others=len(others.intersection(clusters)),
                drawn=len(taken.intersection(clusters)),
                chances=(min(chances), max(chances)),
            )
        )
    return Round(
        folder=campaign.folder,
        round=round_,
        design=design,
        strata=tuple(strata),
        new=0,
        articles=len(pc.unique(drawn["document_id"])),
        tasks=drawn.num_rows,
    )
