"""Bars of buttons to share and like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.widgets.places import LONGEST
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_NETWORK = (
    r"(?:facebook|fb|twitter|x|whats ?app|wa|telegram|line|pinterest|linkedin|linkedln|e-?mail|surel|reddit|tumblr"
    r"|pocket|skype|threads|mastodon|bluesky|messenger|instagram|tiktok|google ?\+|media sosial|sosmed)"
)
_THING = r"(?:artikel|berita|tulisan|halaman|konten|postingan|resep|informasi|cerita|video|kabar)"
#: the labels of single buttons, for the eye and for screen readers; several may be glued together
_BUTTON = (
    r"(?:click to (?:share|email|print)[^()]{0,60}\(opens in (?:a )?new (?:window|tab)\)"
    r"|klik untuk (?:berbagi|membagikan|mencetak|mengirim|surel)[^()]{0,80}\(membuka di jendela (?:yang )?baru\)"
    rf"|(?:kirimkan ini lewat|email this|send this by) ?e-?mail|email ?this|blogthis!"
    rf"|(?:share|tweet|pin|post) (?:on|to|via) {_NETWORK}|(?:bagikan|berbagi|kirim|sebarkan) (?:ke|di|via"
    rf"|lewat) {_NETWORK})"
)
_COPIED = (
    r"(?:url|link|tautan|alamat)(?: (?:telah|sudah|berhasil))? (?:ter-?copy|tersalin|disalin|dicopy)"
    r"(?: ke (?:papan klip|clipboard))?[.!]?"
    r"|(?:ter)?salin[.!]|tersalin|copied[.!]?|(?:the )?(?:url"
    r"|link) (?:has been )?copied(?: to (?:your )?clipboard)?[.!]?|(?:salin|copy) (?:url|link|tautan)"
)
_LIKES = (
    r"like this:?|menyukai ini:|like loading(?:\.{3}|…)|suka memuat(?:\.{3}|…)|be the first to like this\.?"
    r"|jadilah (?:yang )?pertama (?:yang )?menyukai ini\.?|[0-9]{1,4} (?:bloggers?|blogger) (?:like this"
    r"|menyukai ini)\.?"
    r"|[0-9.,]{1,9}k? (?:kali )?(?:shares?|likes?|suka|dibagikan|bagikan)(?: [0-9.,]{1,9}k? views?)?"
    r"|suka ?:? ?[0-9]{1,6}"
    r"|pin it|simpan ke pinterest|kirim ke teman"
)
_SHARE = (
    rf"(?:(?:yuk|ayo|mari),? )?(?:bagikan|sebarkan|share)(?: {_THING})?(?: ini| this)?"
    r"(?: (?:ke|di|melalui|lewat|via|kepada)(?: (?:media sosial|medsos|sosmed|teman|temanmu|teman-temanmu|kerabat))?"
    r"(?: anda| kamu| mu)?)? ?[:.!]?"
    rf"|share (?:this |the )?(?:post|article|story|page|news|it|this)(?: on| to| via| with)? ?:?|sharing is caring!?"
    rf"|(?:bagikan|share|sebarkan)(?: {_THING})?(?: ini| this)? ?: ?{_NETWORK}(?:[ ,|]{{1,3}}{_NETWORK}){{0,9}}"
)
_FOLLOW = rf"(?:ikuti|temukan) kami ?:?|follow us(?: on)?(?: (?:{_NETWORK}|social media))? ?:?"
#: names of networks, and a button that says what they are there for
_MIXED = rf"(?:(?:{_NETWORK}|vkontakte)[ |•]{{1,2}})+{_BUTTON}(?:[ |•]{{1,2}}(?:{_NETWORK}|print))*"
_LABELS = rf"(?:{_BUTTON}[ |•]?)+|{_MIXED}|{_FOLLOW}|{_COPIED}|{_LIKES}|{_SHARE}"
#: one of these, in lower case, is in every label
_LITERALS = (
    *("click to", "klik untuk", "kirimkan ini", "email this", "emailthis", "send this", "blogthis"),
    *("bagikan", "sebarkan", "share", "sharing is", "ikuti kami", "temukan kami", "follow us"),
    *(f"{verb} {to}" for verb in ("tweet", "pin", "post") for to in ("on", "to", "via")),
    *(f"{verb} {to}" for verb in ("berbagi", "kirim") for to in ("ke", "di", "via", "lewat")),
    *("copy", "copied", "salin", "like", "menyukai ini", "suka", "pin it", "simpan ke"),
)
_PATTERN = re.compile(_LABELS, re.IGNORECASE)
#: buttons beside one that says what they are
_BARE = re.compile(rf"{_NETWORK}|like|suka|tweet|print|cetak|more|lainnya|surat elektronik", re.IGNORECASE)


@rule(
    step="head",
    literals=_LITERALS,
    longest=LONGEST,
    source="WordPress (Jetpack), Blogger, portals",
)
def share_bar(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the labels of buttons to share, copy and like.

    >>> after(share_bar, "Air surut.\nClick to share on X (Opens in new window)\nBagikan beras ini, kata Camat.")
    'Air surut.\n\nBagikan beras ini, kata Camat.'
    """
    for line in lines:
        if not _PATTERN.fullmatch(line.text):
            continue
        yield line.drop()
        for step in (-1, 1):
            beside = line.neighbour(step)
            while beside and _BARE.fullmatch(beside.text):
                yield beside.drop()
                beside = beside.neighbour(step)
