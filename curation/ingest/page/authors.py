"""Who wrote an article: people, whom the page names to machines or prints near the headline.

A company is no author, and an editor is none either: his line stays in the text, where the rules for bylines read
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from curation.ingest.page import json_ld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.ingest.page.blocks import Page

_ROLE = r"(?:oleh|by|penulis|reporter|pewarta|wartawan|jurnalis|journalist|author|writer|teks|rep)"
#: `Penulis: Budi Contoh`, `Penulis | : Kontributor Malang, Budi Contoh`, `Laporan wartawan Kabar, Budi Contoh`.
_LABELLED = re.compile(
    rf"(?i)\W{{0,3}}(?:{_ROLE}\s*\|?\s*:\s*|(?:oleh|by)\s+|laporan\s+(?:wartawan|reporter|kontributor|jurnalis)\s+[^,:]{{2,40}}[,:]\s*)(.{{2,120}})"
)
_EDITED = re.compile(r"(?i)(?:.{0,80}[\s,|/(])?(?:editor|red|redaktur|penyunting)\s*:\s*(.{2,80})")
_PLACED = re.compile(r"(?i)(?:kontributor|koresponden|wartawan|reporter|jurnalis|pewarta)(?:\s[\w.]+){0,3}\s?[,:]\s*")
_OTHER = re.compile(r"(?i)[\s,/|(-]*\b(?:editor|ed|red|redaktur|penyunting|foto|sumber|uploader|copyright)\b\s*:.*")
_AFTER = re.compile(rf"(?i)\s+(?:[-–—|/•·]\s.*|\|.*)$|[\s,]+(?:{_ROLE}|kontributor)$")
_NAMES = re.compile(
    r"(?i)(?<![a-z])(?:author|autor|penulis|reporter|writer|wartawan|jurnalis|pewarta|byline)|nmreporter"
)
_PERSON = re.compile(
    r"(?:[A-Z][\w'’.-]{0,20}|[A-Z]\.)(?:\s(?:[A-Z][\w'’.-]{0,20}|bin|binti|al|el|van|de|von|dan)){0,5}"
)
_COMPANY = re.compile(
    r"(?i)^(?:pt|cv)\b|\bmedia\b|\.(?:com|co|id|net|org)\b|redaksi|\badmin|\bnewsroom|^tim\b|://|^@|publisher|network"
    r"|\bnews$|\.id$|^www|^anonymous$|^user\b"
)
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,3}\.){1,3}[A-Z]?[A-Za-z]{0,3}\.?")
#: Lines after the headline that may print the author, and lines before it.
_BELOW, _ABOVE = 14, 4


def of(meta: Mapping[str, list[str]], described: Mapping[str, Any], page: Page, at: int | None) -> tuple[str, ...]:
    """The authors as JSON-LD names them, else the meta tags, else as they are printed."""
    outlets = {name.lower() for key in ("og:site_name", "application-name") for name in meta.get(key, [])}
    outlets |= {name.lower() for name in json_ld.texts(described.get("publisher"))}
    said_by_meta = [said for key in ("author", "article:author") for said in meta.get(key, []) if "://" not in said]
    people = [person for person in _list(described.get("author")) if not _is_company(person)]
    for found in (
        (name for person in people for name in _split(json_ld.text(person) or "")),
        (name for said in said_by_meta for name in _split(said)),
        _printed(page, at),
    ):
        names = dict.fromkeys(name for name in found if name.lower() not in outlets and not _COMPANY.search(name))
        if names:
            return tuple(names)
    return ()


def editors(described: Mapping[str, Any], page: Page, at: int | None) -> tuple[str, ...]:
    """The editors, likewise."""
    said = json_ld.texts(described.get("editor"))
    if said or at is None:
        return said
    for block in page.blocks[at:]:
        if block.n_words <= 20 and (labelled := _EDITED.match(block.text)):
            return tuple(_split(labelled[1], one_word=True))
    return ()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _is_company(person: Any) -> bool:
    return isinstance(person, Mapping) and "Organization" in str(person.get("@type"))


def _printed(page: Page, at: int | None) -> Iterator[str]:
    """Names under a label, anywhere below the headline; else in an element that is named for the author."""
    if at is None:
        return
    below = [block for block in page.blocks[max(at - _ABOVE, 0) :] if block.n_words <= 20 and block.linked < 1]
    near = [block for block in page.blocks[max(at - _ABOVE, 0) : at + _BELOW] if block.n_words <= 20]
    for block in [*near, *below]:
        if (labelled := _LABELLED.match(block.text)) and (names := list(_split(labelled[1], one_word=True))):
            yield from names
            return
    for block in near:
        element = page.elements[block.holder]
        named = [block.text for outer in (element, element.getparent()) if outer is not None and _is_named(outer)]
        inner = [e for e in element.iter("span", "a", "strong", "b") if _is_named(e)]
        named += [" ".join("".join(e.itertext()).split()) for e in inner[:3]]
        for text in named:
            if names := list(_split(text)):
                yield from names
                return


def _is_named(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
    return element.get("rel") == "author" or _NAMES.search(names) is not None


def _split(text: str, *, one_word: bool = False) -> Iterator[str]:
    """The people in a byline.

    >>> list(_split("Kontributor Malang, Budi Contoh dan Siti Misal - Kabar Kita | Editor: Tono"))
    ['Budi Contoh', 'Siti Misal']
    """
    text = _OTHER.sub("", " ".join(text.split()))
    text = _PLACED.sub("", _AFTER.sub("", _AFTER.sub("", text)), count=1)
    label = _LABELLED.match(text)
    for part in re.split(r"\s*(?:[,;/&]|\bdan\b|\band\b)\s*", label[1] if label else text):
        name = part.strip(" .:-–—|()")
        if _DEGREE.fullmatch(part):
            continue
        if _PERSON.fullmatch(name) and (one_word or " " in name or len(name) > 3):
            yield name
