"""The published measures once more, plainly and slowly, from what the papers and datatrove's options say."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from curation.quality.published.kernels.characters import ENDS, SYMBOLS, code_points
from curation.quality.published.kernels.sailcraft import FLAGGED, PLAIN

#: tokens as places in the text
Spans = list[tuple[int, int]]

_ENDS = {chr(code) for code in code_points(ENDS)}
_SYMBOLS = {chr(code) for code in code_points(SYMBOLS)} | _ENDS
_ENGLISH = {"the", "be", "to", "of", "and", "that", "have", "with"}
_INDONESIAN = {"dan", "yang", "di", "pada", "dari", "ini", "dengan", "adalah", "untuk", "dalam"}
_CITED = re.compile(r"\[\d*\]|\[edit\]|\[citation needed\]")
_POLICIES = (
    "terms of use",
    "privacy policy",
    "cookie policy",
    "uses cookies",
    "use of cookies",
    "use cookies",
)


def measured(text: str, spans: Spans) -> dict[str, float | None]:
    """All published measures of a text with these tokens."""
    tokens = [text[start:stop] for start, stop in spans]
    return {
        **_gopher(text, tokens),
        **_repetition(text, tokens),
        **_fineweb(text, tokens),
        **_c4(text, spans),
        **_sailcraft(text),
    }


def tokens_of(text: str) -> Spans:
    """What our tokenizer promises, a character at a time."""
    found: list[list[int]] = []
    for i, one in enumerate(text):
        if one.isspace():
            continue
        if found and found[-1][1] == i and _stays(text, i):
            found[-1][1] += 1
        else:
            found.append([i, i + 1])
    return [(start, stop) for start, stop in found]


def _stays(text: str, i: int) -> bool:
    before, one, after = text[i - 1], text[i], text[i + 1 : i + 2]
    if _word(one):
        return _word(before) or _joint(text, i - 1)
    if one == "." and before == ".":
        return True
    return bool(_word(before) and after and _joint(text, i))


def _word(one: str) -> bool:
    return unicodedata.category(one)[0] in "LMN"


def _joint(text: str, i: int) -> bool:
    if not 0 < i < len(text) - 1:
        return False
    before, one, after = text[i - 1 : i + 2]
    both = [unicodedata.category(before), unicodedata.category(after)]
    if one in ",:":
        return both == ["Nd", "Nd"]
    if one in "-'’":
        return before.isalpha() and after.isalpha()
    return one == "." and _word(before) and _word(after) and both != ["Ll", "Lu"]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _gopher(text: str, tokens: Sequence[str]) -> dict[str, float | None]:
    words = [token for token in tokens if set(token) - _SYMBOLS]
    lines = text.splitlines()
    return {
        "tokens": len(words),
        "mean_token_length": _share(sum(map(len, words)), len(words)),
        "letter_tokens": _share(sum(any(map(str.isalpha, token)) for token in tokens), len(tokens)),
        "hash_signs": _share(text.count("#"), len(tokens)),
        "ellipses": _share(text.count("...") + text.count("…"), len(tokens)),
        "bullet_lines": _share(sum(line.lstrip().startswith(("•", "-")) for line in lines), len(lines)),
        "ellipsis_lines": _share(sum(line.rstrip().endswith(("...", "…")) for line in lines), len(lines)),
        "gopher_stop_words": len(_ENGLISH & set(tokens)),
    }


def _again(pieces: Sequence[str]) -> list[str]:
    return [piece for i, piece in enumerate(pieces) if piece in pieces[:i]]


def _repetition(text: str, tokens: Sequence[str]) -> dict[str, float | None]:
    lines, paragraphs = re.split(r"\n+", text), re.split(r"\n\n+", text.strip())
    found = {
        "duplicate_lines": _share(len(_again(lines)), len(lines) if text else 0),
        "duplicate_line_characters": _share(len("".join(_again(lines))), len(text)),
        "duplicate_paragraphs": _share(len(_again(paragraphs)), len(paragraphs) if text else 0),
        "duplicate_paragraph_characters": _share(len("".join(_again(paragraphs))), len(text)),
    }
    for n in (2, 3, 4):
        grams = [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
        often = Counter(grams)
        top = max(grams, key=lambda gram: often[gram], default=None)
        found[f"top_{n}_gram"] = None if top is None else len(top) * often[top] / len(text)
    for n in range(5, 11):
        seen, length, i = set(), 0, 0
        while i <= len(tokens) - n:
            gram = "".join(tokens[i : i + n])
            length += len(gram) if gram in seen else 0
            i += n if gram in seen else 1
            seen.add(gram)
        found[f"duplicate_{n}_gram"] = _share(length, len(text))
    return found


def _fineweb(text: str, tokens: Sequence[str]) -> dict[str, float | None]:
    lines = [line for line in text.split("\n") if line.strip()]
    inked = len(text.replace("\n", "")) if lines else 0
    return {
        "line_punctuation": _share(sum(line[-1] in _ENDS for line in lines), len(lines)),
        "fineweb_short_lines": _share(sum(len(line) <= 30 for line in lines), len(lines)),
        "fineweb_duplicate_characters": _share(len("".join(_again(lines))), inked),
        "newlines_per_token": _share(text.count("\n"), len(tokens)),
        "fineweb2_stop_words": len(_INDONESIAN & set(tokens)),
    }


def _c4(text: str, spans: Spans) -> dict[str, float | None]:
    found: dict[str, float | None] = dict.fromkeys(("c4_sentences", "c4_braces", "c4_lorem_ipsum", "c4_policies"), 0)
    start = 0
    for whole in text.splitlines(keepends=True):
        line, place = whole.strip(), start + len(whole) - len(whole.lstrip())
        start += len(whole)
        cited = {place + i for match in _CITED.finditer(line) for i in range(*match.span())}
        words, rest = line.split(), _CITED.sub("", line)
        if len(words) < 3 or max(map(len, words)) > 1000 or not rest.endswith(tuple(".?!\"'")) or rest.endswith("..."):
            continue
        low = "".join(map(_small, rest))
        inside = [text[a:b] for a, b in spans if place <= a < place + len(line) and a not in cited]
        if "lorem ipsum" in low:
            name, much = "c4_lorem_ipsum", 1
        elif "javascript" in low:
            name, much = "c4_policies", 1
        elif "{" in low:
            name, much = "c4_braces", 1
        elif any(phrase in low for phrase in _POLICIES):
            name, much = "c4_policies", 1
        else:
            name, much = "c4_sentences", _sentences(inside)
        found[name] = (found[name] or 0) + much
    return found


def _sentences(tokens: Sequence[str]) -> int:
    found, ended = int(bool(tokens)), False
    for token in tokens:
        if token in _ENDS:
            ended = True
        elif ended and not all(unicodedata.category(one)[0] == "P" for one in token):
            found, ended = found + 1, False
    return found


def _small(one: str) -> str:
    return one.lower() if len(one.lower()) == 1 else one


def _special(one: str) -> bool:
    return unicodedata.category(one)[0] in "NPSZ" or one.isspace()


def _bare(word: str) -> str:
    while word and _special(word[0]):
        word = word[1:]
    while word and _special(word[-1]):
        word = word[:-1]
    return word


def _sailcraft(text: str) -> dict[str, float | None]:
    blank = "".join(" " if unicodedata.category(one) == "Zs" or one == "\ufffc" else one for one in text.strip())
    plain = "".join(PLAIN.get(one, one) for one in blank)
    longest, sections = 0, []
    for section in plain.split("\n"):
        cells = []
        for cell in section.split("\t"):
            words = [word for word in cell.split(" ") if word]
            words = [word for word in words if not re.search(r"http|www|\.com|href|//", _bare(word))]
            longest = max([longest, *(len(_bare(word)) for word in words)])
            cells.append([word for word in words if len(word) <= 30 or 0 < len(_bare(word)) <= 30])
        sections.append("\t".join(" ".join(cell) for cell in cells if cell))
    document = "\n".join(section for section in sections if section)
    words = ["".join(map(_small, _bare(word))) for word in re.split(r"[ \n\t]", document)]
    words = [word for word in words if word]
    letters = Counter(document[i : i + 10] for i in range(len(document) - 9))
    fives = Counter(tuple(words[i : i + 5]) for i in range(len(words) - 4))
    most = [often for _, often in letters.most_common(math.isqrt(len(letters))) if often > 1]
    tight = "".join(map(_small, document.replace(" ", "")))
    flagged = sum(word in FLAGGED for word in words) + sum(word in tight for word in FLAGGED)
    return {
        "sailcraft_words": len(words),
        "sailcraft_longest_word": longest,
        "sailcraft_character_repetition": _share(sum(most), letters.total()),
        "sailcraft_word_repetition": _share(sum(often for often in fives.values() if often > 1), fives.total()),
        "sailcraft_special": _share(sum(map(_special, document)), len(document)),
        "sailcraft_flagged": None if not words else min(1, flagged / len(words)),
    }
