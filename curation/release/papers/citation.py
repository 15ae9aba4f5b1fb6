"""How a version is cited: ``CITATION.cff`` in its folder, and the words for a paper."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from curation.errors import UsageError
from curation.release.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curation.release.papers.card import Card


def citation(card: Card, *, version: str, date: str, digest: str) -> str:
    """``CITATION.cff``, in the Citation File Format 1.2.0."""
    authors = []
    for author in card.citation_authors:
        family, comma, given = author.partition(",")
        if comma:
            person = f"  - family-names: {_quoted(family.strip())}\n    given-names: {_quoted(given.strip())}"
        else:
            person = f"  - name: {_quoted(author)}"
        authors.append(person)
    return "\n".join(
        [
            "cff-version: 1.2.0",
            'message: "If you use this corpus, please cite it as below."',
            "type: dataset",
            f"title: {_quoted(card.title)}",
            f"version: {_quoted(version)}",
            f"date-released: {date}",
            f"license: {_quoted(card.licence)}",
            *([f"url: {_quoted(card.url)}"] if card.url else []),
            *([f"doi: {_quoted(doi)}"] if (doi := _doi(card.url)) else []),
            "identifiers:",
            "  - type: other",
            f"    value: {_quoted(f'sha256:{digest}')}",
            "    description: logical digest of the rows",
            "authors:",
            *authors,
            "",
        ]
    )


def cite(folder: Path) -> dict[str, str]:
    """The words that cite a version, and its BibTeX entry.

    Args:
        folder: the version.

    Raises:
        UsageError: it is no release.
    """
    try:
        told: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        title, authors = told["title"], told["citation_authors"]
    except (OSError, ValueError, KeyError):
        raise UsageError("no release", where=str(folder), remedy="Name a folder like releases/NAME/1.0.0.") from None
    version, digest, year = told["version"], told["logical_digest"], told["date"][:4]
    key = re.sub(r"[^a-z0-9]+", "", authors[0].partition(",")[0].lower()) + year
    address = told.get("url", "")
    names = " and ".join(name if "," in name else f"{{{name}}}" for name in authors)
    entry = [
        f"@misc{{{key},",
        f"  author = {{{names}}},",
        f"  title = {{{{{title}}}}},",
        f"  year = {{{year}}},",
        f"  version = {{{version}}},",
        *([f"  doi = {{{doi}}},"] if (doi := _doi(address)) else []),
        *([f"  url = {{{address}}},"] if address else []),
        f"  note = {{Data set, logical digest sha256:{digest}}}",
        "}",
    ]
    return {"text": in_words(title, authors, version, told["date"], digest, address), "bibtex": "\n".join(entry)}


def in_words(title: str, authors: Sequence[str], version: str, date: str, digest: str, url: str = "") -> str:
    """The words that cite a version."""
    words = f"{'; '.join(authors)} ({date[:4]}). {title} (version {version}) [Data set]. "
    return f"{words}{url + '. ' if url else ''}Logical digest sha256:{digest}."


def _doi(url: str) -> str:
    """The DOI that an address is made of, if it is one.

    >>> _doi("https://doi.org/10.5281/zenodo.0000000")
    '10.5281/zenodo.0000000'
    """
    found = re.fullmatch(r"https?://(?:dx\.)?doi\.org/(10\..+)", url)
    return found[1] if found else ""


def _quoted(text: str) -> str:
    """A YAML string: JSON's are a subset of them."""
    return json.dumps(text, ensure_ascii=False)
