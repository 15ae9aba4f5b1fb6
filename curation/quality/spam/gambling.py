"""Gambling spam."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.spam.folding import DISGUISED
from curation.quality.spam.gambling_words import WORDS
from curation.quality.spam.passages import passages

#: Whatever sells gambling says one of these, or hides it.
_SUSPECT = (
    r"gacor|slot|maxwin|\bjudi\b|\bjudol|togel|casino|kasino|poker|scatter|jackpot|taruhan|\btoto|\brtp\b|sbobet|parlay|"
    r"bac+arat|bandarq|domino ?q|qq ?online|sabung ayam|tembak ikan|link alternatif|free ?spin|betting|prediksi (?:sgp|hk|sdy)|"
    r"live ?draw|colok bebas|bbfs|depo(?:sit)? (?:pulsa|dana|qris)"
)


def _weigh(goods: int, calls: int, news: int, words: int, reported: bool) -> float:
    if goods < 2:
        return 0.0
    dense = 0.0 if reported else max(0.0, goods - words / 4)
    return min(goods * (0.5 if reported else 1.0), 1 + 2 * calls + 2 * dense) + calls - 1.5 * news


@measure(unit="points")
def gambling(documents: Documents) -> pa.Array:
    texts = documents.texts
    suspect = pc.match_substring_regex(texts, f"{_SUSPECT}|{DISGUISED}", ignore_case=True)
    some = pc.indices_nonzero(suspect)
    found = np.zeros(len(texts))
    where = some.to_numpy()
    for passage in passages(documents.titles.take(some), documents["body"].take(some), WORDS, _weigh):
        n = where[passage.text]
        found[n] = max(found[n], passage.points)
    return pa.array(found)
