"""Tasks shared out by hours: each to as many different annotators as are wanted, nobody more than their share."""

from __future__ import annotations

import math
from bisect import insort
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from curation.annotation.assignment.queue import lots

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curation.annotation.assignment.dealing import Dealing
    from curation.annotation.assignment.queue import Assignment, Unit


def fill(dealing: Dealing, units: Sequence[Unit], round_: str, wanted: int) -> None:
    """Give what is missing in a round to those who may have it, by lots that weigh what each lacks of their share.

    To take turns would be as fair, but the same people would meet on the same tasks again and again.
    """
    missing = {unit.task_key: dealing.missing(unit.task_key, wanted) for unit in units}
    load, target = _loads(dealing, units, sum(count for count in missing.values() if count > 0))
    left: Counter[str] = Counter()
    holders: dict[str, set[str]] = defaultdict(set)
    for unit in units:
        holders[unit.document_id].update(dealing.having.get(unit.task_key, ()))
        if missing[unit.task_key] > 0:
            left.update(m.annotator for m in dealing.there if dealing.rank(unit.task_key, m.annotator) is not None)
    for unit in sorted(units, key=lambda unit: (lots(dealing.seed, unit.document_id), unit.task_key)):
        if missing[unit.task_key] <= 0:
            continue
        key, document = unit.task_key, unit.document_id
        places = {}
        for name in load:
            if (rank := dealing.rank(key, name)) is None:
                continue
            lacks = target[name] - load[name]
            # who lacks as many as are left must get every one
            must = 0 < left[name] <= lacks
            lot = drawn(max(lacks, 1), dealing.seed, key, name)
            places[name] = (rank, name not in holders[document], not must, lacks <= 0, lot)
        fit = sorted(places, key=places.__getitem__)
        for name in fit[: missing[key]]:
            dealing.give(key, name, round_, wanted)
            holders[document].add(name)
            load[name] += 1
        left.subtract(fit)


def level(dealing: Dealing, units: Sequence[Unit], move_open: bool) -> None:
    """Move untouched articles from who has more than their share to who has less and never had them."""
    load, target = _loads(dealing, units, 0)
    again = {(row.task_key, row.annotator) for row in dealing.earlier}
    articles: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for unit in units:
        for row in dealing.rows(unit.task_key):
            articles[row.annotator, unit.document_id].append(row)
    movable = {
        place: rows
        for place, rows in articles.items()
        if place[0] in target
        and all(row.state == "waiting" or (move_open and row.state == "open") for row in rows)
        and not any((row.task_key, row.annotator) in again for row in rows)
    }

    def is_last(place: tuple[str, str]) -> tuple[bool, bytes]:
        # who works through the own order has not seen its end
        return all(row.state == "waiting" for row in movable[place]), lots(dealing.seed, *place)

    for name, document in sorted(movable, key=is_last, reverse=True):
        rows = movable[name, document]
        size = len(rows)
        if load[name] - target[name] < size:
            continue
        fit = [
            other
            for other in target
            if target[other] - load[other] >= size and all((row.task_key, other) not in dealing.queues for row in rows)
        ]
        if not fit:
            continue
        other = min(fit, key=lambda to: (-(target[to] - load[to]) / target[to], lots(dealing.seed, document, to)))
        for row in rows:
            dealing.remove(row)
            dealing.queues[row.task_key, other] = row.given_to(other, dealing.at)
            insort(dealing.having[row.task_key], other)
            dealing.given += 1
        load[name] -= size
        load[other] += size


def _loads(dealing: Dealing, units: Sequence[Unit], more: int) -> tuple[Counter[str], dict[str, int]]:
    """The pending tasks of everybody who is there, and what their share of these and of `more` would be."""
    load: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for unit in units:
        for member in dealing.there:
            row = dealing.queues.get((unit.task_key, member.annotator))
            pending = row is not None and row.is_pending
            load[member.annotator] += pending
            most[member.annotator] += pending or dealing.rank(unit.task_key, member.annotator) is not None
    hours = {member.annotator: member.hours for member in dealing.there}
    return load, fair_shares(load.total() + more, hours, most)


def drawn(weight: int, *of: object) -> float:
    """A place in an order that is drawn by lots: early with a chance in proportion to the weight."""
    chance = (int.from_bytes(lots(*of)[:8], "big") + 1) / (2**64 + 1)
    return -math.log(chance) / weight


def fair_shares(total: int, hours: Mapping[str, float], most: Mapping[str, int]) -> dict[str, int]:
    """What each person should have of so many tasks: in proportion to hours, whole, and no more than they can have.

    >>> fair_shares(30, {"a01": 6, "a02": 6, "a03": 3}, {"a01": 20, "a02": 20, "a03": 20})
    {'a01': 12, 'a02': 12, 'a03': 6}
    >>> fair_shares(30, {"a01": 20, "a02": 2, "a03": 2}, {"a01": 10, "a02": 10, "a03": 10})
    {'a01': 10, 'a02': 10, 'a03': 10}
    """
    left, found = dict(hours), dict.fromkeys(hours, 0)
    total = min(total, sum(most[name] for name in hours))
    while left:
        exact = {name: total * share / sum(left.values()) for name, share in left.items()}
        full = [name for name in left if exact[name] >= most[name]]
        if not full:
            break
        for name in full:
            found[name] = most[name]
            total -= most[name]
            del left[name]
    if left:
        found |= {name: int(exact[name]) for name in left}
        by_remainder = sorted(left, key=lambda name: (int(exact[name]) - exact[name], name))
        for name in by_remainder[: total - sum(found[name] for name in left)]:
            found[name] += 1
    return found
