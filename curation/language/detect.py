"""The language of a text, by two detectors: a fast one, and a second one where the first is unsure.

pycld2 reads 10,000 documents a second and knows Javanese and Sundanese, but takes formal Indonesian for Malay.
py3langid tells Indonesian from Malay without a mistake on whole documents, at a twentieth of that speed; it
takes Sundanese for Javanese. Languages that neither knows (Minangkabau, Banjarese, Ngaju) come out as
Indonesian; that needs a model of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Characters that are read: more changes no answer.
LENGTH = 3_000

#: Shorter texts are guesses: names and places are the same in all languages here.
FEWEST_WORDS = 8

#: pycld2's score of a text is its agreement with the language's model. Indonesian news reach 700 and more (99 %),
#: regional languages that pycld2 does not know and calls Indonesian 400 to 700.
SURE = 700
#: ... and the language must make up this much of the text, in per cent.
MOST = 80

# pycld2 refuses control characters and what is no character at all
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[^\x00-\uffff]")

#: pycld2's own code for Javanese is not ISO 639.
_ISO = {"jw": "jv"}


def languages(bodies: Iterable[str | None]) -> list[str | None]:
    """The ISO 639 code of each body (id, ms, jv, su, en ...), None where it is too short to tell.

    >>> languages(["Warga membersihkan lumpur sisa banjir di rumah mereka sejak pagi tadi.", "Foto: Antara"])
    ['id', None]
    """
    return [language(body or "") for body in bodies]


def language(text: str) -> str | None:
    """The ISO 639 code of one text.

    >>> language("Wong-wong padha resik-resik latar lan dalan desa wiwit esuk mau nganti awan.")
    'jv'
    >>> language("Residents have been cleaning the mud off their houses since early this morning.")
    'en'
    """
    import py3langid
    import pycld2

    text = _UNREADABLE.sub(" ", text[:LENGTH])
    if len(text.split()) < FEWEST_WORDS:
        return None
    reliable, _, found = pycld2.detect(text, isPlainText=True)
    _, code, percent, score = found[0]
    code = _ISO.get(code, code)
    # Malay is always asked again, Indonesian where it may be a regional language; for Sundanese the other is no help
    clear = percent >= MOST and code != "ms" and (code != "id" or score >= SURE)
    if reliable and (clear or code == "su"):
        return str(code)
    return str(py3langid.classify(text)[0])
