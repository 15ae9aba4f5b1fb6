"""Which column of a scraper's table is what.

Names are compared without letter case, blank space and punctuation: ``Isi Berita``, ``isi_berita`` and
``isiBerita`` are one name. ``[input] columns`` of the configuration overrules what is recognised here.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from curation.errors import InputError, UsageError
from curation.ingest.decode import Decoded, decode, repair
from curation.ingest.record import Record, Rejection

#: Our name, then theirs, the likelier first: where a table has several, the first one is read.
_TABLE = """
text        text isi isi_berita isi_artikel content konten body article_text maintext full_text text_content artikel
text        article_body news_content content_text berita teks naskah artikel_lengkap article content_clean
html        html raw_html page_html html_content
url         url link tautan news_url article_url url_berita link_berita href alamat permalink
title       title judul headline judul_berita judul_artikel news_title article_title
date        date tanggal published_at publish_date date_publish published_date publication_date published pubdate
date        waktu tanggal_terbit tgl tanggal_berita date_published datetime time timestamp publish_time created_at
source      site source sumber outlet media portal domain source_domain hostname publisher sitename
section     category kategori section kanal rubrik channel categories topik
authors     author authors penulis reporter byline wartawan editor
tags        tags tag keywords keyword kata_kunci
id          id source_id article_id news_id doc_id _id guid uuid
fetched_at  fetched_at scraped_at crawled_at date_download crawl_date scrape_date retrieved_at
"""
NAMES: dict[str, list[str]] = {}
for _ours, *_theirs in map(str.split, _TABLE.strip().splitlines()):
    NAMES.setdefault(_ours, []).extend(_theirs)

#: What scrapers write where they found nothing.
NOTHING = {"", "none", "null", "nan", "n/a", "na", "-", "no title", "untitled", "undefined"}
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\"""")


class ColumnError(InputError):
    """No column is recognised as the text: all articles of the input would be lost, so nothing goes on."""


class Columns:
    """Reads rows of one input: recognises its columns and makes a record of each row."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        unknown = [name for name in overrides if name not in NAMES]
        if unknown:
            near = difflib.get_close_matches(unknown[0], NAMES, n=1)
            raise UsageError(
                f"[input] columns: unknown name '{unknown[0]}'",
                remedy=f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(NAMES)}.",
            )
        self._overrides = dict(overrides)
        self.recognise = lru_cache(maxsize=256)(self._recognise)

    def _recognise(self, names: tuple[str, ...]) -> dict[str, str]:
        """Our name → theirs, for a table or a row with these columns."""
        given: dict[str, str] = {}
        for name in names:
            given.setdefault(plain(name), name)
        found = {}
        for ours, theirs in NAMES.items():
            override = self._overrides.get(ours)
            if override in names:
                found[ours] = override
            # where the named column is missing the usual names still count: one night's scraper differs, not all
            elif hit := next((given[plain(name)] for name in theirs if plain(name) in given), None):
                found[ours] = hit
        return found

    def has_text(self, names: Sequence[str]) -> bool:
        """Whether a table with these columns holds articles."""
        return not self.recognise(tuple(names)).keys().isdisjoint({"text", "html"})

    def without_text(self, names: Sequence[str], where: str) -> ColumnError:
        """The error for a table in which no column is recognised as the text."""
        shown = ", ".join(f"'{name}'" for name in list(names)[:30]) or "none"
        wanted = self._overrides.get("text")
        what = f"no column '{wanted}', which [input] columns names as" if wanted else "no column is recognised as"
        return ColumnError(
            f"{what} the article's text; the columns are {shown}",
            where=where,
            remedy='Name it in curation.toml under [input]: columns = {text = "..."}',
        )

    def record(self, row: Mapping[str, Any], source_ref: str) -> Record | Rejection:
        """The record of one row, or why it holds no article."""
        found = self.recognise(tuple(row))
        if found.keys().isdisjoint({"text", "html"}):
            return Rejection(source_ref, "no_text", "The row has no column for the text.")
        values = {ours: row[theirs] for ours, theirs in found.items()}
        text, html = values.get("text"), values.get("html")
        if isinstance(text, (list, tuple)) and all(isinstance(part, str) for part in text):
            text = "\n".join(text)  # some scrapers write a list of paragraphs
        if isinstance(text, float) and text != text:
            text = None  # NaN, pandas' word for nothing
        if text is not None and not isinstance(text, (str, bytes)):
            return Rejection(source_ref, "malformed", f"The column '{found['text']}' holds no text.")
        body = _text(text)
        pages: tuple[bytes, ...] = ()
        if body is None or body.text.strip().lower() in NOTHING:
            body = Decoded("", 0)
            page = html.encode("utf-8", "replace") if isinstance(html, str) else html
            if not isinstance(page, bytes) or not page.strip():
                return Rejection(source_ref, "empty", "The row holds no text.")
            pages = (page,)
        return Record(
            source_ref=source_ref,
            source_id=_word(values.get("id")),
            url=_word(values.get("url")),
            source=_word(values.get("source")),
            title=_word(values.get("title")),
            text=None if pages else body.text,
            pages=pages,
            date_text=_word(values.get("date")),
            section=_word(values.get("section")),
            authors=_words(values.get("authors"), r"[;\n|]"),
            tags=_words(values.get("tags"), r"[,;\n|]"),
            fetched_at=_word(values.get("fetched_at")),
            n_replaced=body.n_replaced,
        )


def plain(name: str) -> str:
    """A column name as it is compared.

    >>> plain("Isi Berita") == plain("isi_berita") == plain("isiBerita")
    True
    """
    return re.sub(r"[\W_]+", "", name).lower()


def _text(value: object) -> Decoded | None:
    if isinstance(value, bytes):
        return decode(value)
    return repair(value) if isinstance(value, str) else None


def _word(value: object) -> str | None:
    """A short value as text, None where the scraper found nothing."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (list, tuple)):
        return next((word for word in map(_word, value) if word), None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 1718000000.0: a column of whole numbers with gaps
    if isinstance(value, Mapping):
        return _word(value.get("name"))
    decoded = _text(value) or repair(str(value))
    word = decoded.text.strip()
    return None if word.lower() in NOTHING else word


def _words(value: object, separators: str) -> tuple[str, ...]:
    """Several values: a list, a printed Python list, or one text with separators."""
    if isinstance(value, (list, tuple)):
        return tuple(word for word in map(_word, value) if word)
    word = _word(value)
    if word is None:
        return ()
    if word.startswith("[") and word.endswith("]"):
        parts = [single or double for single, double in _QUOTED.findall(word)]
    else:
        parts = re.split(separators, word)
    return tuple(part for part in map(_word, parts) if part)
