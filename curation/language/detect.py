"""The language of a text, by three detectors: each is asked where those before it may be wrong.

pycld2 reads 10,000 documents a second. What it calls Indonesian with a high score is Indonesian; but it takes formal
Indonesian for Malay, and calls most of Minangkabau, Banjarese and Ngaju Indonesian with a lower score. So a small model
of our own (:mod:`curation.language.grams`), which knows the regional languages, has a vote on every text and decides
those. Where Indonesian and Malay are close, and where our model is unsure, py3langid chooses; it costs twenty times as
much, and is seldom asked. ``docs/language.md`` has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from curation.language.grams import model, pack, scores

#: Characters that are read: more changes no answer.
LENGTH = 3_000

#: Shorter texts are guesses: names and places are the same in all languages here. Numbers are no words.
FEWEST_WORDS = 8
_ENOUGH = re.compile(rf"(?:[\W\d_]*+[^\W\d_]++){{{FEWEST_WORDS}}}")

#: pycld2's score of a text is its agreement with the language's model. Indonesian news reach 700 and more (99 %),
#: regional languages that pycld2 does not know and calls Indonesian 400 to 700.
SURE = 700
#: Malay reaches 1,060 and more; lists and verses in Indonesian that it calls Malay do not.
MALAY = 850
#: The language must make up this much of the text, in per cent.
MOST = 80

#: Our model speaks in logarithms of odds. By so much it outvotes a clear "Indonesian" of pycld2's, ...
REGIONAL = 2.0
#: ... within so much it can't tell Indonesian from Malay where pycld2 says Malay, ...
CLOSE = 4.0
#: ... and with less between its first and its second it is unsure.
UNSURE = 1.0

#: Texts that are scored at a time.
_BATCH = 1_000

# pycld2 refuses control characters and what is no character at all
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|[^\x00-\uffff]")

#: pycld2's own code for Javanese is not ISO 639.
_ISO = {"jw": "jv"}


class Guess(NamedTuple):
    """What pycld2 says of a text."""

    code: str
    reliable: bool
    """Whether it says so itself, and the language makes up most of the text."""
    score: float


def languages(bodies: Iterable[str | None] | pa.Array | pa.ChunkedArray) -> list[str | None]:
    """The ISO 639 code of each body (id, ms, jv, su, en, min, bjn ...), None where it is too short to tell.

    A text's answer is the same whatever stands beside it.

    >>> languages(["Warga membersihkan lumpur sisa banjir di rumah mereka sejak pagi tadi.", "Foto: Antara"])
    ['id', None]
    """
    given = bodies.to_pylist() if isinstance(bodies, pa.Array | pa.ChunkedArray) else list(bodies)
    return [code for start in range(0, len(given), _BATCH) for code in _told(given[start : start + _BATCH])]


def language(text: str) -> str | None:
    """The ISO 639 code of one text.

    >>> language("Wong-wong padha resik-resik latar lan dalan desa wiwit esuk mau nganti awan.")
    'jv'
    >>> language("Residents have been cleaning the mud off their houses since early this morning.")
    'en'
    >>> language("Urang kampuang alah mambarasiahan lunau sasudah aia gadang nan tibo samalam.")
    'min'
    """
    return languages([text])[0]


def readable(text: str) -> str:
    r"""The beginning of a text, without the characters that pycld2 refuses.

    >>> readable("Bel\x00um 🙂")
    'Bel um  '
    """
    text = text[:LENGTH]
    # the pattern is slow, and most texts need it not
    flat = text.replace("\n", " ").replace("\xa0", " ")
    fine = flat.isprintable() and (flat.isascii() or len(flat.encode("utf-16-le")) == 2 * len(flat))
    return text if fine else _UNREADABLE.sub(" ", text)


def guess(text: str) -> Guess:
    """What pycld2 says of a readable text.

    >>> guess("Barudak ngarojay di walungan bari ngadagoan hujan raat, teu sieun ku cai nu caah.").code
    'su'
    """
    import pycld2

    reliable, _, found = pycld2.detect(text, isPlainText=True)
    _, code, percent, score = found[0]
    return Guess(_ISO.get(code, code), reliable and percent >= MOST, score)


def second(text: str) -> str:
    """The language that py3langid takes a text for.

    >>> second("Penduduk dinasihatkan supaya tidak menyeberang dengan rakit kerana arus sungai masih deras.")
    'ms'
    """
    import py3langid

    return str(py3langid.classify(text)[0])


def _told(bodies: Sequence[str | None]) -> Iterator[str | None]:
    """The language of each text of a batch."""
    texts = [readable(body or "") for body in bodies]
    texts = [text if _ENOUGH.match(text) else "" for text in texts]
    packed = pack(pa.array(texts, pa.large_string()))
    found = scores(packed.data, packed.offsets[:-1], packed.offsets[1:])
    order = np.argsort(-found, axis=1, kind="stable")[:, :2]
    leads = np.subtract(*np.take_along_axis(found, order, axis=1).T)
    codes = model().codes
    for text, (best, next_best), lead in zip(texts, order.tolist(), leads.tolist(), strict=True):
        yield _decided(text, codes[best], codes[next_best], lead) if text else None


def _decided(text: str, ours: str, other: str, lead: float) -> str:
    """The language of one text: our model's first, its second and the first's lead, against what pycld2 says."""
    cld = guess(text)
    if cld.reliable and cld.code in ("en", "ar"):  # our model reads no Arabic letters
        return cld.code
    # pycld2 takes regional languages for far ones, too; of real ones our model knows nothing, so it can't be sure
    if cld.reliable and cld.code not in model().codes and (cld.score >= SURE or lead < CLOSE):
        return cld.code
    if cld.reliable and cld.code == "id" and cld.score >= SURE:
        return ours if ours not in ("id", "ms", "en") and lead >= REGIONAL else "id"
    if ours == "ms" or {ours, other} == {"id", "ms"}:
        # no real Malay was seen that pycld2 doesn't call so
        if cld.code != "ms" or cld.score < MALAY:
            return "id"
        if lead < CLOSE:
            return _among((ours, other), second(text)) if cld.reliable else "id"
        return ours
    return ours if lead >= UNSURE else _among((ours, other), second(text))


def _among(known: tuple[str, str], code: str) -> str:
    """A language that py3langid names, unless our model knows it and ranks two others before it: then the first."""
    return code if code in known or code not in model().codes else known[0]
