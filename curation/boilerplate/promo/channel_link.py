"""Bare addresses of channels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_LINK = re.compile(
    r"(?:(?:link|klik)\s?)?[:>»(\s]*(?:https?://)?(?:www\.)?(?:whatsapp\.com/channel/|chat\.whatsapp\.com/|t\.me/"
    r"|news\.google\.com/(?:publications|newspapers)|play\.google\.com/store/apps/|apps\.apple\.com/)\S+[).\s]*",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=("whatsapp.com/", "t.me/", "news.google.com/", "play.google.com/", "apps.apple.com/"),
    source="kompas, tribun",
)
def channel_link(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the address of a channel, group or app on a line of its own.

    >>> after(channel_link, "Ia pulang.\nhttps://www.whatsapp.com/channel/0029Va\nKanal itu beralamat di t.me/warga.")
    'Ia pulang.\n\nKanal itu beralamat di t.me/warga.'
    """
    for line in lines:
        if len(line.text) <= 200 and _LINK.fullmatch(line.text):
            yield line.drop()
