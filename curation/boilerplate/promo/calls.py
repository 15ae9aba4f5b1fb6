"""What a call to follow an outlet looks like: a verb that calls, a channel or a way, and the outlet's own name or news.

A call is a sentence. Rules of this shelf drop it where it fills a line and cut it where it stands in one; either half
of it alone (*ikuti aturan*, *saluran WhatsApp*) is prose.
"""

from __future__ import annotations

import re

from curation.boilerplate.promo import words
from curation.boilerplate.sentences import SAID, inside_quote, sentence_end

#: no call is longer
LONGEST = 340
_ENDS_HERE = re.compile(r"\s+[A-Z“\"]|[a-z]+\s?:")


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
        return bool(words.INSTALL.fullmatch(sentence))
    if not _has(words.OFFER, sentence) or _has(words.PROSE, sentence) or _has(SAID, sentence):
        return False
    ours = _has(words.OUTLET, sentence) or (outlet is not None and outlet.casefold() in sentence.casefold())
    us, news, fresh = (_has(pattern, sentence) for pattern in (words.US, words.NEWS, words.FRESH))
    info, joins, reader = (_has(pattern, sentence) for pattern in (words.INFO, words.JOIN, words.READER))
    if _has(words.CHANNEL, sentence) and (
        (_has(words.GOOGLE_NEWS, sentence) and (news or ours or us))
        or (ours and (news or info or joins))
        or (joins and ((us and (news or reader)) or ("@" in sentence and "klik" in sentence.lower())))
        or (news and fresh and _has(words.ON_CHANNEL, sentence))
    ):
        return True
    return (
        (_has(words.LINK, sentence) and (news or ours or us))
        or (ours and news and fresh and _has(words.PLACE, sentence))
        or (ours and _has(words.APP, sentence) and (news or fresh or reader))
        or (us and news and fresh and reader)
        or (_has(words.NEWSLETTER, sentence) and (ours or us or fresh))
        or _has(words.BY_MAIL, sentence)
        or words.OWN_APP.match(sentence) is not None
        or (alone and _is_call_alone(sentence, ours=ours))
    )


def _is_call_alone(sentence: str, *, ours: bool) -> bool:
    """Whether a line that begins like a call is one, since it is a line of its own."""
    fresh, info, reader = (_has(pattern, sentence) for pattern in (words.FRESH, words.INFO, words.READER))
    label = len(sentence) <= (100 if fresh else 60) and not sentence.endswith(".")
    if _has(words.CHANNEL, sentence) and (
        (_has(words.GOOGLE_NEWS, sentence) and (info or fresh))
        or (ours and reader)
        or (_has(words.JOIN, sentence) and (info or "@" in sentence) and (reader or label))
        or (_has(words.JOIN, sentence) and _has(words.US, sentence))
    ):
        return True
    return words.FOLLOW_US.fullmatch(sentence) is not None or (_has(words.NEWS, sentence) and fresh and reader)


def _has(pattern: re.Pattern[str], sentence: str) -> bool:
    return pattern.search(sentence) is not None


def calls(text: str, outlet: str | None = None) -> list[tuple[int, int]]:
    """Where calls stand in a line, each with the sentences that only go with it.

    >>> text = "Ia pulang. Ikuti berita Warta.com di Google News. Pastikan kamu sudah install aplikasinya. Air surut."
    >>> [text[start:end] for start, end in calls(text)]
    ['Ikuti berita Warta.com di Google News. Pastikan kamu sudah install aplikasinya.']
    """
    found: list[tuple[int, int]] = []
    done = 0
    for match in words.START.finditer(text):
        if match.start() < done:
            continue
        end = _call_at(text, match.start(), outlet)
        if end is None or inside_quote(text, match.start()):
            continue
        start = _last_start(text, match.start(), end, outlet)
        while (after := _following(text, end, outlet)) is not None:
            end = after
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
    leads = first < len(text) and words.LEADS.match(text, 0, first)
    if not leads and not is_call(text[:first], alone=True, outlet=outlet):
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
    if not _has(words.CHANNEL, window):
        return None
    for token in _tokens(window):
        rest = window[token:]
        if _ENDS_HERE.match(rest) and is_call(window[:token], outlet=outlet):
            return start + token
    return None


def _last_start(text: str, start: int, end: int, outlet: str | None) -> int:
    """Where a call really begins: a headline before it, glued on without a full stop, may begin like one."""
    for later in reversed([match.start() for match in words.START.finditer(text, start + 1, end)]):
        if _call_at(text, later, outlet) is not None and not is_call(text[start:later].rstrip(), outlet=outlet):
            return later
    return start


def _tokens(sentence: str) -> list[int]:
    """Ends of the last few channels and outlets that a sentence names, last first."""
    ends = {m.end() for pattern in (words.CHANNEL, words.OUTLET) for m in pattern.finditer(sentence)}
    return sorted(ends, reverse=True)[:3]


def _without_rest(text: str, start: int, end: int) -> int:
    """The end of a call, before a sentence that was glued to it without a full stop."""
    sentence = text[start:end]
    tokens = _tokens(sentence)
    if tokens:
        rest = sentence[tokens[0] :]
        if _ENDS_HERE.match(rest) and len(rest.split()) > 5 and not words.READER.search(rest):
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
