"""Tasks that check people rather than tell about articles: gold tasks for all, probes for who has the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curation.annotation.sampling.roles import GOLD, NORMAL, PROBE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curation.annotation.assignment.dealing import Dealing
    from curation.annotation.assignment.queue import Unit


def give_checks(dealing: Dealing, units: Mapping[str, Unit], rounds: Mapping[str, str]) -> None:
    """Bring gold tasks and probes to those who shall have them, after the normal tasks are dealt.

    Who skips one is not asked again, and nobody in their place. `wanted` becomes the number of people who were asked.

    Args:
        dealing: the queues.
        units: the tasks.
        rounds: of each.
    """
    for key, unit in units.items():
        if unit.role == GOLD:
            names = {member.annotator for member in dealing.there}
        elif unit.role == PROBE:
            rows = dealing.rows(unit.original)
            names = {row.annotator for row in rows if row.is_pending or row.state == "answered"}
            for row in dealing.rows(key):
                if row.is_pending and row.annotator not in names:
                    dealing.remove(row)
        else:
            continue
        for member in dealing.there:
            if member.annotator in names and dealing.rank(key, member.annotator) is not None:
                dealing.give(key, member.annotator, rounds[key], 0)
        asked = [row for row in dealing.rows(key) if row.state != "withdrawn"]
        for row in asked:
            dealing.queues[key, row.annotator] = row._replace(wanted=len(asked))


def normal(units: Mapping[str, Unit]) -> dict[str, Unit]:
    """The tasks that are shared out."""
    return {key: unit for key, unit in units.items() if unit.role == NORMAL}
