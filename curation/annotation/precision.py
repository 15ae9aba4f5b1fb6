"""How often the machine was right, as far as people who looked can tell.

A stratum's share is that of its judged tasks. The overall share weighs strata by the documents that they stand for,
as 1 / inclusion probability tells. Its interval is Wilson's on the effective sample size: uneven weights make some
tasks count more than others, and n tasks tell no more than (sum of weights)² / (sum of their squares) equal ones would.

Sources: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
L. Kish, "Survey Sampling" (1965), on the effective sample size; C. Franco et al., "Comparative study of confidence
intervals for proportions in complex sample surveys", JSSAM 7 (2019), on putting the two together.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from curation.annotation.audit import AUDITS, UNCLEAR
from curation.annotation.resolution.resolve import majority
from curation.annotation.sampling.roles import of_the_sample
from curation.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.annotation.audit import Audit
    from curation.annotation.codebook import Codebook

#: of the standard normal distribution, for 95 %
Z = 1.959963984540054


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share that was seen in `n` draws; `n` need not be whole, and may be infinite.

    >>> tuple(round(bound, 4) for bound in wilson(0.9, 100))
    (0.8256, 0.9448)
    >>> wilson(1.0, math.inf)
    (1.0, 1.0)
    """
    z2 = Z * Z / n
    center = (share + z2 / 2) / (1 + z2)
    half = math.sqrt(share * (1 - share) * z2 + z2 * z2 / 4) / (1 + z2)
    # rounding must not push the share itself out
    return max(0.0, min(share, center - half)), min(1.0, max(share, center + half))


@dataclass(frozen=True)
class Share:
    """How many were right: of all, or of one stratum."""

    name: str
    #: documents that the tasks were drawn from
    population: int
    drawn: int
    right: int
    wrong: int
    #: those of which people could not tell, or said different things equally often
    unclear: int
    #: None where nothing is judged
    value: float | None
    low: float | None
    high: float | None

    @property
    def judged(self) -> int:
        """Tasks with an answer that counts."""
        return self.right + self.wrong

    @property
    def open(self) -> int:
        """Tasks that nobody answered; skips are no answers."""
        return self.drawn - self.judged - self.unclear

    @property
    def shown(self) -> tuple[str, str]:
        """Value and interval for people."""
        if self.value is None:
            return "–", "–"
        return f"{self.value:.1%}", f"{self.low:.1%} – {self.high:.1%}"


@dataclass(frozen=True)
class Precision:
    """What the answers to one round of an audit say."""

    audit: Audit
    round: str
    overall: Share
    strata: tuple[Share, ...]
    #: tasks of equal weight that would tell as much; None where every stratum was read in full
    n_effective: float | None
    annotators: int
    #: tasks by their resolved answer
    answers: tuple[tuple[str, int], ...]
    #: the documents that were judged wrong
    wrong: tuple[str, ...]

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The strata about which nothing is known."""
        return tuple(stratum.name for stratum in self.strata if not stratum.judged)

    @property
    def at_least(self) -> float:
        """What is shown of all documents: the lower end, and as if all were wrong in strata that nobody judged."""
        known = sum(stratum.population for stratum in self.strata if stratum.judged)
        return (self.overall.low or 0.0) * known / self.overall.population

    def line(self) -> str:
        """The overall result in a sentence."""
        overall = self.overall
        if overall.value is None:
            return f"{self.audit.done}: not known yet, of {overall.drawn:,} tasks none is judged"
        return (
            f"{self.audit.done}: {overall.value:.1%}, 95 % interval {overall.low:.1%} to {overall.high:.1%} "
            f"({overall.judged:,} judged of {overall.drawn:,} drawn from {overall.population:,} {self.audit.units}, "
            f"{overall.unclear:,} unclear)"
        )

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values."""
        found = asdict(self) | {"audit": self.audit.name, "answers": dict(self.answers)}
        shares = (self.overall, *self.strata)
        plain = [asdict(share) | {"judged": share.judged, "open": share.open} for share in shares]
        return found | {
            **{"overall": plain[0], "strata": plain[1:]},
            **{"at_least": self.at_least, "wrong": list(self.wrong)},
        }


def precision(tasks: pa.Table, annotations: pa.Table, book: Codebook) -> Precision:
    """The precision that the last round of an audit found.

    Several annotators vote: a tie is unclear, as is "unclear" itself. Answers to another text than the task's, which
    was drawn again since, don't count.

    Args:
        tasks: of all rounds, the last one at the end.
        annotations: of the campaign.
        book: its codebook.

    Raises:
        ConfigError: the codebook lacks the audit's question or one of its values.
    """
    audit = AUDITS[book.codebook.shows]
    _refuse_changed(audit, book)
    round_ = tasks["round"][-1].as_py()
    drawn = of_the_sample(tasks.filter(pc.equal(tasks["round"], round_)))
    texts = dict(zip(drawn["task_key"].to_pylist(), drawn["text_sha256"].to_pylist(), strict=True))
    answered = zip(annotations["task_key"].to_pylist(), annotations["text_sha256"].to_pylist(), strict=True)
    counting = annotations.filter(pa.array([texts.get(key) == text for key, text in answered], pa.bool_()))
    given = counting.filter(pc.equal(counting["question"], audit.name))
    labels = majority(given, book).labels
    voted = {(row["document_id"], row["target"]): row["value"] for row in labels.to_pylist()}
    asked = set(given["task_key"].to_pylist())
    rows = [
        # who is asked and gives no majority is divided
        (task, voted.get((task["document_id"], task["target"]), UNCLEAR) if task["task_key"] in asked else "")
        for task in drawn.to_pylist()
    ]
    strata = []
    for name in sorted({task["stratum"] for task, _ in rows}):
        values = Counter(value for task, value in rows if task["stratum"] == name)
        chance = next(task["inclusion_probability"] for task, _ in rows if task["stratum"] == name)
        strata.append(_stratum(audit, name, values, round(values.total() / chance)))
    overall, effective = _overall(strata)
    answers = Counter(value for _, value in rows if value)
    return Precision(
        audit=audit,
        round=round_,
        overall=overall,
        strata=tuple(strata),
        n_effective=effective,
        annotators=len(pc.unique(given["annotator"])),
        answers=tuple((value, answers[value]) for value in (*audit.right, audit.wrong, UNCLEAR)),
        wrong=tuple(sorted(task["document_id"] for task, value in rows if value == audit.wrong)),
    )


def _refuse_changed(audit: Audit, book: Codebook) -> None:
    known = book.known_answers().get(audit.name, ())
    if missing := [value for value in (*audit.right, audit.wrong, UNCLEAR) if value not in known]:
        problem = f"codebook.toml of {audit.campaign}: the question '{audit.name}' lacks {', '.join(missing)}"
        raise ConfigError([f"{problem}. Put it back: precision is counted from these values."])


def _stratum(audit: Audit, name: str, values: Counter[str], population: int) -> Share:
    right = sum(values[value] for value in audit.right)
    wrong, unclear, drawn = values[audit.wrong], values[UNCLEAR], values.total()
    judged = right + wrong
    if not judged:
        return Share(name, population, drawn, right, wrong, unclear, None, None, None)
    # who has read all of it has drawn nothing: there is no chance in it
    low, high = wilson(right / judged, math.inf if judged == population else judged)
    return Share(name, population, drawn, right, wrong, unclear, right / judged, low, high)


def _overall(strata: Sequence[Share]) -> tuple[Share, float | None]:
    """All strata as one share, and the effective sample size; strata without a judgement have no part in the value."""
    known = [stratum for stratum in strata if stratum.judged]
    whole = sum(stratum.population for stratum in known)
    weights = [stratum.population / whole for stratum in known]
    # a weight is shared by the judged tasks of its stratum; strata that were read in full add no chance
    squares = sum(
        weight**2 / stratum.judged
        for weight, stratum in zip(weights, known, strict=True)
        if stratum.judged < stratum.population
    )
    n = 1 / squares if squares else math.inf
    value = low = high = None
    if known:
        shares = zip(weights, known, strict=True)
        value = min(1.0, sum(weight * (stratum.value or 0.0) for weight, stratum in shares))
        low, high = wilson(value, n)
    overall = Share(
        "all",
        population=sum(stratum.population for stratum in strata),
        drawn=sum(stratum.drawn for stratum in strata),
        right=sum(stratum.right for stratum in strata),
        wrong=sum(stratum.wrong for stratum in strata),
        unclear=sum(stratum.unclear for stratum in strata),
        value=value,
        low=low,
        high=high,
    )
    return overall, n if known and squares else None
