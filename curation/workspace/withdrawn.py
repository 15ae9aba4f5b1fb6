"""``state/withdrawn.jsonl``: what was taken down for good, told by ids and hashes, never by text or name.

Lines are only ever added. Ingest holds every article against it, so what was withdrawn does not come back with the next
scrape. While a withdrawal is at work, ``state/withdrawal.json`` says how far it must still get.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from curation import store
from curation.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

LEDGER = "withdrawn.jsonl"
UNFINISHED = "withdrawal.json"

#: of who asked for it
REASONS = ("publisher", "person", "court", "error")

#: code points from which on a text alone tells an article; the same stub may stand on many pages
TEXT = 100


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One article that was withdrawn; or one site, of which nothing is taken in any more."""

    reason: str
    date: str
    #: how it was named: id, url, site or copy (the same text under another address)
    scope: str
    id: str | None = None
    url_key_sha256: str | None = None
    raw_sha256: str | None = None
    source_sha256: str | None = None
    site_sha256: str | None = None


@dataclass(frozen=True)
class Withdrawn:
    """The ledger, for looking articles up."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def ids(self) -> dict[str, Entry]:
        """The articles by id."""
        return {entry.id: entry for entry in self.entries if entry.id}

    @cached_property
    def _by_hash(self) -> dict[tuple[str, str], Entry]:
        names = ("url_key_sha256", "raw_sha256", "source_sha256", "site_sha256")
        return {(name, value): entry for entry in self.entries for name in names if (value := getattr(entry, name))}

    def find(
        self,
        *,
        id_: str | None = None,
        url_key: str | None = None,
        raw: str | None = None,
        source_sha256: str | None = None,
        site: str | None = None,
    ) -> Entry | None:
        """Why an article may not be here; None where it may.

        >>> gone = Entry(reason="person", date="2026-03-09", scope="url", url_key_sha256=sha256("warta.example/1"))
        >>> Withdrawn((gone,)).find(url_key="warta.example/1").date
        '2026-03-09'
        """
        if not self.entries:
            return None
        if id_ in self.ids:
            return self.ids[id_]
        hashes = [("url_key_sha256", sha256(url_key)), ("source_sha256", source_sha256)]
        hashes += [("raw_sha256", text_sha256(raw))]
        hashes += [("site_sha256", sha256(name)) for name in _and_above(site)]
        return next(
            (self._by_hash[name, value] for name, value in hashes if value and (name, value) in self._by_hash), None
        )

    def of(self, articles: pa.Table) -> list[Entry | None]:
        """Why each row of the table `articles` may not be here."""
        if not self.entries:
            return [None] * articles.num_rows
        names = ("id", "url_key", "raw", "source_sha256", "site")
        columns = (articles[name].to_pylist() for name in names)
        return [
            self.find(id_=id_, url_key=key, raw=raw, source_sha256=source, site=site)
            for id_, key, raw, source, site in zip(*columns, strict=True)
        ]


def sha256(text: str | None) -> str | None:
    """sha256 of a text, in hex."""
    return None if text is None else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_sha256(raw: str | None) -> str | None:
    """sha256 of a raw text that is long enough to tell an article."""
    return sha256(raw) if raw is not None and len(raw) >= TEXT else None


def _and_above(site: str | None) -> Iterable[str]:
    """A host and those above it.

    >>> list(_and_above("daerah.warta.example"))
    ['daerah.warta.example', 'warta.example']
    """
    parts = site.split(".") if site else []
    return [".".join(parts[at:]) for at in range(len(parts) - 1)]


def read_withdrawn(state: Path) -> Withdrawn:
    """The ledger of a workspace; empty where nothing was ever withdrawn.

    Args:
        state: folder of what runs carry over.

    Raises:
        InputError: it is damaged: going on would bring back what was taken down.
    """
    path = state / LEDGER
    if not path.exists():
        return Withdrawn()
    try:
        lines = path.read_bytes().splitlines()
        return Withdrawn(tuple(msgspec.json.decode(line, type=Entry) for line in lines if line))
    except msgspec.DecodeError as error:
        raise InputError(f"not readable ({error})", where=str(path), remedy="Bring it back from a backup.") from None


def add_withdrawn(state: Path, entries: Iterable[Entry]) -> None:
    """Add lines to the ledger that are not in it yet; on disk, all or none, when this returns."""
    path = state / LEDGER
    there = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    new = [store.canonical_json(msgspec.to_builtins(entry)) for entry in entries]
    lines = [*there, *dict.fromkeys(line for line in new if line not in set(there))]
    store.write_atomically(path, "".join(f"{line}\n" for line in lines).encode())


# -- a withdrawal at work -------------------------------------------------------------------------


def begin(state: Path, told: dict[str, Any]) -> None:
    """Write down what a withdrawal is about to do, so that it can be finished after a kill."""
    store.write_json(state / UNFINISHED, told)


def unfinished(state: Path) -> dict[str, Any] | None:
    """What a withdrawal that was killed was about to do."""
    try:
        told: dict[str, Any] = json.loads((state / UNFINISHED).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return told


def end(state: Path) -> None:
    """A withdrawal is through."""
    (state / UNFINISHED).unlink(missing_ok=True)


def refuse_unfinished(state: Path) -> None:
    """Refuse to go on while a withdrawal is half done.

    Raises:
        UsageError: one is.
    """
    if (state / UNFINISHED).exists():
        raise UsageError("a withdrawal was begun and not finished", remedy="Finish it with: curation withdraw --yes")
