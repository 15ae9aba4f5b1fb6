"""What video and audio players leave in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.shapes import of_few_words
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines
    from curation.rule import Context

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_PLAYER = re.compile(
    r"(?:video player is loading|this is a modal window|end of dialog window|play video|embed video|video embed)\.?"
    r"|play(?: audio)?|pause|mute|unmute|fullscreen|autoplay|dengarkan audio|descriptions off|captions off"
    rf"|(?:current time|duration|remaining time|waktu tersisa)\s?:?\s?(?:-\s?)?(?:{_CLOCK})?|{_CLOCK}\s?/\s?{_CLOCK}"
    r"|(?:loaded|stream type|playback rate|chapters|quality levels?)(?:\s?:?\s?[\w.%]{1,10})?"
    r"|(?:putar|tonton) video(?: di bawah ini| berikut(?: ini)?)?"
    r"|(?:your browser|browser anda) (?:does not|doesn.t|tidak) (?:support|mendukung)\s(?:the\s)?"
    r"(?:html5 )?(?:video|audio|html5?|iframe|elemen|element|tag|pemutar|javascript)\b.{0,80}"
    r"|(?:beginning of dialog window|the media could not be loaded|an error occurred|please enable javascript)\b.{0,80}"
    r"|javascript is (?:disabled|not enabled)\b.{0,80}",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    shape=r"(?i)^(?:video player|video embed|this is|end of|play|pause|mute|unmute|full|auto|dengar|descr|capt"
    r"|current|durat|remain|waktu|load|stream|chap|qual|putar|tonton|your|brows|embed|begin|the media|an err|javas"
    r"|please|\d{1,2}:\d\d(?::\d\d)?\s?/)",
    longest=120,
    source="players of tvone, idntimes, small sites; the English labels come with the player",
)
def player(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Remove the labels of a video or audio player, lines of their own.

    In a text of few words, it is what the page shows: a flag.

    >>> after(player, "Air surut.\nVideo Player is loading.\n00:00 / 02:31\nWarga pulang.")
    'Air surut.\n\n\nWarga pulang.'
    >>> after(player, "Putar video itu sekali lagi, kata hakim.\n01:45 WIB: Kroasia vs Ceko")
    'Putar video itu sekali lagi, kata hakim.\n01:45 WIB: Kroasia vs Ceko'
    """
    for line in lines:
        if _PLAYER.fullmatch(line.text):
            yield line.drop()
            if of_few_words(lines, line.document):
                yield line.flag("video_page")
