"""What needs a person, told first: the gravest first, each with what to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from curation.report.words import DRIFT, both
from curation.verbs.nightly.drift import IN_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from curation.verbs.report.story import Story

    Row = dict[str, Any]

#: what of a batch is wrong rather than new
GRAVE = ("silent", "drift")
#: shares of the articles that fail their checks and of the inputs that are rejected, from which on to look
MANY_FAIL, MANY_REJECTED = 0.25, 0.05
#: of an outlet with so many articles, from which share on
FEW, HALF = 10, 0.5
#: outlets or annotators that an alert names
NAMED = 5


class Alert(NamedTuple):
    """One thing that needs a person."""

    #: whether something is wrong; else it wants a look
    grave: bool
    text: Markup
    #: where the report tells more
    section: str
    #: what to type; empty where no command helps
    command: str = ""


def alerts(story: Story) -> list[Alert]:
    """Everything that needs a person, the gravest first."""
    found = [*_batches(story), *_checks(story), *_outlets(story), *_shares(story), *_campaigns(story), *_release(story)]
    return sorted(found, key=lambda alert: not alert.grave)


def _batches(story: Story) -> Iterator[Alert]:
    quarantined = [row for row in story.batches if row["state"] == "quarantined"]
    waiting = [row["batch"] for row in quarantined]
    if waiting:
        text = both(
            "<b>{n}</b> in quarantine: {names}. Its inputs are in no number below.",
            "<b>{n}</b> dikarantina: {names}. Isinya tidak ikut dihitung di bawah.",
            n=_counted(len(waiting), "batch", "batches"),
            names=_names(waiting),
        )
        readable = [row["batch"] for row in quarantined if row["read"]]
        command = f"curation batch accept {readable[0]} --why '...'" if readable else "curation batch list"
        yield Alert(True, text, "batches", command)
    if story.counts["not selected yet"]:
        text = both(
            "<b>{n}</b> articles are not selected yet: the tables are older than the batches.",
            "<b>{n}</b> artikel belum dipilah: tabelnya lebih lama daripada batch.",
            n=story.counts["not selected yet"],
        )
        yield Alert(True, text, "funnel", "curation run")


def _checks(story: Story) -> Iterator[Alert]:
    for row in story.checks:
        if not row["asked"]:
            text = both("The checks can't be run.", "Pemeriksaan tidak dapat dijalankan.")
            yield Alert(True, text, "checks", "curation check")
        elif row["failures"]:
            text = both(
                "Check <b>{suite}</b>: {n} of {asked} expectations are not met.",
                "Pemeriksaan <b>{suite}</b>: {n} dari {asked} syarat tidak terpenuhi.",
                suite=row["suite"],
                n=row["asked"] - row["met"],
                asked=row["asked"],
            )
            yield Alert(not row["passed"], text, "checks", "curation check")


def _outlets(story: Story) -> Iterator[Alert]:
    for row in story.drift[:NAMED]:
        text = both(
            "Batch <b>{batch}</b>, {outlet}: {kind} ({figures}).",
            "Batch <b>{batch}</b>, {media}: {ragam} ({figures}).",
            batch=row["batch"],
            outlet=row["outlet"] or "all of it",
            media=row["outlet"] or "seluruhnya",
            kind=row["kind"],
            ragam=DRIFT.get(row["kind"], row["kind"]),
            figures=row["text"],
        )
        yield Alert(row["kind"] in GRAVE, text, "outlets")
    if len(story.drift) > NAMED:
        text = both(
            "{n} more changes in the last batch.",
            "{n} perubahan lain dalam batch terakhir.",
            n=len(story.drift) - NAMED,
        )
        yield Alert(False, text, "outlets")
    words = {
        "failed_checks": ("of its articles fail their checks", "artikelnya tidak lolos pemeriksaan"),
        "removed": ("of its text is removed by cleaning", "teksnya dibuang saat pembersihan"),
    }
    for row in story.outlets:
        if row["others"] or row["articles"] < FEW:
            continue
        for what, share in (("removed", row["removed"]), ("failed_checks", row["failed_checks"] / row["articles"])):
            if share >= HALF:
                english, indonesian = words[what]
                text = both(
                    f"<b>{{name}}</b>: {{share}} {english}.",
                    f"<b>{{name}}</b>: {{share}} {indonesian}.",
                    name=row["outlet"],
                    share=f"{share:.0%}",
                )
                yield Alert(False, text, "outlets")


def _shares(story: Story) -> Iterator[Alert]:
    articles, inputs = story.counts["articles"], story.counts["inputs"]
    rejected = sum(row["inputs"] for row in story.rejections if row["reason"] not in IN_ORDER)
    if articles and story.counts["failed checks"] / articles >= MANY_FAIL:
        text = both(
            "<b>{share}</b> of the articles fail their checks. See which limit it is, and what lies near it.",
            "<b>{share}</b> artikel tidak lolos pemeriksaan. Lihat batas yang mana, dan apa yang ada di dekatnya.",
            share=f"{story.counts['failed checks'] / articles:.0%}",
        )
        yield Alert(False, text, "measures", "curation measures")
    if inputs and rejected / inputs >= MANY_REJECTED:
        text = both(
            "<b>{share}</b> of the inputs are no articles, repeats aside.",
            "<b>{share}</b> masukan bukan artikel, di luar yang berulang.",
            share=f"{rejected / inputs:.0%}",
        )
        yield Alert(False, text, "rejected")
    if story.chrome["newest"] > story.chrome["version"]:
        text = both(
            "Version {newest} of the learned chrome is there; cleaning uses {version}.",
            "Versi {newest} dari sisipan yang dipelajari sudah ada; pembersihan memakai {version}.",
            newest=story.chrome["newest"],
            version=story.chrome["version"] or "–",
        )
        yield Alert(False, text, "chrome", "curation learn")


def _campaigns(story: Story) -> Iterator[Alert]:
    for row in story.campaigns:
        name = row["name"]
        if row["idle"]:
            who = [f"{one['annotator']} ({one['days']})" for one in row["idle"]]
            text = both(
                "Campaign <b>{name}</b>: nothing for days from {who}.",
                "Kampanye <b>{name}</b>: berhari-hari tidak ada jawaban dari {who}.",
                name=name,
                who=_names(who),
            )
            yield Alert(False, text, "labelling", f"curation label status {name}")
        if row["annotations"] and row["labels"] and row["open"] and row["shows"] == "article":
            text = both(
                "Campaign <b>{name}</b>: {n} articles have no label (ties, or no answer yet).",
                "Kampanye <b>{name}</b>: {n} artikel belum berlabel (suara seri, atau belum dijawab).",
                name=name,
                n=row["open"],
            )
            yield Alert(False, text, "labelling", f"curation label adjudicate {name}")


def _release(story: Story) -> Iterator[Alert]:
    if story.releases["behind"]:
        text = both(
            "The newest release, <b>{version}</b>, is older than the corpus.",
            "Rilis terbaru, <b>{version}</b>, lebih lama daripada korpus.",
            version=story.releases["latest"]["version"],
        )
        yield Alert(False, text, "releases", "curation publish")


def _names(names: list[str]) -> str:
    more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
