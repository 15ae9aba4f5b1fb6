"""Disclosures that a machine wrote the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.sentences import SAID, cut_sentences, inside_quote, sentence_end
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Flag, Lines
    from curation.rule import Context

_MACHINE = (
    r"(?:artificial intel\w+|\bAI\b|kecerdasan (?:buatan|artifisial)|chatgpt|secara otomatis|model bahasa"
    r"|mesin penerjemah)"
)
_DISCLOSURE = re.compile(
    r"[\W_]{0,4}(?:(?:disclaimer|catatan(?: redaksi)?)\s?:\s*)?(?:sebagian (?:isi )?)?"
    r"(?:artikel|konten|berita|tulisan|naskah|teks|gambar(?: ilustrasi)?|ilustrasi) ini (?:telah |sudah |sebagian )?"
    r"(?:ditulis(?: ulang)?|dibuat|dihasilkan|disusun|diolah|diproduksi|diterjemahkan|dirangkum|di-?generate)\b"
    rf"(?=.{{0,80}}?{_MACHINE}).{{0,300}}",
    re.IGNORECASE,
)
_START = re.compile(
    r"(?<![\w“\"'‘])(?:Disclaimer|DISCLAIMER|Catatan|Sebagian|Artikel|ARTIKEL|Konten|Berita|Tulisan|Naskah|Teks|Gambar"
    r"|Ilustrasi)\b"
)
#: a text about texts: it is denied, or said of another
_NEWS = re.compile(r"\b(?:bukan|diduga|dituding|tidak)\b", re.IGNORECASE)
_LONGEST = 400


@rule(
    step="chrome",
    literals=("artificial", " ai", "kecerdasan", "chatgpt", "otomatis", "model bahasa", "mesin penerjemah"),
    shape=r"(?i)(artikel|konten|berita|tulisan|naskah|teks|gambar|ilustrasi)( ilustrasi)? ini ",
    source="liputan6 and merdeka (KLY)",
)
def ai_disclosure(lines: Lines, context: Context) -> Iterator[Edit | Flag]:
    r"""Flag an article that says of itself that a machine wrote it, and remove the sentence.

    >>> after(ai_disclosure, "Ia pulang.\nArtikel ini ditulis ulang oleh redaksi dengan Artificial Intelligence")
    'Ia pulang.\n'
    >>> try_rule(ai_disclosure, "Ia pulang. Berita ini diterjemahkan secara otomatis.")[0].kind
    'ai_rewritten'
    """
    for line in lines:
        text = line.text
        for match in _START.finditer(text):
            start = match.start()
            end = sentence_end(text, start)
            if end - start > _LONGEST or not _DISCLOSURE.fullmatch(text, start, end) or _is_news(text, start, end):
                continue
            picture = text[start:end].lower().lstrip("*( ").startswith(("gambar", "ilustrasi"))
            if not picture:
                yield line.flag("ai_rewritten")
            while start > 0 and text[start - 1] in "(*[":
                start -= 1
            yield from cut_sentences(line, [(start, end)])
            break


def _is_news(text: str, start: int, end: int) -> bool:
    return bool(_NEWS.search(text, start, end) or SAID.search(text, start, end)) or inside_quote(text, start)
