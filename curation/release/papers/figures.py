"""The sections of a README that tell in figures what the corpus is, how it was made and where its limits are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation.release.papers.markdown import listed, section, share, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curation.release.papers.facts import Audited, Facts

MOST = 20
#: signs of the longest bar
BAR = 30
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MASKED = (
    "In titles, bodies and quotes each letter and digit of these is replaced by •, so that offsets stay valid; "
    "`text_sha256` is that of the masked text. They were found by rules: some may be left."
)
AUDIT = (
    "People judged a random sample of what the rules took out, drawn by stratum. Shares are weighted by the documents "
    "that a stratum holds; intervals are Wilson's, on the effective sample size."
)
#: kinds of findings that limit what a text is good for, in words
LIMITS = {
    "truncated": "the text looks cut off",
    "paywall_stub": "the free part of a paid article",
    "ai_rewritten": "says that a machine wrote or rewrote it",
    "advertorial": "says that it is advertising",
    "photo_page": "a page of photos",
    "video_page": "a page of a video",
    "minor": "a minor may be recognised",
    "paragraph_language": "paragraphs in another language",
    "gambling": "words of gambling spam",
    "spam": "words of spam",
    "text_problem": "annotators said that the text is broken",
}
#: and those that are private data
PRIVATE = {
    "email": "an e-mail address",
    "phone": "a telephone number",
    "nik": "a NIK",
    "npwp": "an NPWP",
    "bank_account": "a bank account",
    "plate": "a number plate",
}


def figures(facts: Facts) -> list[str]:
    """Outlets, months, languages, lengths."""
    outlets = list(facts.outlets[:MOST])
    if rest := facts.outlets[MOST:]:
        outlets.append((f"{len(rest)} others", sum(count for _, count in rest)))
    months: list[tuple[str | int, ...]] = [(str(year), *counts) for year, counts in facts.months]
    return [
        "## Figures",
        "",
        *table(("outlet", "articles"), outlets),
        *table(("language", "articles"), facts.languages),
        *table(("text", "articles"), facts.access),
        *table(("year", *MONTHS), months),
        *_lengths(facts),
        *_copies(facts),
    ]


def _lengths(facts: Facts) -> list[str]:
    if not facts.lengths.quartiles:
        return []
    least, low, median, high, most = facts.lengths.quartiles
    longest = max(count for _, count in facts.lengths.classes)
    rows = [(name, count, "▇" * round(BAR * count / longest)) for name, count in facts.lengths.classes if count]
    said = f"Half of the articles have between {low:,} and {high:,} words (median {median:,}, {least:,} to {most:,})."
    return [said, "", *table(("words", "articles", ""), rows)]


def _copies(facts: Facts) -> list[str]:
    if not facts.keepers:
        return []
    return [
        f"{facts.keepers:,} articles stand for near-duplicates: their clusters hold {facts.copies:,} documents "
        "(`cluster_size`).",
        "",
    ]


def splits(facts: Facts, certificate: Mapping[str, Any]) -> list[str]:
    """Splits with their days, and what was found across them."""
    rows = [
        (one.name, one.rows, share(one.rows, facts.rows), one.labelled, *(one.days or ("—", "—")))
        for one in facts.splits
    ]
    lines = ["## Splits", "", *table(("split", "articles", "share", "labelled", "first day", "last day"), rows)]
    if any(one.name == "held" for one in facts.splits):
        lines += ["`held`: near-duplicates of these lie in two splits; leave them out of training and test alike.", ""]
    return [*lines, certified(certificate), ""] if len(facts.splits) > 1 else lines


def certified(certificate: Mapping[str, Any]) -> str:
    """The certificate in a sentence.

    >>> certified({"largest_containment": 0.25, "measured": 3, "pair": ["a1", "b2"]})[:59]
    'The most similar texts of two splits share 25.0% of the sma'
    """
    found = certificate["largest_containment"]
    how = "This was searched for among all articles; `curation verify --deep` does it again."
    if found is None:
        return f"No text shares enough with one of another split to be a candidate for a near-duplicate. {how}"
    one, other = certificate["pair"]
    return (
        f"The most similar texts of two splits share {found:.1%} of the smaller one's five-word sequences "
        f"(`{one}` and `{other}`; {certificate['measured']:,} pairs were measured). {how}"
    )


def made(facts: Facts) -> list[str]:
    """What became of the inputs, and what cleaning did."""
    if not facts.funnel and not facts.rules:
        return []
    return [
        "## How it was made",
        "",
        *table(("what became of the inputs", "n"), facts.funnel),
        *table(("cleaning rule", "edits in all documents"), facts.rules[:MOST]),
    ]


def limits(facts: Facts, masked: Mapping[str, int], written: str) -> list[str]:
    """What people wrote of limits, and those that the data shows."""
    counts, unknown = dict(facts.findings), dict(facts.outlets).get("unknown", 0)
    foreign = facts.rows - dict(facts.languages).get("id", 0)
    found = [
        ("unknown outlet", unknown),
        ("no known date", facts.undated),
        ("not in Indonesian, or too short to tell", foreign),
        *((words, counts.get(kind, 0)) for kind, words in LIMITS.items()),
        *((f"what looks like {words}", counts.get(kind, 0)) for kind, words in PRIVATE.items() if kind not in masked),
    ]
    rows = [(words, n, share(n, facts.rows)) for words, n in found if n]
    lines = [*section("Limitations", written), *table(("what the data shows", "articles", "share"), rows)]
    if facts.outlets and facts.outlets[0][1] * 2 > facts.rows:
        name, n = facts.outlets[0]
        lines += [f"{share(n, facts.rows)} of the articles are of one outlet, {name}.", ""]
    return lines


def audited(audits: Sequence[Audited]) -> list[str]:
    """What people found who judged what was dropped and merged."""
    if not audits:
        return []
    lines = section("Audit", AUDIT)
    for audit in audits:
        lines += [f"### {audit.title}", "", f"{audit.result}.", ""]
        lines += table(("stratum", "right", "95 % interval", "judged", "drawn from"), audit.shares)
        lines += listed(audit.notes)
    return lines


def hidden(masked: Mapping[str, int]) -> list[str]:
    """Private data that is masked."""
    if not masked:
        return []
    return [*section("Private data", MASKED), *table(("masked", "n"), masked.items())]


def checked(results: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the suites say, in a line each, and the warnings."""
    if not results:
        return []
    rows = []
    warned = []
    for one in results:
        failures = one["failures"]
        n = len(failures) + len(one["met"])
        rows.append((one["suite"], "passed" if one["passed"] else "failed", f"{n - len(failures)} of {n}"))
        warned += [
            f"{one['suite']}, `{failure['column']}`: {failure['why']} ({failure['count']:,} rows)"
            for failure in failures
            if not isinstance(failure, str)
        ]
    said = ["All of it is in `checks/index.html`.", *(["Warnings:"] if warned else [])]
    return ["## Checks", "", *table(("suite", "result", "expectations met"), rows), " ".join(said), "", *listed(warned)]
