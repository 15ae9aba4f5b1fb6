"""The summary of a run as Markdown, for a job's page or a pull request."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from curation.report.funnel import funnel_text
from curation.verbs.nightly.drift import WINDOW
from curation.verbs.nightly.facts import ALL, Group
from curation.verbs.nightly.junit import remedy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curation.verbs.nightly.drift import Alert
    from curation.verbs.nightly.facts import BatchFacts
    from curation.verbs.nightly.summary import Summary, Told

#: rows of a table and lines of a list; what follows is counted
MOST = 40


def text(summary: Summary) -> str:
    """The whole page."""
    parts = [f"# {cell(summary.name)}: {_headline(summary)}", *_look(summary)]
    if summary.batches:
        parts += ["## Batches", _batches(summary.batches), *_reasons(summary.batches), *_outlets(summary.batches)]
    parts += ["## Corpus", "```text\n" + funnel_text(summary.funnel) + "\n```", *_checks(summary)]
    return "\n\n".join(parts) + "\n"


def cell(value: object) -> str:
    r"""A value as plain text: names come from other people's pages, and must not become Markdown or HTML.

    >>> cell("Kabar | <b>Kota</b>")
    'Kabar \\| &lt;b&gt;Kota&lt;/b&gt;'
    """
    plain = re.sub(r"[\s\x00-\x1f]+", " ", str(value)).strip()
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*\[\]|~])", r"\\\1", plain)


def _headline(summary: Summary) -> str:
    inputs = sum(told.facts.inputs for told in summary.batches)
    articles = sum(told.facts.articles for told in summary.batches)
    selected = sum(told.facts.outcomes.get("selected", 0) for told in summary.batches)
    verdict = f"failed ({', '.join(map(cell, summary.failures))})" if summary.failures else "passed"
    if not summary.batches:
        return f"{verdict}, nothing new"
    return f"{verdict}. {inputs:,} inputs, {articles:,} new articles, {selected:,} of them selected"


def _look(summary: Summary) -> Iterator[str]:
    """First what a person should look at."""
    failed = [told.facts for told in summary.batches if told.failed]
    lines = [
        f"- **{cell(facts.name)}** is quarantined: {cell(facts.reason).rstrip('.')}. {cell(remedy(facts))}"
        for facts in failed
    ]
    lines += [
        f"- The check **{cell(check.suite)}** failed. Look: `curation check {check.suite.partition('-')[0]}`."
        for check in summary.checks
        if not check.passed
    ]
    lines += [f"- {_alert(alert)}" for told in summary.batches for alert in told.alerts]
    if lines:
        yield "## Look at this"
        yield _capped(lines)


def _alert(alert: Alert) -> str:
    about = f"{cell(alert.outlet)} " if alert.outlet else ""
    return f"{cell(alert.batch)}, {alert.kind}: {about}{cell(alert.text)}"


def _batches(batches: Iterable[Told]) -> str:
    rows = []
    for told in batches:
        facts = told.facts
        repeats = facts.rejected.get("repeat", 0)
        rejected = sum(facts.rejected.values()) - repeats
        left = Counter(facts.outcomes)
        selected = left.pop("selected", 0)
        state = "empty" if facts.state == "accepted" and not facts.inputs else facts.state
        reasons = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in sorted(left.items()))
        numbers = (facts.inputs, repeats, rejected, facts.articles, selected)
        rows.append([cell(facts.name), state, *(f"{number:,}" for number in numbers), reasons])
    heads = ["batch", "state", "inputs", "repeats", "rejected", "articles", "selected", "left out"]
    return _table(heads, rows, numbers=(2, 3, 4, 5, 6))


def _reasons(batches: tuple[Told, ...]) -> Iterator[str]:
    """What kept inputs out, beside what is usual."""
    inputs = sum(told.facts.inputs for told in batches)
    earlier = batches[0].earlier
    rows = []
    for sort, facts in (("rejected", "rejected"), ("failed", "failed")):
        counts: Counter[str] = Counter()
        for told in batches:
            counts.update(getattr(told.facts, facts))
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            usual = [getattr(one, facts).get(name, 0) / one.inputs for one in earlier]
            rows.append([f"{sort}: {cell(name)}", f"{count:,}", f"{count / inputs:.1%}", _percent(usual)])
    if rows:
        yield "## Reasons"
        yield _table(["reason", "count", "of the inputs", f"usual ({_window(earlier)})"], rows, numbers=(1, 2, 3))


def _outlets(batches: tuple[Told, ...]) -> Iterator[str]:
    rows = []
    for told in batches:
        groups = sorted(told.facts.groups.items(), key=lambda item: (-item[1].documents, item[0]))
        for outlet, group in groups:
            if outlet == ALL:
                continue
            before = [one.groups.get(outlet, Group(0)) for one in told.earlier]
            there = [one for one in before if one.documents]
            rows.append(
                [
                    cell(told.facts.name),
                    cell(outlet),
                    f"{group.documents:,}",
                    f"{median(one.documents for one in before):,.0f}" if before else "",
                    f"{group.values['words']:,.0f}",
                    f"{median(one.values['words'] for one in there):,.0f}" if there else "",
                    f"{group.values['failed']:.0%}",
                    _percent([one.values["failed"] for one in there]),
                ]
            )
    if rows:
        heads = ["batch", "outlet", "documents", "usual", "median words", "usual", "fail checks", "usual"]
        yield "## Outlets"
        yield _table(heads, rows, numbers=range(2, 8))


def _checks(summary: Summary) -> Iterator[str]:
    if summary.checks:
        yield "## Checks"
        rows = [[line for line in check.lines() if line] for check in summary.checks]
        yield "```text\n" + "\n".join(line.replace("```", "") for lines in rows for line in lines[:MOST]) + "\n```"


def _window(earlier: tuple[BatchFacts, ...]) -> str:
    return f"median of the {len(earlier)} batches before" if earlier else f"of the {WINDOW} batches before; none yet"


def _percent(values: list[float]) -> str:
    return f"{median(values):.1%}" if values else ""


def _table(heads: list[str], rows: list[list[str]], numbers: Iterable[int]) -> str:
    right = set(numbers)
    rule = ["---:" if at in right else "---" for at in range(len(heads))]
    lines = ["| " + " | ".join(row) + " |" for row in [heads, rule, *rows]]
    return _capped(lines, MOST + 2, "\n\n")


def _capped(lines: list[str], most: int = MOST, gap: str = "\n") -> str:
    shown = "\n".join(lines[:most])
    return shown + (f"{gap}- and {len(lines) - most:,} more" if len(lines) > most else "")
