"""What is different tonight: new reasons, outlets that fell silent, and numbers far from those of earlier batches.

A number is compared with the same number of the (at most) 14 batches that arrived before and brought anything. It is
told when it lies more than 3.5 robust deviations from their median. A deviation is the largest of

- 1.4826 × the median distance of the earlier numbers from their median (the standard deviation of a normal
  distribution, which one odd night does not stretch);
- what chance alone gives for so few documents: √count for a count, √(p (1 − p) / n) for a share (with one document of
  each kind added, so that 0 of 5 is no certainty), 0.75 × median / √n for a median;
- a change too small to look at: a tenth of a count, 0.01 of a share, 10 words, 0.02 of the share that cleaning took.

3.5 is the customary bound for such scores (Iglewicz & Hoaglin 1993, How to detect and handle outliers). Nothing is
compared before there are five earlier batches. Drift is told and never fails a run: a person looks.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Literal

from curation.verbs.nightly.facts import ALL, Group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curation.verbs.nightly.facts import BatchFacts

#: earlier batches that a night is compared with, and how many it takes
WINDOW = 14
FEWEST = 5
#: robust deviations from which on a number is told
LIMIT = 3.5
#: documents of an outlet without which a share or a median says nothing
FEW_DOCUMENTS = 5
#: an outlet that brought something in this share of the batches since it first came is missed when it brings nothing
USUAL = 0.8

#: reasons of `rejected` that ask nobody to look
IN_ORDER = {"repeat", "joined", "withdrawn"}

Kind = Literal["count", "share", "median"]


@dataclass(frozen=True)
class Measure:
    """A number of a batch or of one of its outlets."""

    words: str
    kind: Kind
    #: a smaller change is not worth a look
    least: float


#: by the names of `Group.values`; each is looked at for the batch and for each outlet
MEASURES = {
    "words": Measure("median words", "median", 10),
    "chrome": Measure("median share that cleaning took", "median", 0.02),
    "failed": Measure("share that fails its checks", "share", 0.01),
    "foreign": Measure("share in another language than Indonesian", "share", 0.01),
    "undated": Measure("share without a date", "share", 0.01),
    "untitled": Measure("share without a headline", "share", 0.01),
}
DOCUMENTS = Measure("documents", "count", 0)
REJECTED = Measure("share of inputs rejected", "share", 0.01)


@dataclass(frozen=True)
class Alert:
    """Something about a batch that a person should look at."""

    batch: str
    kind: Literal["new reason", "new language", "new outlet", "silent", "drift"]
    #: empty where it is about the whole batch
    outlet: str
    text: str


def alerts(batch: BatchFacts, before: Sequence[BatchFacts]) -> list[Alert]:
    """What is different about a batch.

    Args:
        batch: the batch.
        before: the batches that arrived before it, oldest first; the last 14 that brought anything count.
    """
    earlier = compared_with(before)
    if not batch.inputs or len(earlier) < FEWEST:
        return []
    return [*_new(batch, earlier), *_drift(batch, earlier)]


def compared_with(before: Sequence[BatchFacts]) -> list[BatchFacts]:
    """The batches that a night is compared with: the last 14 of those before it that brought anything."""
    return [one for one in before if one.inputs][-WINDOW:]


def deviations(value: float, earlier: Sequence[float], measure: Measure, documents: int) -> float:
    """How many robust deviations a value lies from the median of earlier ones (see the module).

    >>> deviations(4, [40, 42, 39, 41, 40], DOCUMENTS, 4)
    -5.69...
    >>> abs(deviations(0.4, [0.0, 0.1, 0.0, 0.2, 0.0], REJECTED, 5)) < LIMIT  # 2 of 5 may be chance
    True
    """
    usual = median(earlier)
    spread = 1.4826 * median(abs(one - usual) for one in earlier)
    return (value - usual) / max(spread, _chance(usual, measure.kind, documents), measure.least)


def _chance(usual: float, kind: Kind, documents: int) -> float:
    if kind == "count":
        return max(math.sqrt(usual), 0.1 * usual, 1.0)
    if kind == "share":
        share = (usual * documents + 1) / (documents + 2)
        return math.sqrt(share * (1 - share) / max(documents, 1))
    return 0.75 * usual / math.sqrt(max(documents, 1))


def _new(batch: BatchFacts, earlier: Sequence[BatchFacts]) -> Iterator[Alert]:
    """Reasons, languages and outlets that none of the earlier batches knows."""
    since = f"in none of the {len(earlier)} batches before"
    sorts: tuple[tuple[Literal["new reason", "new language"], str, str], ...] = (
        ("new reason", "rejected", "inputs rejected as"),
        ("new reason", "failed", "documents that fail"),
        ("new language", "languages", "documents in"),
    )
    for kind, facts, words in sorts:
        known: Counter[str] = Counter()
        for one in earlier:
            known.update(getattr(one, facts))
        for name, count in sorted(getattr(batch, facts).items()):
            if name not in known and name not in IN_ORDER:
                yield Alert(batch.name, kind, "", f"{words} {name}: {count:,}; {since}")
    seen = {outlet for one in earlier for outlet in one.groups}
    for outlet in sorted(batch.groups.keys() - seen - {ALL}):
        count = batch.groups[outlet].documents
        yield Alert(batch.name, "new outlet", outlet, f"brings documents: {count:,}; {since}")


def _drift(batch: BatchFacts, earlier: Sequence[BatchFacts]) -> Iterator[Alert]:
    shares = [one.rejected_share for one in earlier]
    if sentence := _far(batch.rejected_share, shares, REJECTED, batch.inputs):
        yield Alert(batch.name, "drift", "", sentence)
    if batch.state != "accepted":
        return
    outlets = {outlet for one in (batch, *earlier) for outlet in one.groups}
    for outlet in sorted(outlets):
        group = batch.groups.get(outlet, Group(0))
        counts = [one.groups.get(outlet, Group(0)).documents for one in earlier]
        counts = counts[next((at for at, count in enumerate(counts) if count), len(counts)) :]  # since it first came
        if len(counts) >= FEWEST:
            if not outlet or group.documents:
                sentence = _far(group.documents, counts, DOCUMENTS, group.documents)
                yield from [Alert(batch.name, "drift", outlet, sentence)] if sentence else []
            elif sum(count > 0 for count in counts) >= USUAL * len(counts):  # what comes now and then is not missed
                usual = f"a median of {median(counts):,.0f} in the {len(counts)} batches before"
                yield Alert(batch.name, "silent", outlet, f"brings no new document; {usual}")
        if group.documents >= FEW_DOCUMENTS:
            yield from _values(batch.name, outlet, group, [one.groups.get(outlet, Group(0)) for one in earlier])


def _values(batch: str, outlet: str, group: Group, earlier: Sequence[Group]) -> Iterator[Alert]:
    for name, measure in MEASURES.items():
        known = [one.values[name] for one in earlier if one.documents >= FEW_DOCUMENTS and name in one.values]
        if name in group.values and len(known) >= FEWEST:
            sentence = _far(group.values[name], known, measure, group.documents)
            if sentence:
                yield Alert(batch, "drift", outlet, sentence)


def _far(value: float, earlier: Sequence[float], measure: Measure, documents: int) -> str | None:
    """The sentence about a number that is far from the earlier ones."""
    away = deviations(value, earlier, measure, documents)
    if abs(away) <= LIMIT:
        return None
    low, high = min(earlier), max(earlier)
    spread = f"{_number(low, measure)} to {_number(high, measure)}"
    usual = f"usually {_number(median(earlier), measure)} ({spread})"
    return f"{measure.words}: {_number(value, measure)}, {usual}; {away:+.1f} deviations"


def _number(value: float, measure: Measure) -> str:
    return f"{value:.1%}" if measure.least < 1 and measure.kind != "count" else f"{value:,.0f}"
