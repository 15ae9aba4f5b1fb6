"""Which language a text is in: our cascade beside the detectors that it is made of, on text that nobody was trained on.

    python benchmarks/language.py [--malay FILE] [--write]

Documents of 60 words and more are made by joining sentences, each used once, of one source and one language: the second
half of NusaX's sentences, all of the Declaration of Human Rights, and articles of hosts that the training never saw, if
a reader called them ordinary news. ``--malay`` adds Malay texts of your own, one a line. ``--write`` puts the tables
into ``docs/language.md``. All but ``--malay`` is in ``../shared/data``; where that is absent, nothing is measured.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from language_train import CODES, DATA, articles, halves, sentences
from pages import write

from curation.language.detect import SURE, guess, languages, readable, second
from curation.language.paragraphs import paragraph_findings

PAGE = Path(__file__).parents[1] / "docs" / "language.md"
START, END = "<!-- benchmarks/language.py: start -->", "<!-- benchmarks/language.py: end -->"

#: Words of a document, and of a quoted paragraph.
DOCUMENT, PARAGRAPH = 60, 20
#: Documents that speed is measured on, and those for py3langid.
MANY, FEW = 1_000, 100

Detector = Callable[[Sequence[str]], list[str | None]]


class Source(NamedTuple):
    """Documents of one language from one place."""

    name: str
    code: str
    documents: list[str]


class Figures(NamedTuple):
    """How a detector tells Indonesian, every language weighing the same."""

    precision: float
    recall: float
    precision_interval: tuple[float, float]
    recall_interval: tuple[float, float]
    others: float
    """Share of the documents in other languages that it calls Indonesian, as they come."""
    others_interval: tuple[float, float]
    right: float
    """Share of right answers, the mean over the languages."""


def joined(texts: Sequence[str], least: int) -> list[str]:
    """Sentences joined to texts of so many words; what is left over at the end is dropped."""
    found: list[str] = []
    parts: list[str] = []
    for text in texts:
        parts.append(text)
        if sum(len(part.split()) for part in parts) >= least:
            found.append(" ".join(parts))
            parts = []
    return found


def news() -> list[str]:
    """Articles of hosts that were not trained on, which a reader called ordinary Indonesian news."""
    rows = map(json.loads, (DATA / "ordinary.jsonl").read_text(encoding="utf-8").splitlines())
    kept = articles()[1]
    found = [kept[row["line"]] for row in rows if row["label"] == "ordinary" and row["line"] in kept]
    return [text for text in found if len(text.split()) >= DOCUMENT]


def sources(malay: Path | None) -> list[Source]:
    """All documents."""
    reviews = {code: halves(texts)[1] for code, texts in sentences("language_sentences.jsonl").items()}
    rights = sentences("language_udhr.jsonl")
    found = [Source("news", "id", news())]
    if malay:
        found.append(Source("news", "ms", malay.read_text(encoding="utf-8").splitlines()))
    for name, by in (("reviews", reviews), ("rights", rights)):
        found += [Source(name, code, joined(by[code], DOCUMENT)) for code in CODES if code in by]
    return found


def pycld2_alone(texts: Sequence[str]) -> list[str | None]:
    """pycld2's first answer."""
    return [guess(readable(text)).code for text in texts]


def py3langid_alone(texts: Sequence[str]) -> list[str | None]:
    """py3langid's first answer."""
    return [second(readable(text)) for text in texts]


def both(texts: Sequence[str]) -> list[str | None]:
    """pycld2, and py3langid where it is unsure."""
    found: list[str | None] = []
    for text in map(readable, texts):
        cld = guess(text)
        clear = cld.reliable and cld.code != "ms" and (cld.code != "id" or cld.score >= SURE)
        found.append(cld.code if clear else second(text))
    return found


DETECTORS: dict[str, Detector] = {
    "pycld2": pycld2_alone,
    "py3langid": py3langid_alone,
    "pycld2, then py3langid": both,
    "curation": languages,
}


def wilson(share: float, of: float) -> tuple[float, float]:
    """The 95 % interval of a share (E. B. Wilson, 1927)."""
    z = 1.96
    middle, width = share + z * z / (2 * of), z * math.sqrt(max(0.0, share * (1 - share)) / of + (z / (2 * of)) ** 2)
    return (middle - width) / (1 + z * z / of), min(1.0, (middle + width) / (1 + z * z / of))


def figures(found: dict[str, Counter[str]]) -> Figures:
    """Precision and recall of Indonesian as if there were as many documents of every language.

    The interval of the precision is that of a set with as many of each as of the rarest.
    """
    rate = {code: answers["id"] / answers.total() for code, answers in found.items()}
    called, fewest = sum(rate.values()), min(answers.total() for answers in found.values())
    others = [answers for code, answers in found.items() if code != "id"]
    wrong, of = sum(answers["id"] for answers in others), sum(answers.total() for answers in others)
    right = sum(answers[code] / answers.total() for code, answers in found.items()) / len(found)
    return Figures(
        rate["id"] / called,
        rate["id"],
        wilson(rate["id"] / called, called * fewest),
        wilson(rate["id"], found["id"].total()),
        wrong / of,
        wilson(wrong / of, of),
        right,
    )


def confusion(given: Sequence[Source], detector: Detector) -> dict[str, Counter[str]]:
    """What a detector says of each language's documents."""
    found: dict[str, Counter[str]] = {}
    for source in given:
        found.setdefault(source.code, Counter()).update(code or "none" for code in detector(source.documents))
    return found


def per_second(detector: Detector, count: int) -> float:
    """Real articles a second of processor time, the best of three rounds."""
    texts = [*articles()[1].values()][:count]
    times = []
    for _ in range(3):
        start = time.process_time()
        detector(texts)
        times.append(time.process_time() - start)
    return len(texts) / min(times)


def quotes(given: Sequence[Source]) -> dict[str, tuple[int, int, int]]:
    """Of each language: found, found as another foreign one, and all paragraphs that stand in an Indonesian article."""
    around = next(source for source in given if (source.name, source.code) == ("news", "id")).documents
    reviews = {code: halves(texts)[1] for code, texts in sentences("language_sentences.jsonl").items()}
    found = {}
    for code, texts in reviews.items():
        if code == "id":
            continue
        paragraphs = joined(texts, PARAGRAPH)
        bodies = [f"{around[n % len(around)]}\n{paragraph}\n" for n, paragraph in enumerate(paragraphs)]
        names = [str(n) for n in range(len(bodies))]
        table = paragraph_findings(pa.table({"id": names, "body": bodies, "language": ["id"] * len(bodies)}))
        starts = [len(body) - len(paragraph) - 1 for body, paragraph in zip(bodies, paragraphs, strict=True)]
        rules = [row["rule"] for row in table.to_pylist() if row["start"] >= starts[int(row["id"])]]
        right = rules.count(f"paragraph_{code}")
        found[code] = (right, len(rules) - right, len(bodies))
    return found


def markdown(given: Sequence[Source]) -> str:
    """The tables."""
    found = {name: confusion(given, detector) for name, detector in DETECTORS.items()}
    lines = [
        "| | precision of Indonesian | recall | others called Indonesian | right, mean of all | documents a second |",
        "|---|---|---|---|---|---|",
    ]
    for name, detector in DETECTORS.items():
        row = figures(found[name])
        shares = [
            f"{share:.3f} ({low:.3f} to {high:.3f})"
            for share, (low, high) in (
                (row.precision, row.precision_interval),
                (row.recall, row.recall_interval),
                (row.others, row.others_interval),
            )
        ]
        speed = per_second(detector, FEW if name == "py3langid" else MANY)
        lines.append(f"| {' | '.join([name, *shares])} | {row.right:.3f} | {speed:,.0f} |")
    lines += ["", "| language | source | documents | right | taken for |", "|---|---|---|---|---|"]
    for source in given:
        answers = Counter(code or "none" for code in languages(source.documents))
        wrong = ", ".join(f"{code} {n}" for code, n in answers.most_common() if code != source.code)
        lines.append(f"| {source.code} | {source.name} | {answers.total()} | {answers[source.code]} | {wrong} |")
    for name in ("pycld2, then py3langid", "curation"):
        seen = {code for answers in found[name].values() for code in answers}
        columns = [code for code in CODES if code in seen] + sorted(seen - {*CODES})
        lines += ["", f"| {name} | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
        for code, answers in found[name].items():
            lines.append(f"| {code} | {' | '.join(str(answers[column] or '') for column in columns)} |")
    lines += ["", "| quoted paragraph | found | as another foreign one | of |", "|---|---|---|---|"]
    lines += [f"| {code} | {right} | {other} | {every} |" for code, (right, other, every) in quotes(given).items()]
    return "\n".join(lines)


def main() -> None:
    """Measure, and show the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--malay", type=Path, metavar="FILE", help="Malay texts, one a line")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/language.md")
    arguments = parser.parse_args()
    if not DATA.exists():
        parser.exit(message=f"{DATA} is not here: nothing to measure on\n")
    tables = markdown(sources(arguments.malay))
    print(tables)
    if arguments.write:
        write(PAGE, START, END, tables)


if __name__ == "__main__":
    main()
