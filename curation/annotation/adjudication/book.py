"""The codebook of an adjudication: that of its campaign, on a page that shows the answers."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import msgspec

from curation.errors import UsageError

if TYPE_CHECKING:
    from curation.annotation.campaign import Campaign
    from curation.annotation.codebook import Codebook

ABOUT = """\
# Ditulis oleh `curation label adjudicate` dari codebook.toml kampanye {name}: ubahlah yang di sana, bukan yang ini.

"""


def adjudication_book(campaign: Campaign) -> tuple[str, Codebook]:
    """The codebook of a campaign's adjudication: its file, comments and all, and what it says.

    Args:
        campaign: the one that was divided.

    Raises:
        UsageError: the campaign has no codebook, or its ``[codebook]`` is not written as a table of its own.
        ConfigError: its codebook has mistakes.
    """
    book = campaign.load_codebook()
    text = campaign.codebook.read_text(encoding="utf-8")
    before = tomllib.loads(text)
    text = re.sub(r"^\s*shows\s*=.*\n", "", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^\s*\[\s*codebook\s*\].*$", r'\g<0>\nshows = "adjudication"', text, count=1, flags=re.MULTILINE)
    if tomllib.loads(text) != before | {"codebook": before["codebook"] | {"shows": "adjudication"}}:
        remedy = "Write [codebook] on a line of its own."
        raise UsageError("the table [codebook] was not found", where=str(campaign.codebook), remedy=remedy)
    head = msgspec.structs.replace(book.codebook, shows="adjudication")
    # a page of one's own shows no answers: that of an adjudication is made from the questions
    return ABOUT.format(name=campaign.name) + text, msgspec.structs.replace(book, codebook=head, own_page="")
