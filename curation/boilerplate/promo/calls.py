"""What a call to follow an outlet looks like: a verb that calls, a channel or a way, and the outlet's own name or news.

A call is a sentence. Rules of this shelf drop it where it fills a line and cut it where it stands in one; either half
of it alone (*ikuti aturan*, *saluran WhatsApp*) is prose.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from curation.boilerplate.promo import words
from curation.boilerplate.sentences import SAID, inside_quote, sentence_end

if TYPE_CHECKING:
    from collections.abc import Iterator

#: no call is longer
LONGEST = 340
#: behind the last word of a call: the next sentence, with or without a space, or a credit
_ENDS_HERE = re.compile(r"\s+[A-Z“\"]|[“\"][A-Z]|[a-z]+\s?:")
_CREDIT = re.compile(r"\s*(?:Editor|Penulis|Reporter|Pewarta|Publisher|Laporan|Kontributor|Disclaimer)\s?:")
#: what a call may end with, apart from a channel or an outlet
_CLOSING = re.compile(
    r"\b(?:setiap hari|terbaru|terkini|lainnya|dari kami|sekarang juga|(?:klik )?di ?sini)\b"
    r"(?:!?\s(?:follow|join|subscribe)\b)?"
)
#: the button behind a call
_BUTTON = re.compile(r"\s*\(?(?:Follow|FOLLOW|Join|JOIN|Subscribe|SUBSCRIBE)\b\)?(?=\s*$|\s+[A-Z“\"(])")


def is_call(sentence: str, *, alone: bool = False, outlet: str | None = None) -> bool:
    """Whether a sentence calls readers to the outlet's channels; on a line of its own less has to be said.

    >>> is_call("Ikuti saluran WhatsApp Warta Lintang.")
    True
    >>> is_call("Baca aturan sebelum masuk Facebook.")
    False
    """
    if len(sentence) > LONGEST:
        return False
    if not words.CALL.match(sentence):
        return words.INSTALL.fullmatch(sentence) is not None
    if words.NAMED_CHANNEL.fullmatch(sentence):
        return True
    has = _cues(sentence, outlet)
    return (_calls(has) or (alone and _calls_alone(has))) and not has.prose and not SAID.search(sentence)


def lowered(text: str) -> str:
    """A text in lower case, unless that would move its letters."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


class _Cues:
    """Which of the words of a call a sentence has; each is looked for when first asked for."""

    def __init__(self, sentence: str, outlet: str | None) -> None:
        self.sentence = sentence
        self.lower = lowered(sentence)
        self.site = outlet

    def __getattr__(self, name: str) -> bool:
        pattern: re.Pattern[str] = getattr(words, name.upper())
        found = pattern.search(self.lower) is not None
        setattr(self, name, found)
        return found

    @cached_property
    def ours(self) -> bool:
        """Whether it names an outlet."""
        known = self.site is not None and self.site.lower() in self.lower
        return known or self.outlet or words.OUTLET_PROPER.search(self.sentence) is not None


@lru_cache(maxsize=64)
def _cues(sentence: str, outlet: str | None) -> _Cues:
    """The same for each time that a sentence is asked about: as a call, alone, behind another."""
    return _Cues(sentence, outlet)


def _calls(has: _Cues) -> bool:
    if has.channel and (
        (has.google_news and (has.news or has.us or has.ours))
        or (has.news and has.fresh and has.on_channel)
        or (
            has.join
            and ((has.us and (has.news or has.reader or has.our_channel)) or ("@" in has.sentence and has.click))
        )
        or ((has.news or has.info or has.join) and has.ours)
    ):
        return True
    if has.fresh and has.only_here and (has.news or has.info) and has.ours:
        return True
    if has.news and has.fresh:
        return (has.place and has.ours) or (has.us and (has.reader or has.our_channel)) or _offers(has)
    return _offers(has)


def _offers(has: _Cues) -> bool:
    """Whether a link, an app or a newsletter is offered."""
    return (
        (has.link and (has.news or has.us or has.ours))
        or (has.app and (has.news or has.fresh or has.reader) and has.ours)
        or (has.newsletter and (has.us or has.fresh or has.ours))
        or has.by_mail
        or words.OWN_APP.match(has.sentence) is not None
    )


def _calls_alone(has: _Cues) -> bool:
    """Whether a line that begins like a call is one, since it is a line of its own."""
    label = len(has.sentence) <= (100 if has.fresh else 60) and not has.sentence.endswith(".")
    if has.channel and (
        (has.google_news and (has.info or has.fresh))
        or (has.reader and has.ours)
        or (has.join and (has.us or ((has.info or "@" in has.sentence) and (label or has.reader))))
    ):
        return True
    return words.FOLLOW_US.fullmatch(has.sentence) is not None or (has.news and has.fresh and has.reader)


def _starts(text: str, begin: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Where a call may begin."""
    for found in words.START.finditer(text, begin, len(text) if end is None else end):
        if found.start() == 0 or not words.NO_START.match(text, found.start() - 1):
            yield found


def calls(text: str, outlet: str | None = None) -> list[tuple[int, int]]:
    """Where calls stand in a line, each with the sentences that only go with it.

    >>> text = "Ia pulang. Ikuti berita Warta.com di Google News. Pastikan kamu sudah install aplikasinya. Air surut."
    >>> [text[start:end] for start, end in calls(text)]
    ['Ikuti berita Warta.com di Google News. Pastikan kamu sudah install aplikasinya.']
    """
    found: list[tuple[int, int]] = []
    done = 0
    for match in _starts(text):
        if match.start() < done:
            continue
        # in brackets, a call ends with them
        closed = _closing_bracket(text, match.start()) if text[match.start() - 1 : match.start()] == "(" else None
        within = text if closed is None else text[: closed + 1]
        end = _call_at(within, match.start(), outlet)
        if end is None or inside_quote(text, match.start()):
            continue
        start = _last_start(within, match.start(), end, outlet)
        while (after := _following(within, end, outlet)) is not None:
            end = after
        if button := _BUTTON.match(within, end):
            end = button.end()
        if text[start - 1 : start] == "(" and text[end - 1] == ")":
            start -= 1
        found.append((start, end))
        done = end
    return found


def only_calls(text: str, outlet: str | None = None) -> bool:
    """Whether a whole line is a call: read as one, or sentence by sentence.

    >>> only_calls("(Ayo ikuti saluran WhatsApp Warta.com biar enggak ketinggalan berita terbaru. Klik di sini ya!)")
    True
    """
    if is_call(text, alone=True, outlet=outlet):
        return True
    first = sentence_end(text, 0)
    if first == len(text):
        return False
    if not words.LEADS.match(text, 0, first) and not is_call(text[:first], alone=True, outlet=outlet):
        return False
    end: int | None = first
    while end is not None and text[end:].strip(" \xa0.,;:!<>»)-*"):
        end = _following(text, end, outlet)
    return end is not None


def continues(sentence: str) -> bool:
    """Whether a sentence only goes with a call before it.

    >>> continues(". Pastikan kamu sudah install aplikasi WhatsApp ya.")
    True
    """
    return bool(words.MORE.match(sentence) or words.INSTALL.fullmatch(sentence))


def _call_at(text: str, start: int, outlet: str | None) -> int | None:
    """Where the call that begins at `start` ends, if there is one."""
    if not words.CALL.match(text, start) and not words.LEADS.match(text, start):
        return None
    end = sentence_end(text, start)
    if end - start <= LONGEST:
        if is_call(text[start:end], outlet=outlet):
            return _without_rest(text, start, end)
        leads = words.LEADS.match(text, start, end) or is_call(text[start:end], alone=True, outlet=outlet)
        if leads and _following(text, end, outlet) is not None:
            return end
    # no full stop after it: the next sentence was glued on; the call ends with the last word that belongs to it
    window = text[start : min(end, start + 120)]
    if not words.CHANNEL.search(lowered(window)):
        return None
    for token in _tokens(window):
        rest = window[token:]
        if _ENDS_HERE.match(rest) and is_call(window[:token], outlet=outlet):
            return start + token
    return None


def _closing_bracket(text: str, start: int) -> int | None:
    """Where the bracket closes that was opened before `start`, unless that is too far for a call."""
    depth = 1
    for place in range(start, min(len(text), start + 2 * LONGEST)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    return None


def _last_start(text: str, start: int, end: int, outlet: str | None) -> int:
    """Where a call really begins: a headline before it, glued on without a full stop, may begin like one."""
    for later in reversed([match.start() for match in _starts(text, start + 1, end)]):
        if _call_at(text, later, outlet) is not None and not is_call(text[start:later].rstrip(), outlet=outlet):
            return later
    return start


def _tokens(sentence: str) -> list[int]:
    """Ends of the last few channels, outlets and closing words of a sentence, last first."""
    ends = {m.end() for pattern in (words.CHANNEL, _CLOSING) for m in pattern.finditer(lowered(sentence))}
    ends |= {m.end() for m in words.OUTLET_NAME.finditer(sentence)}
    return sorted(ends, reverse=True)[:3]


def _without_rest(text: str, start: int, end: int) -> int:
    """The end of a call, before a sentence that was glued to it without a full stop."""
    sentence = text[start:end]
    tokens = _tokens(sentence)
    if tokens:
        rest = sentence[tokens[0] :]
        long = len(rest.split()) > 5 and not words.READER.search(lowered(rest))
        if (_CREDIT.match(rest) or (long and _ENDS_HERE.match(rest))) and is_call(sentence[: tokens[0]]):
            return start + tokens[0]
    return end


def _following(text: str, end: int, outlet: str | None) -> int | None:
    """The end of the next sentence, if it goes with a call before it."""
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    if start >= len(text):
        return None
    stop = sentence_end(text, start)
    sentence = text[start:stop]
    if stop - start <= LONGEST and (continues(sentence) or is_call(sentence, outlet=outlet)):
        return stop
    return None
