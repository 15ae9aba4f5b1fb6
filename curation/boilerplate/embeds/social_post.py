"""What an embedded post leaves in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.seam import cut_out
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_VIEW = (
    r"(?:view this post on (?:instagram|threads)|lihat (?:postingan|kiriman) ini di (?:instagram|threads)"
    r"|(?:view|lihat) (?:on|di) (?:instagram|tiktok|twitter|x)\b|this post on instagram)"
)
_BY = r"(?:a post shared by|sebuah kiriman dibagikan oleh|kiriman dibagikan oleh|a (?:video|reel) (?:shared|posted) by)"
_HANDLE = r"\(@[\w.]{1,40}\)"
_POST = re.compile(
    rf"{_VIEW}\.?|{_BY} .{{2,100}}|{_VIEW}\s?{_BY} .{{2,100}}"
    r"|(?:https?://)?(?:pic\.twitter\.com|t\.co)/\w+|@[\w.]+ ♬ .{2,120}|♬ .{2,100}"
    r"|(?:tonton|lihat|watch) (?:video |ini )?di (?:youtube|tiktok|facebook)",
    re.IGNORECASE,
)
#: inside a paragraph, closed by the account's name
_INLINE = re.compile(
    rf"\s?(?i:{_VIEW})\s?(?i:{_BY})\s[^()\n]{{1,60}}\s?{_HANDLE}(?:\s?Loading\.\.\.)?"
    rf"|\s?(?i:{_BY})\s[^()\n.]{{1,60}}\s?{_HANDLE}(?:\s?(?:pada|on)\s[^.\n]{{5,40}}(?:PDT|PST|WIB|UTC))?(?:\s?Loading\.\.\.)?"
    r"|\s?(?:View this post on Instagram|Lihat postingan ini di Instagram)(?=[A-Z\s]|$)"
)
#: the link that stands at the end of a tweet, and the line that signs it
_TWEET = re.compile(
    r"\s?(?:https?://)?(?:pic\.twitter\.com/\w{6,12}|t\.co/\w{8,12})\b(?:\s?[—–-]{1,2}\s?[^()\n]{1,50}\s\(@\w{1,20}\)"
    r"\s(?:[A-Z][a-z]{2,9}\s\d{1,2},\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,9}\s\d{4})"
    r"|(?=\s?(?:$|[\"“A-Z])))|\s?[—–]\s?[^()\n.]{1,50}\s\(@\w{1,20}\)\s(?:[A-Z][a-z]{2,9}\s\d{1,2},\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,9}\s\d{4})"
)
#: one of these is in every frame, and in every tweet
_FRAME_MARKS = ("shared by", "posted by", "dibagikan oleh", "post on instagram", "ini di instagram")
_TWEET_MARKS = ("pic.twitter.com/", "t.co/", "(@")


@rule(
    step="chrome",
    grain="inline",
    literals=(
        *("post shared", "this post", "postingan ini", "kiriman ini", "kiriman dibagikan", "pic.twitter", "t.co/", "♬"),
        *("on instagram", "di instagram", "di tiktok", "on tiktok", "on twitter", "di youtube", "(@"),
    ),
    source="kompas 4 %, republika 4 % of articles",
)
def social_post(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the frame of an embedded post: lines of their own, or the account's line inside a paragraph.

    What the post says stays.

    >>> after(social_post, "View this post on Instagram\nA post shared by Sinta (@sinta)\nWarga pulang.")
    '\n\nWarga pulang.'
    >>> after(social_post, "Air surut. View this post on Instagram A post shared by Warta (@warta) Ia pulang.")
    'Air surut. Ia pulang.'
    """
    for line in lines:
        if len(line.text) <= 160 and _POST.fullmatch(line.text):
            yield line.drop()
            continue
        low = line.text.lower()
        for pattern, marks in ((_INLINE, _FRAME_MARKS), (_TWEET, _TWEET_MARKS)):
            if any(mark in low for mark in marks):
                for found in pattern.finditer(line.text):
                    yield cut_out(line, *found.span())
