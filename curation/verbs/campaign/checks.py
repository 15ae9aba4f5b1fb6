"""What checks the annotators of a campaign: the gold tasks of its ``gold.csv``, and probes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.annotation.agreement import measure
from curation.annotation.agreement.columns import answers
from curation.annotation.assignment.progress import Checked
from curation.annotation.guideline.changes import today
from curation.annotation.sampling import gold
from curation.annotation.sampling.probes import near_twins, with_probes
from curation.annotation.sampling.roles import GOLD, NORMAL, PROBE
from curation.errors import UsageError
from curation.pipeline import require

if TYPE_CHECKING:
    from collections.abc import Collection

    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook
    from curation.verbs.campaign.folder import Folder


@dataclass(frozen=True)
class Checks:
    """The tasks of all rounds with gold tasks and probes, and what there is to say of one round's."""

    tasks: pa.Table
    gold: int
    probes: int
    #: drawn by chance before they became gold; given out before, so that they can't; gold, but in no line any more
    left_sample: tuple[str, ...] = ()
    given_before: tuple[str, ...] = ()
    without_line: tuple[str, ...] = ()


def with_checks(folder: Folder, tasks: pa.Table, round_: str, probes: int | None, seed: int) -> Checks:
    """The tasks with what ``gold.csv`` asks for, and with so many probes in a round.

    Args:
        folder: of the campaign.
        tasks: of all rounds, each in one of them.
        round_: that is assigned.
        probes: that it shall have; None leaves them as they are.
        seed: another one draws other probes.

    Raises:
        UsageError: the campaign shows more than articles.
        InputError: a line of ``gold.csv`` can't be used.
    """
    found = gold.load(folder.campaign.gold, folder.book, tasks)
    if (found or probes) and folder.book.codebook.shows != "article":
        raise UsageError(
            f"the tasks of '{folder.campaign.name}' show more than an article, so none is gold or a probe",
            remedy="Remove gold.csv and leave --probes out; give right answers with: label agreement --gold FILE",
        )
    left: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    if found:
        known = set(tasks["document_id"].to_pylist())
        placed = gold.placed(
            found,
            tasks,
            given=set(folder.assignments["task_key"].to_pylist()),
            round_=round_,
            campaign=folder.campaign.name,
            articles=_articles(folder, {right.document_id for right in found} - known),
        )
        tasks, left, before, lost = placed.tasks, placed.left_sample, placed.given_before, placed.without_line
    if probes:
        copies = require(folder.workspace, "dedup")
        here = pc.unique(tasks.filter(pc.equal(tasks["round"], round_))["document_id"]).to_pylist()
        near = near_twins(copies.read("pairs"), copies.read("clusters", ["id", "cluster_id"]))
        twins = {id_: near[id_] for id_ in here if id_ in near}
        texts = _texts(folder, {twin for of in twins.values() for twin in of})
        tasks = with_probes(tasks, twins, texts, folder.book.name, round_=round_, n=probes, seed=seed)
    roles = tasks.filter(pc.equal(tasks["round"], round_))["role"].to_pylist()
    return Checks(tasks, roles.count(GOLD), roles.count(PROBE), left, before, lost)


def of_today(folder: Folder, tasks: pa.Table) -> pa.Table:
    """The tasks with gold tasks and probes showing the texts of today.

    Other documents are frozen when they are drawn. These are not: that would make them the keepers of their clusters.
    """
    rows = tasks.to_pylist()
    checks = [row for row in rows if row["role"] != NORMAL]
    if not checks:
        return tasks
    texts = _texts(folder, {row["document_id"] for row in checks})
    for row in checks:
        row["text_sha256"] = texts.get(row["document_id"], row["text_sha256"])
    return pa.Table.from_pylist(rows, schema=tasks.schema)


def _articles(folder: Folder, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Cluster and digest of the text of documents; of those alone that the corpus has."""
    if not ids:
        return {}
    clusters = require(folder.workspace, "dedup").read("clusters", ["id", "cluster_id"])
    homes = clusters.filter(pc.is_in(clusters["id"], pa.array(sorted(ids), pa.string())))
    texts = _texts(folder, ids)
    pairs = zip(homes["id"].to_pylist(), homes["cluster_id"].to_pylist(), strict=True)
    return {id_: (home, texts[id_]) for id_, home in pairs if id_ in texts}


def _texts(folder: Folder, ids: Collection[str]) -> dict[str, str]:
    """The digests of the texts of documents."""
    rows = store.rows_where(folder.workspace.tables("clean", "documents"), "id", ids, ["id", "text_sha256"])
    return {row["id"]: row["text_sha256"] for row in rows}


# -- what they show -------------------------------------------------------------------------------


def right_answers(campaign: Campaign, book: Codebook, tasks: pa.Table) -> pa.Table | None:
    """The campaign's own right answers, as agreement takes them; None where it has none.

    Raises:
        InputError: a line of ``gold.csv`` can't be used.
    """
    found = gold.load(campaign.gold, book, tasks)
    return gold.expected(found, book) if found else None


def checked(folder: Folder, counting: pa.Table) -> dict[str, Checked]:
    """How often each annotator was right on gold tasks, and said the same on probes, over all questions.

    Args:
        folder: of the campaign.
        counting: the answers that no change of the guideline touches.
    """
    right = right_answers(folder.campaign, folder.book, folder.tasks)
    if not counting.num_rows or (right is None and PROBE not in folder.tasks["role"].to_pylist()):
        return {}
    made = measure(
        answers(today(counting, folder.book), {}), codebook=folder.book, tasks=folder.tasks, gold=right, resamples=0
    )
    found: dict[str, Checked] = {}
    for row in made["annotators"].to_pylist():
        known = found.get(row["annotator"], Checked())
        found[row["annotator"]] = Checked(
            known.gold_right + round((row["gold_accuracy"] or 0) * row["n_gold"]),
            known.gold + row["n_gold"],
            known.probes_same + round((row["self_consistency"] or 0) * row["n_probes"]),
            known.probes + row["n_probes"],
        )
    return found
