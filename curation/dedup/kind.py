"""What a verified pair is: an exact copy, a near one, a part, an update, a template, or a mere overlap.

The kind alone decides whether two documents may end in one cluster (:data:`MERGING`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curation.dedup.facts import compare
from curation.dedup.shingle import shingles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.config import Dedup

#: Kinds that say "the same article". `contained` (a in b) and `contains` are copies cut short; a text that sits
#: in the middle of a longer page is an `overlap`, so that an aggregator never glues the articles it holds.
MERGING = frozenset({"exact", "near", "update", "contained", "contains"})

#: A text is near another if the longer one is mostly the shorter one: this share of its shingles, or half
#: where both start alike. It is a part of the longer one if that begins with it and holds most of it.
MOSTLY = 0.6
HALF = 0.5
WHOLE = 0.8

#: Two texts start alike when one of so many first shingles is shared; datelines and chrome move them a bit.
HEAD = 30

#: Below this share of the shorter text, two pages of one address are different articles.
SAME_PAGE = 0.1

_UPDATE = re.compile(r"^\W*(?:update|diperbarui)\b|\bralat\b", re.IGNORECASE)

Row = dict[str, Any]


@dataclass(frozen=True)
class Similarity:
    """The exact figures of a pair."""

    jaccard: float
    containment_a: float
    containment_b: float

    @property
    def containment(self) -> float:
        """Share of the shorter text that the other holds."""
        return max(self.containment_a, self.containment_b)

    def __str__(self) -> str:
        return f"J {self.jaccard:.2f}, C {self.containment_a:.2f} / {self.containment_b:.2f}"


@dataclass(frozen=True)
class Judgement:
    """Kind, direction and the reasons in words."""

    kind: str
    direction: str | None
    evidence: str


def survives(similarity: Similarity, same_page: bool, settings: Dedup) -> bool:
    """Whether a candidate is worth a row in `pairs`."""
    return same_page or similarity.jaccard >= settings.jaccard or similarity.containment >= settings.containment


def judge(a: Mapping[str, Any], b: Mapping[str, Any], similarity: Similarity, settings: Dedup) -> Judgement:
    """The kind of a pair that :func:`survives`.

    The documents need title, body, text_sha256, url_key, outlet, publisher, dateline, syndicated_from and
    published_at.
    """
    kind, why = _kind(a, b, similarity, settings)
    direction, source = _direction(a, b) if kind in MERGING else (None, "")
    return Judgement(kind, direction, "; ".join(part for part in (str(similarity), why, source) if part))


def _kind(a: Mapping[str, Any], b: Mapping[str, Any], similarity: Similarity, settings: Dedup) -> tuple[str, str]:
    if a["text_sha256"] == b["text_sha256"]:
        return "exact", "same text"
    if a["url_key"] is not None and a["url_key"] == b["url_key"]:
        if similarity.containment < SAME_PAGE:
            return "overlap", "same address, another article"
        return "update", "same address"
    facts = compare(a["body"], b["body"])
    if _is_update(a) != _is_update(b):
        return "update", f"one is marked as update or correction; {facts}"
    if facts.is_template:
        return "template", str(facts)
    longer = min(similarity.containment_a, similarity.containment_b)
    if similarity.jaccard >= settings.jaccard or longer >= MOSTLY:
        return "near", str(facts)
    if _start_alike(a["body"], b["body"]):
        if similarity.containment >= WHOLE:
            part = "contained" if similarity.containment_a >= similarity.containment_b else "contains"
            return part, f"one begins with the other; {facts}"
        if longer >= HALF:
            return "near", f"both start alike; {facts}"
    return "overlap", f"a passage of a text that holds more; {facts}"


def _is_update(document: Mapping[str, Any]) -> bool:
    return bool(_UPDATE.search(document["title"] or "") or _UPDATE.search(document["body"][:80]))


def _start_alike(a: str, b: str) -> bool:
    return not set(shingles(a)[:HEAD]).isdisjoint(shingles(b)[:HEAD])


def _direction(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[str | None, str]:
    """Which one was copied from the other, where they tell, and how we know."""
    if a["outlet"] != b["outlet"]:
        a_names_b, b_names_a = _names(a, b), _names(b, a)
        if a_names_b != b_names_a:
            source = b if a_names_b else a
            return ("a_from_b" if a_names_b else "b_from_a"), f"one names {source['outlet']} as its source"
    first, second = a["published_at"], b["published_at"]
    if first is None or second is None or first == second:
        return None, ""
    hours = abs((first - second).total_seconds()) / 3600
    return ("a_from_b" if second < first else "b_from_a"), f"one is {hours:.1f} hours older"


def _names(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether a's text names b's outlet as its source or publisher."""
    outlet = b["outlet"].casefold()
    named = (a["syndicated_from"], a["publisher"], a["dateline"])
    return outlet != "unknown" and any(outlet in name.casefold() for name in named if name)
