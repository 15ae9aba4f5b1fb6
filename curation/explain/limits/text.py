"""Measures, limits and what-ifs as text for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curation.report.excerpt import clipped, counted, escaped, plain, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.config import Limit, Quality
    from curation.explain.explanation import Measured
    from curation.explain.limits.standings import Standing
    from curation.explain.limits.whatif import WhatIf
    from curation.quality.measure import Measure

    Row = dict[str, Any]

_LONGEST = 70


def bounds(limit: Limit | Measured) -> str:
    """An accepted range in words.

    >>> from curation.config import Limit
    >>> bounds(Limit(min=60)), bounds(Limit(min=3, max=10)), bounds(Limit())
    ('at least 60', 'at least 3, at most 10', '')
    """
    said = (("at least", limit.min), ("at most", limit.max))
    return ", ".join(f"{word} {bound:g}" for word, bound in said if bound is not None)


def number(value: float | None) -> str:
    """A value as people write it.

    >>> number(1234.0), number(0.123456), number(None)
    ('1,234', '0.1235', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.4g}"


def measures_text(rows: Sequence[Standing], profile: str) -> str:
    """All measures: those with a limit first, each with its place in the corpus where there is one."""
    corpus = any(row.told for row in rows)
    limited = [row for row in rows if bounds(row.limit)]
    others = [row for row in rows if not bounds(row.limit)]
    width = max(len(row.name) for row in (rows if corpus else limited or rows))
    head = f"{'':<{width}} {'limit':<13} {'unit':<29}"
    if corpus:
        head += f" {'1 %':>9} {'median':>9} {'99 %':>9} {'break it':>9} {'only it':>8}"
    lines = [f"Limits of the profile {profile}, with what the settings change:", "", head.rstrip()]
    lines += [_line(row, width, corpus) for row in limited]
    if others and corpus:
        lines += ["", "Measured, without a limit:", *(_line(row, width, corpus) for row in others)]
    elif others:
        lines += ["", f"Measured, without a limit: {', '.join(row.name for row in others)}"]
    return "\n".join([*lines, "", "More about one: curation measures NAME"])


def _line(row: Standing, width: int, corpus: bool) -> str:
    line = f"{row.name:<{width}} {bounds(row.limit):<13} {row.unit:<29}"
    if corpus:
        line += " " + " ".join(f"{number(value):>9}" for value in row.quantiles or (None, None, None))
        if bounds(row.limit):
            line += f" {row.broken:>9,} {row.alone:>8,}"
    return line.rstrip()


def measure_text(one: Measure, quality: Quality, row: Standing | None = None, near: Sequence[Row] = ()) -> str:
    """One measure with its docstring, its limit, and the documents nearest to it."""
    limit = quality.limits.get(one.name)
    facts = {
        "unit": one.unit,
        "limit": (bounds(limit) if limit else "") or f"none in the profile {quality.profile}",
    }
    if row and row.told:
        low, median, high = row.quantiles
        facts["corpus"] = f"1 % below {number(low)}, median {number(median)}, 99 % below {number(high)}"
        facts["breaks"] = f"{counted(row.broken, 'document')}, {row.alone:,} by this alone"
    parts = [one.name, "\n".join(f"{name:<9} {fact}" for name, fact in facts.items()), escaped(one.doc)]
    if near:
        parts.append("\n".join(["Nearest to the limit:", *(_near(document) for document in near)]))
    return "\n\n".join(parts)


def _near(row: Row) -> str:
    verdict = "breaks it" if row["breaks"] else "passes"
    return f"  {row['id']}  {number(row['value']):>9}  {verdict:<10} {_title(row)}".rstrip()


def whatif_text(found: WhatIf, examples: Sequence[Row]) -> str:
    """What there is and what there would be, by reason; and documents that flip."""
    lines = [f"{'':<22} {'now':>9} {'then':>9}"]
    lines.append(_change("documents that pass", *found.passing))
    if found.selected and not found.is_sample:
        lines.append(_change("selected", *found.selected))
    if found.reasons:
        lines += ["", "by reason"]
        lines += [_change(f"  {name}", *counts) for name, counts in found.reasons.items()]
    out = sum(found.flips["keep_before"].to_pylist())
    flips = found.flips.num_rows
    of = f" of {counted(found.documents, 'document')}"
    if found.is_sample:
        of += f" (a random sample of the {found.concerned:,} that are concerned)"
    said = f"{counted(flips, 'verdict')}{of} would change: {out:,} out, {flips - out:,} in."
    lines += ["", said if flips else f"No verdict{of} would change."]
    for row in examples:
        way = "in " if row["keep"] else "out"
        why = "; ".join(plain(reason) for reason in row["why"])
        lines += ["", f"{way}  {row['id']}  {why}", f"     {_title(row)}".rstrip()]
    return "\n".join(lines)


def _change(name: str, now: int, then: int) -> str:
    return f"{name:<22} {now:>9,} {then:>9,}   {f'{then - now:+,}' if then != now else ''}".rstrip()


def _title(row: Row) -> str:
    if "title" not in row:
        return ""
    return f"{visible(row['outlet'])}: {clipped(visible(row['title'] or '(no title)'), _LONGEST)}"
