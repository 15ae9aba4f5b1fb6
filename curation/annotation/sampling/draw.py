"""A stratified random sample that is the same on every machine and in every row order.

Who comes first is told by a hash of seed and id, so a larger sample holds the smaller one where shares allow it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: the stratum of all units where the sample is smaller than the number of strata
POOLED = "all"


def draw(strata: Mapping[str, str], n: int | None, seed: int, least: int = 1) -> dict[str, tuple[str, float]]:
    """Stratum and inclusion probability of each unit that is drawn.

    Args:
        strata: the stratum of each unit, by its id.
        n: units to draw; None takes all.
        seed: another one draws another sample.
        least: units to draw from each stratum at least, as far as it and `n` go.

    >>> draw({"a1": "Detak", "b2": "Detak", "c3": "Pesisir"}, 2, seed=1)
    {'b2': ('Detak', 0.5), 'c3': ('Pesisir', 1.0)}
    """
    n = len(strata) if n is None else min(n, len(strata))
    if n < len(set(strata.values())):
        strata = dict.fromkeys(strata, POOLED)
    sizes = Counter(strata.values())
    share = shares(sizes, n, least)
    taken: Counter[str] = Counter()
    drawn = {}
    for id_ in in_order(strata, seed):
        stratum = strata[id_]
        if taken[stratum] < share[stratum]:
            taken[stratum] += 1
            drawn[id_] = (stratum, share[stratum] / sizes[stratum])
    return drawn


def in_order(ids: Iterable[str], *of: object) -> list[str]:
    """The ids in an order that stands for chance and is the same everywhere.

    Args:
        ids: to be put in order.
        of: a seed, and whatever else shall have an order of its own.

    >>> in_order(["a1", "b2", "c3"], 1), in_order(["c3", "a1", "b2"], 1), in_order(["a1", "b2", "c3"], 2)
    (['b2', 'c3', 'a1'], ['b2', 'c3', 'a1'], ['a1', 'c3', 'b2'])
    """
    before = "".join(f"{part}\0" for part in of)
    return sorted(ids, key=lambda id_: hashlib.sha256(f"{before}{id_}".encode()).digest())


def shares(sizes: Counter[str], n: int, least: int = 1) -> dict[str, int]:
    """Units to draw from each stratum: `least` of them, and the rest in proportion by largest remainders.

    Where `n` does not suffice for that, `least` is lowered, to 0 if need be.

    >>> shares(Counter({"Detak": 80, "Nusakabar": 18, "Pesisir": 2}), 10)
    {'Detak': 7, 'Nusakabar': 2, 'Pesisir': 1}
    >>> shares(Counter({"Detak": 80, "Nusakabar": 18, "Pesisir": 2}), 10, least=4)
    {'Detak': 4, 'Nusakabar': 4, 'Pesisir': 2}
    """
    while least > 0 and sum(min(size, least) for size in sizes.values()) > n:
        least -= 1
    first = {name: min(size, least) for name, size in sizes.items()}
    rest, left = n - sum(first.values()), sizes.total() - sum(first.values())
    exact = {name: rest * (size - first[name]) / left if left else 0.0 for name, size in sizes.items()}
    found = {name: first[name] + int(value) for name, value in exact.items()}
    by_remainder = sorted(sizes, key=lambda name: (int(exact[name]) - exact[name], name))
    for name in by_remainder[: n - sum(found.values())]:
        found[name] += 1
    return dict(sorted(found.items()))
