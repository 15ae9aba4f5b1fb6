"""Clean news, broken as scrapers break them, come out as they were."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.boilerplate import RULES
from curation.boilerplate.repair.glued_word import _begins_sentence, _is_long_sentence
from curation.boilerplate.repair.layout import layout
from curation.boilerplate.repair.mojibake import reread
from curation.rule import after

HERE = Path(__file__).parent
REPAIRS = [rule for rule in RULES if rule.group == "repair"]
ARTICLES = (HERE / "clean_articles.txt").read_text(encoding="utf-8").rstrip("\n").split("\n===\n")
#: a name well inside a sentence, as sites set links on
NAME = re.compile(r"(?<=[a-z]{3} [a-z]{2}) ([A-Z][a-z]+(?: [A-Z][a-z]+)*)(?= [a-z]{3,}|[,.] )")
SENTENCES = re.compile(r"""(?<=[a-z]{3}\.) (?=[A-Z][a-z]{2,} )""")


def read_as(codec):
    """A text in UTF-8 that was read with another table; Windows leaves out some bytes, which then stay as they are."""
    return lambda text: "".join(
        bytes([byte]).decode(codec, "ignore") or chr(byte) for byte in text.encode() if byte != 0x0D
    )


def broken_at_names(text):
    return NAME.sub(r"\n\1\n", text).replace("\n ", "\n")


DAMAGES = {
    "read as Windows-1252": read_as("cp1252"),
    "read as Latin-1": read_as("latin-1"),
    "read as Mac Roman": read_as("mac_roman"),
    "read as Windows-1252 twice": lambda text: read_as("cp1252")(read_as("cp1252")(text)),
    "escaped": lambda text: html.escape(text),
    "escaped twice": lambda text: html.escape(html.escape(text)),
    "no-break spaces": lambda text: text.replace(" di ", "\u00a0di\u00a0"),
    "zero-width spaces": lambda text: text.replace("an", "a\u200bn"),
    "soft hyphens": lambda text: text.replace("ka", "ka\u00ad"),
    "directions": lambda text: f"\u200e{text}\u200f",
    "glued sentences": lambda text: SENTENCES.sub("", text),
    "glued commas": lambda text: re.sub(r"(?<=[a-z]{3}), (?=[a-z]{3})", ",", text),
    "broken at names": broken_at_names,
    "paragraphs twice": lambda text: "\n\n".join(f"{block}\n\n{block}" for block in text.split("\n\n")),
}
TYPOGRAPHIC = [article.replace('"', "”").replace(" ”", " “").replace("-", "–") for article in ARTICLES]


def long_paragraphs(text):
    """The text without paragraphs that may be meant twice."""
    blocks = text.split("\n\n")
    return "\n\n".join(block for block in blocks if len(block) >= 80 and block.endswith(".") and "\n" not in block)


@pytest.mark.parametrize("name", DAMAGES)
def test_what_was_broken_comes_out_whole(clean, name):
    articles = TYPOGRAPHIC if name.startswith("read as") else ARTICLES
    if name == "paragraphs twice":
        articles = [long_paragraphs(article) for article in articles]
    expected = clean(articles, REPAIRS).bodies
    damaged = [DAMAGES[name](article) for article in articles]
    made = clean(damaged, REPAIRS)
    assert made.restored == damaged
    wrong = [(got, want) for got, want in zip(made.bodies, expected, strict=True) if got != want]
    assert wrong == []
    assert damaged != articles


def test_paragraphs_joined_with_commas(clean):
    texts = [a for a in map(long_paragraphs, ARTICLES) if a.count("\n\n") >= 2]
    made = clean([text.replace("\n\n", ".,").replace("..,", ".,") for text in texts], REPAIRS)
    assert made.bodies == [text.replace("\n\n", "\n") for text in texts]
    assert len(texts) >= 5


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["cp1252", "mac_roman", "latin-1"]))
def test_any_text_is_reread_or_stays(text, codec):
    """What is reread is the text that was meant, or nothing was changed."""
    wrong = "".join(read_as(codec)(text))
    if wrong.isascii():
        assert reread(wrong) == wrong
    assert isinstance(reread(wrong), str)


SCRAPS = st.sampled_from(
    [
        *(
            "Air surut",
            "Sinta Lestari",
            "dan",
            "di",
            "(",
            ")",
            ",",
            ".",
            "”",
            "“",
            '"',
            "-",
            "(abc/def)",
            "KPK",
            "Baca juga:",
        ),
        *(
            "â€œ",
            "‚Äú",
            "¬†",
            "Ã©",
            "Â ",
            "&amp;",
            "&quot;",
            "&amp;nbsp;",
            "_x000D_",
            "\u00a0",
            "\u200b",
            "\u200d",
            "👨",
        ),
        *("\n", "\n\n", " ", ".,", " ,", ",,", "2026di", "menurutBudi", "Sintayang", "Warta.com", "S.H.", "dkk."),
        "Warga Desa Waai meminta pemerintah kabupaten memperbaiki tanggul sebelum musim hujan berikutnya.",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(SCRAPS, max_size=25).map("".join))
def test_any_scraps_come_back(clean, text):
    made = clean([text], REPAIRS)
    assert made.restored == [text]


def test_every_blank_character_is_tidied():
    blank = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    assert len(blank) > 20
    assert [after(layout, f"Air{space * 3}surut.") for space in blank if space != "\n"] == ["Air surut."] * (
        len(blank) - 1
    )


PIECES = ["Ambon", "Ambon", "aku", "Ketua", " ", " ", " ", "\n", "\xa0", ".", "!", '"', "“", "”", "_", "é", "9"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(["x", "Ketua"]))
def test_sentences_are_read_as_by_their_patterns(text, last):
    """As patterns they are plain, and slow."""
    begins = re.search(r"""(?:^\s*|[.!?]["”]?\s+)["“]?Ambon\b""", text, re.MULTILINE)
    assert _begins_sentence(text, "Ambon") == (begins is not None)
    long = re.search(r"(?:[^\s.!?]+\s+){3}(?!\S*Ketua$)[^\s.!?]+$", text + last)
    assert _is_long_sentence(text + last) == (long is not None)
