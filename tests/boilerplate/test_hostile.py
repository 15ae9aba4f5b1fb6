"""Texts that were made to break the rules: they take no longer than their length, and come back."""

from __future__ import annotations

import time

import pytest

#: each is repeated until the text is long enough, on one line and on many
UNITS = {
    "brackets": "(((( ",
    "all brackets": "()[]{}",
    "labels": "Baca juga ",
    "labels with a colon": "Baca juga: ",
    "labels with a headline": "Baca juga: Harga Beras Turun di Pasar ",
    "full stops": "a.",
    "glued sentences": "Air surut.",
    "initials": "A.B.",
    "captions": "( Foto: ",
    "commas": ",,",
    "comma joins": "Air surut.,",
    "lost links": "a ,b ",
    "quotes": '"',
    "quoted": '"a," ',
    "curly quotes": "“a” ",
    "numbers": "1 2 3 ",
    "datelines": "Jakarta - ",
    "datelines with a publisher": "Jakarta, Warta.com - ",
    "inner capitals": "aB",
    "glued names": "KataSinta kata",
    "glued words": "menurutBudi ",
    "tails": "Budiyang ",
    "years": "2026di ",
    "dashes": "- ",
    "stars": "*",
    "initials in brackets": "(abc/def) ",
    "entities": "&amp;",
    "entities twice": "&amp;nbsp;",
    "ampersands": "&",
    "Windows mojibake": "â€œ",
    "Mac mojibake": "‚Äú",
    "first bytes": "Ã",
    "zero width": "\u200b",
    "no-break spaces": "\u00a0",
    "NUL": "\x00",
    "carriage returns": "\r",
    "directions": "\u202ea\u202c",
    "emoji": "👨\u200d👩",
    "combining marks": "a\u0301",
    "line breaks": "\n",
    "short lines": "dan\n",
    "long lines": "Warga meminta pemerintah kabupaten memperbaiki tanggul sebelum musim hujan berikutnya.\n",
    "addresses": "https://a.b/",
    "dates": "Senin (2/3/2026) ",
    "roles": "Penulis: Sinta ",
    "copyright": "Copyright © ",
    "embeds": "[Gambas:",
    "pointers": "Lihat juga Video ",
    "sources": "Dilansir dari ",
    "republished": "Artikel ini telah tayang di ",
    "adverts": "ADVERTISEMENT SCROLL TO CONTINUE ",
    "pages": "1 2 3 4 Selanjutnya ",
    "breadcrumbs": "Home > ",
    "one word": "x",
}
LINE = 300


def built(unit, size, line):
    text = (unit * (size // len(unit) + 1))[:size]
    return "\n".join(text[at : at + line] for at in range(0, size, line))


def seconds(clean, text):
    """CPU seconds that cleaning takes; raw comes back, and the body is tidy."""
    start = time.process_time()
    made = clean([text], titles=["Air Surut di Desa Itu"])
    took = time.process_time() - start
    assert made.restored == [text]
    assert made.bodies[0] == made.bodies[0].strip()
    return took


def is_linear(clean, unit, size, line):
    return seconds(clean, built(unit, 2 * size, line)) < 3 * seconds(clean, built(unit, size, line)) + 0.2


@pytest.mark.parametrize("line", [LINE, 10**9], ids=["lines", "one line"])
@pytest.mark.parametrize("name", UNITS)
def test_twice_the_text_takes_twice_the_time(clean, name, line):
    # the clock of a busy machine may be wrong once, not three times
    assert any(is_linear(clean, UNITS[name], 6_000, line) for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("line", [LINE, 10**9], ids=["lines", "one line"])
@pytest.mark.parametrize("name", UNITS)
def test_two_megabytes_take_seconds(clean, name, line):
    assert seconds(clean, built(UNITS[name], 2_000_000, line)) < 20


@pytest.mark.slow
def test_ten_megabytes_on_one_line(clean):
    assert seconds(clean, "Air surut di desa itu, kata Sinta Lestari kepada warga. " * 180_000) < 20


@pytest.mark.slow
def test_a_million_empty_lines(clean):
    assert clean(["\n" * 1_000_000], titles=[None]).bodies == [""]
    assert clean(["Air surut." + "\n" * 1_000_000 + "Warga pulang."], titles=[None]).bodies == [
        "Air surut.\n\nWarga pulang."
    ]


def test_a_batch_of_hostile_texts_is_its_texts(clean):
    """No text changes what becomes of its neighbours, in whatever order and however many at once."""
    texts = [built(unit, 400, LINE) for unit in UNITS.values()]
    together = clean(texts, titles=[None] * len(texts)).bodies
    assert clean(texts[::-1], titles=[None] * len(texts)).bodies[::-1] == together
    alone = [clean([text], titles=[None]).bodies[0] for text in texts]
    assert alone == together
