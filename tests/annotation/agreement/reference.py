"""The coefficients by their definitions, pair by pair in plain Python and fractions: slow, and nothing is shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

#: unit → annotator → value
Sheet = dict[Any, dict[str, Any]]


def nominal(a: Any, b: Any) -> Fraction:
    return Fraction(a != b)


def masi(a: frozenset[str], b: frozenset[str]) -> Fraction:
    if a == b:
        return Fraction(0)
    if not a & b:
        return Fraction(1)
    monotony = Fraction(2, 3) if a <= b or b <= a else Fraction(1, 3)
    return 1 - Fraction(len(a & b), len(a | b)) * monotony


def percent(sheet: Sheet) -> Fraction | None:
    shares = []
    for given in sheet.values():
        pairs = list(combinations(given.values(), 2))
        if pairs:
            shares.append(Fraction(sum(a == b for a, b in pairs), len(pairs)))
    return sum(shares, Fraction(0)) / len(shares) if shares else None


def alpha(sheet: Sheet, distance: Callable[[Any, Any], Fraction] = nominal) -> Fraction | None:
    paired = [list(given.values()) for given in sheet.values() if len(given) > 1]
    every = [value for values in paired for value in values]
    n = len(every)
    if not n:
        return None
    observed = sum(
        (
            sum((distance(a, b) for a, b in permutations(values, 2)), Fraction(0)) / (len(values) - 1)
            for values in paired
        ),
        Fraction(0),
    )
    expected = sum((distance(a, b) for a, b in permutations(every, 2)), Fraction(0))
    return None if not expected else 1 - (observed / n) / (expected / (n * (n - 1)))


def cohen(a: list[Any], b: list[Any]) -> Fraction | None:
    n = len(a)
    observed = Fraction(sum(x == y for x, y in zip(a, b, strict=True)), n)
    chance = sum((Fraction(a.count(k), n) * Fraction(b.count(k), n) for k in {*a, *b}), Fraction(0))
    return None if chance == 1 else (observed - chance) / (1 - chance)


def mean_cohen(sheet: Sheet) -> Fraction | None:
    people = sorted({name for given in sheet.values() for name in given})
    found = []
    for one, other in combinations(people, 2):
        both = [given for given in sheet.values() if one in given and other in given]
        if both:
            found.append(cohen([given[one] for given in both], [given[other] for given in both]))
    known = [kappa for kappa in found if kappa is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def fleiss(sheet: Sheet) -> Fraction | None:
    sizes = Counter(len(given) for given in sheet.values() if len(given) > 1)
    if not sizes:
        return None
    size = max(sizes, key=lambda m: (sizes[m], m))
    units = [list(given.values()) for given in sheet.values() if len(given) == size]
    observed = sum(
        (Fraction(sum(a == b for a, b in permutations(values, 2)), size * (size - 1)) for values in units), Fraction(0)
    ) / len(units)
    counts = Counter(value for values in units for value in values)
    chance = sum((Fraction(c, len(units) * size) ** 2 for c in counts.values()), Fraction(0))
    return None if chance == 1 else (observed - chance) / (1 - chance)


def ac1(sheet: Sheet, labels: list[Any]) -> Fraction | None:
    observed = percent(sheet)
    if observed is None or len(labels) < 2:
        return None
    answered = [list(given.values()) for given in sheet.values() if given]
    shares = [
        sum((Fraction(values.count(k), len(values)) for values in answered), Fraction(0)) / len(answered)
        for k in labels
    ]
    chance = sum((share * (1 - share) for share in shares), Fraction(0)) / (len(labels) - 1)
    return (observed - chance) / (1 - chance)


def letters(sheet: dict[Any, dict[str, list[tuple[int, int, str]]]], length: dict[Any, int]) -> Sheet:
    """Every letter of every text as a unit: the set of labels that each annotator put on it."""
    return {
        (text, place): {
            name: frozenset(label for start, end, label in spans if start <= place < end)
            for name, spans in given.items()
        }
        for text, given in sheet.items()
        for place in range(length[text])
    }


def f1(sheet: Sheet) -> Fraction | None:
    shared = marked = 0
    for given in sheet.values():
        for a, b in combinations(given.values(), 2):
            shared += 2 * len(a & b)
            marked += len(a) + len(b)
    return Fraction(shared, marked) if marked else None


def alpha_of_many(sheet: Sheet) -> Fraction | None:
    """The nominal alpha where there are too many units for every pair of answers: by counts of values."""
    paired = [list(given.values()) for given in sheet.values() if len(given) > 1]
    every = Counter(value for values in paired for value in values)
    n = sum(every.values())
    observed = sum((Fraction(sum(a != b for a, b in permutations(v, 2)), len(v) - 1) for v in paired), Fraction(0))
    expected = sum(count * (n - count) for count in every.values())
    return 1 - (n - 1) * observed / expected if expected else None
