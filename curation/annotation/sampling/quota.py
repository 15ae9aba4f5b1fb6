"""Quotas: how many articles of an outlet, a month or a section are drawn, whatever their share of the corpus."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from curation.annotation.sampling.draw import shares
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curation.annotation.sampling.strata import Values


def by_value(quota: Mapping[str, int], by: Sequence[str], strata: Iterable[Values]) -> tuple[int, dict[str, int]]:
    """Which word of a stratum the quotas are about, and the quota of each value.

    Args:
        quota: articles by what and value: ``{"outlet:Detak": 50}``.
        by: what strata are made of.
        strata: all that there are.

    Raises:
        UsageError: strata don't tell these values apart, or the quotas are about two things, which can't both be kept.

    >>> by_value({"month:2026-03": 50}, ("outlet", "month"), [("Detak", "2026-03")])
    (1, {'2026-03': 50})
    """
    kinds = {name.partition(":")[0] for name in quota}
    for name in quota:
        kind, _, value = name.partition(":")
        if kind not in by or not value:
            example = f"{by[0] if by else 'outlet'}:VALUE"
            remedy = f"Write it as {example}, or draw by {kind}, too." if value else f"Write it as {example}."
            raise UsageError(f"the quota '{name}' is not about what is drawn by ({', '.join(by)})", remedy=remedy)
    if len(kinds) > 1:
        said = " and ".join(sorted(kinds))
        raise UsageError(f"quotas of {said} can't all be kept at once", remedy="Leave those of one of them.")
    place = list(by).index(kinds.pop()) if kinds else 0
    there = {values[place] for values in strata} if quota else set()
    found = {name.partition(":")[2]: count for name, count in quota.items()}
    for value in found.keys() - there:
        near = difflib.get_close_matches(value, there, n=1)
        remedy = f"Did you mean '{near[0]}'?" if near else "See curation.toml, [sample.quota], and --quota."
        raise UsageError(f"there is a quota of '{value}', but no article of it", remedy=remedy)
    return place, found


def budgets(
    sizes: Mapping[str | None, int], drawn: Mapping[str | None, int], quotas: Mapping[str, int], n: int | None
) -> dict[str | None, int]:
    """Articles to have of each value with a quota, and of all others (None), as far as there are any.

    Args:
        sizes: articles that there are.
        drawn: those that are drawn already, and stay.
        quotas: by value.
        n: articles to have in all; None takes all others.

    Raises:
        UsageError: the quotas ask for more than is to be drawn.

    >>> budgets({"Detak": 80, "Pesisir": 3, None: 60}, {}, {"Detak": 10, "Pesisir": 5}, 33)
    {'Detak': 10, 'Pesisir': 3, None: 20}
    """
    made: dict[str | None, int] = {
        value: max(drawn.get(value, 0), min(quota, sizes.get(value, 0))) for value, quota in quotas.items()
    }
    left = sizes.get(None, 0) if n is None else n - sum(made.values())
    if left < drawn.get(None, 0):
        needed = sum(made.values()) + drawn.get(None, 0)
        raise UsageError(
            f"with their quotas {needed:,} articles are drawn, which is more than {n:,}",
            remedy="Ask for more articles, or lower the quotas.",
        )
    return made | {None: min(left, sizes.get(None, 0))}


def allotted(sizes: Mapping[str, int], drawn: Mapping[str, int], n: int, least: int) -> dict[str, int]:
    """Articles to have of each stratum: its share, but never less than are drawn already.

    Args:
        sizes: articles that there are.
        drawn: those that are drawn already.
        n: articles to have in all.
        least: articles of each stratum at least, as far as it and `n` go.

    >>> allotted({"Detak": 50, "Detak, draw 2": 50, "Pesisir": 50}, {"Detak": 30, "Pesisir": 5}, 60, 1)
    {'Detak': 30, 'Detak, draw 2': 15, 'Pesisir': 15}
    """
    made: dict[str, int] = {}
    while True:
        open_ = Counter({name: size for name, size in sizes.items() if name not in made})
        share = shares(open_, n - sum(made.values()), least)
        more = {name: drawn.get(name, 0) for name in open_ if share[name] < drawn.get(name, 0)}
        if not more:
            return dict(sorted((made | share).items()))
        made |= more


def pooled(values: Values, place: int, quotas: Mapping[str, int]) -> Values:
    """A stratum without the words that were pooled over: what has a quota is never mixed with what has none."""
    has_quota = bool(values) and values[place] in quotas
    return tuple(word if has_quota and i == place else "" for i, word in enumerate(values))
