"""whatif: what another setting would make of the corpus; nothing is written.

Other limits are a matter of counting (see :mod:`curation.explain.limits.whatif`). For a cleaning rule, the documents
that it edits are cleaned again without it: a sample of them where they are many.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import schema, store
from curation.boilerplate import RULES
from curation.errors import UsageError
from curation.explain.limits.standings import names, read_measures
from curation.explain.limits.whatif import WhatIf, compare
from curation.pipeline import Pipeline
from curation.quality import MEASURES
from curation.quality.verdicts import verdicts
from curation.sites import shipped_sites
from curation.stages.clean import CleanSettings, clean_articles
from curation.stages.judge import measure_documents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curation.config import Config, Quality
    from curation.explain.places import Places

#: documents that are cleaned again at most: about a second
SAMPLE = 2_000


def without_rules(places: Places, settings: Config, after: Quality, rules: Sequence[str]) -> WhatIf:
    """Clean and measure again, without some rules, the documents that these edit or flag; a sample if they are many."""
    _refuse_unknown(rules)
    if not (places.has("articles") and places.has("edits")):
        remedy = "Name the folder that `curation clean` and `curation judge` wrote both."
        raise UsageError("no articles and edits are here, to clean again", where=str(places.root), remedy=remedy)
    concerned = _concerned(places, rules)
    ids = concerned[:SAMPLE]  # in the order of their ids, which are hashes: a random sample
    disable = (*settings.rules.disable, *rules)
    wanted = pa.array(ids, pa.string())
    measures = [schema.empty("measures")]
    for batch, cleaning in _cleanings(places, settings, disable):
        for articles in store.scan_where(places.of("articles", batch), "id", wanted):
            tables = clean_articles(articles, cleaning)
            measures.append(measure_documents(tables["documents"], tables["findings"])["measures"])
    new = pa.concat_tables(measures).combine_chunks().sort_by("id")
    old = read_measures(places, [one.name for one in MEASURES])
    old = old.filter(pc.is_in(old["id"], new["id"].combine_chunks()))
    before = verdicts(old, settings.quality.limits)
    return compare(places, new, before, verdicts(new, after.limits), len(concerned))


def _refuse_unknown(rules: Sequence[str]) -> None:
    known = [*(rule.name for rule in RULES), *names()]
    for rule in rules:
        if rule not in known:
            near = difflib.get_close_matches(rule, known, n=1)
            remedy = f"Did you mean '{near[0]}'?" if near else "See: curation measures, curation rules."
            raise UsageError(f"--disable {rule}: there is no such measure or cleaning rule", remedy=remedy)


def _concerned(places: Places, rules: Sequence[str]) -> list[str]:
    """The ids of the documents that rules edit or flag, sorted."""
    found: set[str] = set()
    for table in ("edits", "findings"):
        found_in = places.workspace.tables("clean", table) if places.workspace else places.of(table)
        for part in store.scan([place for place in found_in if place.exists()], ["id", "rule"]):
            found.update(part["id"].filter(pc.is_in(part["rule"], pa.array(rules))).to_pylist())
    return sorted(found)


def _cleanings(places: Places, settings: Config, disable: tuple[str, ...]) -> list[tuple[str | None, CleanSettings]]:
    """How each batch is cleaned without the rules."""
    if places.workspace is None:
        return [(None, CleanSettings(shipped_sites(), disable, crawl=tuple(places.of("articles"))))]
    less = msgspec.structs.replace(settings, rules=msgspec.structs.replace(settings.rules, disable=disable))
    pipeline = Pipeline(places.workspace, less)
    return [(batch, pipeline.cleaning(batch)) for batch in places.workspace.accepted()]
