"""``card.toml``: what only people can say of a corpus. Blanks and TODO are refused with their line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from curation import store
from curation.errors import ConfigError
from curation.toml import Section, key_lines, load_file

if TYPE_CHECKING:
    from pathlib import Path


class Card(Section, frozen=True):
    """The human parts of a release's README and citation."""

    title: str
    #: a paragraph: what is in it, and for whom
    summary: str
    #: where to ask, and where to ask for the removal of a text
    contact: str
    #: how and when the pages were gathered
    collection: str
    intended_use: str
    limitations: str
    #: of labels and metadata; texts have their own, from rights.toml
    licence: str
    #: "Family, Given" for a person, anything else for an institution
    citation_authors: tuple[str, ...]
    #: where the corpus is found, if it has an address
    url: str = ""
    #: where copies of it were deposited; a takedown has to be told to them
    deposits: tuple[str, ...] = ()

    def digest(self) -> str:
        """sha256 of what the file says; layout and comments don't count, nor do deposits, which come afterwards."""
        told = msgspec.to_builtins(self)
        del told["deposits"]
        return store.digest(told)


def load_card(path: Path) -> Card:
    """The card of a workspace.

    Raises:
        UsageError: the file can't be read.
        ConfigError: one line for each mistake, blank or TODO, with file and line.
    """
    card = load_file(Card, path)
    lines = key_lines(path.read_text(encoding="utf-8"))
    problems: list[str] = []
    for name, value in msgspec.to_builtins(card).items():
        if (name,) not in lines:  # one that may be left out
            continue
        texts = value if isinstance(value, list | tuple) else [value]
        where = f"{path}:{lines[(name,)]}"
        if not texts or any(not text.strip() for text in texts):
            problems.append(f"{where}: '{name}' is blank. A release needs it.")
        elif any("TODO" in text for text in texts):
            problems.append(f"{where}: '{name}' still says TODO. Write what holds for your corpus.")
        elif name == "url" and not re.fullmatch(r"https?://\S+", card.url):
            problems.append(f"{where}: '{card.url}' is no address. Write https://...")
    if problems:
        raise ConfigError(problems)
    return card
