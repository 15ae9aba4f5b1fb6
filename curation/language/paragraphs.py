"""Paragraphs in another language than their document: a Javanese proverb, a prayer, a verse, a foreign quote.

They are told, never removed. A paragraph is a run of sentences in one line, for articles on one line have paragraphs,
too: sentences that lean to another language are joined with their neighbours that do, and judged together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from curation import schema
from curation.language.detect import guess, readable, second
from curation.language.grams import Bytes, Rows, model, pack, scores

KIND = "paragraph_language"

#: Sentences of fewer words go with the next; a lead of so much is a lean.
SENTENCE, LEAN = 6, 1.0
#: Shorter paragraphs are names, titles and headings as often as another language.
FEWEST_WORDS = 15

#: The lead of the paragraph's language over its document's, in our model's logarithms of odds, from which it is one.
#: Titles and terms in English are common in Indonesian, so English needs more; Indonesian and Malay say so much in the
#: same words that only a long and very Malay quote is told.
LEADS = {"id": 2.5, "jv": 2.5, "su": 2.5, "en": 5.0, "ar": 4.5, "ms": 10.0}
LONG = 40
#: ... of languages that pycld2 doesn't know.
UNKNOWN = 7.0
#: Where pycld2 doesn't agree, our second must be so far behind our first, ...
APART = 1.0
#: ... and pycld2's score of the document's language, or of Malay, below this: it takes unknown ones for these two.
FAMILIAR = 600
#: What pycld2 knows well, so that it must agree.
_KNOWN = ("id", "ms", "en")
#: A paragraph with this share of its bytes beyond ASCII is in another script, which only pycld2 reads.
OTHER_SCRIPT = 0.6


_WORD = re.compile(r"[^\W\d_]{2,}")


class _Pieces(NamedTuple):
    """Stretches of lines: sentences, or paragraphs."""

    document: Rows
    line: Rows
    start: Rows
    end: Rows
    beyond_ascii: Rows


def paragraph_findings(documents: pa.Table) -> pa.Table:
    r"""Findings: paragraphs that are surely in another language than their document.

    The rule's name ends in the paragraph's language: "paragraph_jv". A document whose language is not told has none.

    Args:
        documents: id, body, language.

    Returns:
        The table findings, in the order of the documents; start and end count code points of the body.

    >>> pesan = "Sapa sing nandur bakal ngundhuh, mula aja seneng gawe piala marang liyan, sebab kabeh bakal bali."
    >>> body = f"Ia mengutip pesan ayahnya.\n{pesan}"
    >>> documents = pa.table({"id": ["a"], "language": ["id"], "body": [body]})
    >>> [(row["rule"], body[row["start"] : row["end"]] == pesan) for row in paragraph_findings(documents).to_pylist()]
    [('paragraph_jv', True)]
    """
    texts = pack(documents["body"])
    ids, own = documents["id"].to_pylist(), documents["language"].to_pylist()
    codes = model().codes
    known = np.array([codes.index(code) if code in codes else -1 for code in own], np.int64)
    told = np.array([code is not None for code in own], np.bool_)
    found = []
    runs = _runs(texts.data, _sentences(texts.data, texts.offsets), known, told)
    scored = scores(texts.data, runs.start, runs.end)
    first, other = np.argsort(-scored, axis=1, kind="stable")[:, :2].T
    row, of_document = np.arange(len(scored)), known[runs.document]
    lead, apart = scored[row, first] - scored[row, of_document], scored[row, first] - scored[row, other]
    script = _in_other_script(runs)
    least = np.array([LEADS.get(code, UNKNOWN) for code in codes])[first]
    for run in np.flatnonzero(script | ((of_document >= 0) & (lead >= least))).tolist():
        document, start, end = int(runs.document[run]), int(runs.start[run]), int(runs.end[run])
        text = texts.data[start:end].tobytes().decode()
        if len(_WORD.findall(text)) < FEWEST_WORDS:
            continue
        ours = None if script[run] else codes[first[run]]
        foreign = _foreign(text, own[document], ours, float(lead[run]), float(apart[run]))
        if foreign:
            before = texts.data[texts.offsets[document] : start].tobytes().decode()
            code, score = foreign
            place = {"start": len(before), "end": len(before) + len(text)}
            found.append({"id": ids[document], "kind": KIND, **place, "score": score, "rule": f"paragraph_{code}"})
    return schema.from_rows("findings", found)


def _sentences(data: Bytes, offsets: Rows) -> _Pieces:
    from curation.language.kernel import FOLD, cut

    # a word is a letter and a space at least
    room = np.empty((len(data) // (2 * SENTENCE) + len(offsets), len(_Pieces._fields)), np.int64)
    return _Pieces(*room[: cut(data, offsets, FOLD, SENTENCE, room)].T)


def _runs(data: Bytes, sentences: _Pieces, known: Rows, told: npt.NDArray[np.bool_]) -> _Pieces:
    """Neighbouring sentences of a line that lean to another language than their document's, or another script."""
    scored = scores(data, sentences.start, sentences.end)
    first, of_document = scored.argmax(axis=1), known[sentences.document]
    lead = np.take_along_axis(scored, first[:, None], 1)[:, 0] - scored[np.arange(len(scored)), of_document]
    script = _in_other_script(sentences)
    kept = np.flatnonzero(told[sentences.document] & (script | ((of_document >= 0) & (lead >= LEAN))))
    # regional languages are mixed up in few words, so they make one run
    kinds = np.array([n if code in (*_KNOWN, "ar") else -1 for n, code in enumerate(model().codes)])[first]
    kinds = np.where(script, -2, kinds)[kept]
    starts = np.ones(len(kept), np.bool_)
    starts[1:] = (np.diff(kept) > 1) | (np.diff(sentences.line[kept]) > 0) | (np.diff(kinds) != 0)
    heads, tails = kept[starts], kept[np.append(starts[1:], True)[: len(kept)]]
    beyond = np.add.reduceat(sentences.beyond_ascii[kept], np.flatnonzero(starts)) if len(kept) else kept
    return _Pieces(
        sentences.document[heads], sentences.line[heads], sentences.start[heads], sentences.end[tails], beyond
    )


def _in_other_script(pieces: _Pieces) -> npt.NDArray[np.bool_]:
    return pieces.beyond_ascii > OTHER_SCRIPT * (pieces.end - pieces.start)


def _foreign(text: str, document: str, ours: str | None, lead: float, apart: float) -> tuple[str, float] | None:
    """The language of a suspect paragraph, and how sure that is; None if it may be its document's after all.

    Args:
        text: the paragraph.
        document: the document's language.
        ours: what our model takes the paragraph for; None in another script, which it can't read.
        lead: by how much it does so rather than for the document's language,
        apart: ... and rather than for the next best.
    """
    cld = guess(readable(text))
    if ours is None:
        return (cld.code, 1.0) if cld.reliable and cld.code not in ("un", document) else None
    if {ours, document} == {"id", "ms"} and (lead < LEADS["ms"] or len(text.split()) < LONG or second(text) != ours):
        return None
    if not (cld.reliable and cld.code == ours):
        familiar = cld.reliable and cld.code in (document, "ms") and cld.score >= FAMILIAR
        if ours in _KNOWN or familiar or apart < APART or (lead < UNKNOWN and ours != "ar"):
            return None
    return ours, float(1 / (1 + np.exp(-lead)))
