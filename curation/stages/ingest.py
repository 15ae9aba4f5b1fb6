"""ingest: from one input to the articles of one batch, repeats set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from curation import ingest, schema, store
from curation.workspace.withdrawn import Withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curation.config import Input
    from curation.engine import Engine
    from curation.sites import Sites

CODE = ("ingest", "schema.py", "sites/__init__.py", "stages/ingest.py", "workspace/withdrawn.py")

Keys = npt.NDArray[np.uint64]

_NOTHING = Withdrawn()


@dataclass
class Seen:
    """What earlier batches hold, in 8 to 16 bytes an article: ids, and the first batch of each page."""

    ids: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    pages: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    first: npt.NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))
    batches: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, batches: Mapping[str, Path]) -> Seen:
        """From the articles of batches, in their order of arrival."""
        ids, pages, first = [], [], []
        for number, place in enumerate(batches.values()):
            for table in store.scan([place], ["id", "url_key"]):
                ids.append(schema.id_numbers(table["id"]))
                keys = _page_keys(table["url_key"].drop_null())
                pages.append(keys)
                first.append(np.full(len(keys), number, np.int32))
        if not ids:
            return cls()
        page, firsts = np.concatenate(pages), np.concatenate(first)
        unique, where = np.unique(page, return_index=True)  # the first of equal ones: the earliest batch
        return cls(np.unique(np.concatenate(ids)), unique, firsts[where], list(batches))

    def has(self, ids: Keys) -> npt.NDArray[np.bool_]:
        """Which of the ids an earlier batch holds."""
        return _found(ids, self.ids)[1]

    def first_seen(self, url_keys: Sequence[str | None], batch: str) -> list[str]:
        """The batch that first brought each page: an earlier one, else this."""
        place, known = _found(_page_keys([key or "" for key in url_keys]), self.pages)
        return [
            self.batches[self.first[at]] if found and key else batch
            for at, found, key in zip(place, known, url_keys, strict=True)
        ]


def ingest_batch(
    path: Path,
    batch: str,
    draft: store.Draft,
    *,
    settings: Input,
    sites: Sites,
    engine: Engine,
    seen: Seen,
    withdrawn: Withdrawn = _NOTHING,
    limit: int | None = None,
    tell: Callable[[int], None] | None = None,
) -> None:
    """Read one input into the parts of a draft with the tables articles and rejected.

    Articles that were withdrawn are rejected. `tell` is told the records of each part that is done.

    Raises:
        UsageError: nothing is there.
        InputError: the input as a whole can't be read.
    """
    found = ingest.read(path, settings)
    tables = ingest.record_tables(_first(found, limit) if limit else found)
    here: set[int] = set()
    for part in store.scan([draft.path / "articles"], ["id"]) if (draft.path / "articles").is_dir() else ():
        here.update(schema.id_numbers(part["id"]).tolist())  # of a killed run
    convert = partial(ingest.convert, batch=batch, site_record=sites.find)
    engine.map_batches(
        convert,
        tables,
        draft,
        lambda _, made: _without_repeats(_without_withdrawn(made, batch, withdrawn), batch, seen, here),
        tell=tell,
    )


def set_aside_repeats(stage: store.Stage, batch: str, seen: Seen) -> None:
    """Write a batch again without the articles that other batches have brought in meanwhile."""
    here: set[int] = set()
    _write_again(stage, lambda made: _without_repeats(made, batch, seen, here))


def set_aside_withdrawn(stage: store.Stage, batch: str, withdrawn: Withdrawn) -> None:
    """Write a batch again without the articles that were withdrawn."""
    _write_again(stage, lambda made: _without_withdrawn(made, batch, withdrawn))


def _write_again(stage: store.Stage, without: Callable[[Mapping[str, pa.Table]], dict[str, pa.Table]]) -> None:
    manifest = stage.manifest()
    assert manifest is not None
    draft = stage.begin(str(manifest["key"]))
    # a part of their own: there may be no articles to go with them
    draft.write(0, {"articles": schema.empty("articles"), "rejected": stage.read("rejected")})
    for part, articles in enumerate(store.scan([stage.table("articles")]), 1):
        made = {"articles": articles, "rejected": schema.empty("rejected")}
        draft.write(part, without(made))
    draft.commit({"input": manifest.get("input")})


def _without_repeats(made: Mapping[str, pa.Table], batch: str, seen: Seen, here: set[int]) -> dict[str, pa.Table]:
    """Articles and rejected of one part, repeats of what is in earlier batches or earlier in this one set aside."""
    articles = made["articles"]
    numbers = schema.id_numbers(articles["id"])
    repeat = seen.has(numbers)
    for i, number in enumerate(numbers.tolist()):
        repeat[i] |= number in here
        here.add(number)
    fresh = articles.filter(pa.array(~repeat))
    first_seen = pa.array(seen.first_seen(fresh["url_key"].to_pylist(), batch), pa.string())
    fresh = fresh.set_column(fresh.column_names.index("first_seen"), "first_seen", first_seen)
    repeats = _repeats(articles.filter(pa.array(repeat)), batch)
    return {"articles": fresh, "rejected": pa.concat_tables([made["rejected"], repeats])}


def _without_withdrawn(made: Mapping[str, pa.Table], batch: str, withdrawn: Withdrawn) -> dict[str, pa.Table]:
    """Articles and rejected of one part, what was taken down set aside."""
    articles = made["articles"]
    why = withdrawn.of(articles)
    if not any(why):
        return dict(made)
    gone = articles.filter(pa.array([entry is not None for entry in why]))
    rows = zip(gone.select(["source_ref", "id"]).to_pylist(), filter(None, why), strict=True)
    refused = schema.from_rows(
        "rejected",
        (
            {
                "batch": batch,
                "source_ref": row["source_ref"],
                "reason": "withdrawn",
                "detail": f"The article {row['id']} was withdrawn on {entry.date} ({entry.reason}).",
            }
            for row, entry in rows
        ),
    )
    return {
        "articles": articles.filter(pa.array([entry is None for entry in why])),
        "rejected": pa.concat_tables([made["rejected"], refused]),
    }


def rejected_share(stage: store.Stage) -> tuple[int, int]:
    """How many inputs were bad, and how many there were; repeats and joined pages are not bad."""
    reasons = stage.read("rejected", ["reason"])["reason"]
    fine = pc.is_in(reasons, pa.array(["repeat", "joined", "withdrawn"]))
    bad = len(reasons) - (pc.sum(fine).as_py() or 0)
    return bad, len(reasons) + store.count_rows(stage.table("articles"))


def _first(found: Iterator[ingest.Record | ingest.Rejection], limit: int) -> Iterator[ingest.Record | ingest.Rejection]:
    for _, record in zip(range(limit), found, strict=False):
        yield record


def _repeats(articles: pa.Table, batch: str) -> pa.Table:
    """Rows of the table rejected for articles that are already there."""
    rows = articles.select(["source_ref", "id"]).to_pylist()
    return schema.from_rows(
        "rejected",
        (
            {
                "batch": batch,
                "source_ref": row["source_ref"],
                "reason": "repeat",
                "detail": f"The same version of this page is already there as {row['id']}.",
            }
            for row in rows
        ),
    )


def _found(wanted: Keys, known: Keys) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Where each wanted key stands among the known ones, which are sorted, and whether it does."""
    place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    return place, known[place] == wanted if len(known) else np.zeros(len(wanted), bool)


def _page_keys(url_keys: pa.ChunkedArray | list[str]) -> Keys:
    return np.array([xxhash.xxh3_64_intdigest(str(key).encode()) for key in url_keys], np.uint64)
