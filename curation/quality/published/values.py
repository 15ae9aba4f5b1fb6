"""What the recipes measure of a batch, all in one pass; the measures of this shelf are its columns."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

if TYPE_CHECKING:
    from curation.quality.documents import Documents
    from curation.quality.published.kernels.characters import Characters, Numbers
    from curation.quality.published.kernels.tokens import Tokens

Values = npt.NDArray[np.float64]


def column(documents: Documents, name: str) -> pa.Array:
    """One of the values of a batch; null where there is nothing to measure."""
    return _of_batch(documents)[name]


@lru_cache(maxsize=1)
def _of_batch(documents: Documents) -> dict[str, pa.Array]:
    from curation.quality.published.kernels.characters import characters
    from curation.quality.published.kernels.tokens import tokenise

    texts = characters(documents["body"])
    found = values(texts, tokenise(texts))
    return {name: pa.array(one, pa.float64(), from_pandas=True) for name, one in found.items()}


def values(texts: Characters, tokens: Tokens) -> dict[str, Values]:
    """Every measure of this shelf, by its name, for texts and their tokens; NaN where there is nothing to measure."""
    from curation.quality.published.kernels.c4 import count_c4
    from curation.quality.published.kernels.grams import REPEATED, TOP, count_grams
    from curation.quality.published.kernels.lines import count_lines
    from curation.quality.published.kernels.sailcraft import count_sailcraft
    from curation.quality.published.kernels.words import count_words

    length = texts.lengths
    words = count_words(texts, tokens)
    lines = count_lines(texts)
    grams = count_grams(texts, tokens)
    c4 = count_c4(texts, tokens)
    sailcraft = count_sailcraft(texts)
    found = {
        "tokens": words["words"].astype(float),
        "mean_token_length": _share(words["word_characters"], words["words"]),
        "letter_tokens": _share(words["lettered"], words["tokens"]),
        "hash_signs": _share(lines["hashes"], words["tokens"]),
        "ellipses": _share(lines["ellipses"], words["tokens"]),
        "bullet_lines": _share(lines["bullets"], lines["gopher_lines"]),
        "ellipsis_lines": _share(lines["trailing"], lines["gopher_lines"]),
        "gopher_stop_words": words["english"].astype(float),
        "duplicate_lines": _share(lines["repeated_lines"], lines["lines"], length),
        "duplicate_line_characters": _share(lines["repeated_line_characters"], length),
        "duplicate_paragraphs": _share(lines["repeated_paragraphs"], lines["paragraphs"], length),
        "duplicate_paragraph_characters": _share(lines["repeated_paragraph_characters"], length),
        "line_punctuation": _share(lines["ended"], lines["inked_lines"]),
        "fineweb_short_lines": _share(lines["short"], lines["inked_lines"]),
        "fineweb_duplicate_characters": _share(
            lines["repeated_inked_characters"], length - lines["newlines"], lines["inked_lines"]
        ),
        "newlines_per_token": _share(lines["newlines"], words["tokens"]),
        "fineweb2_stop_words": words["indonesian"].astype(float),
        "c4_sentences": c4["sentences"].astype(float),
        "c4_braces": c4["braces"].astype(float),
        "c4_lorem_ipsum": c4["lorem_ipsum"].astype(float),
        "c4_policies": c4["policies"].astype(float),
        "sailcraft_words": sailcraft["words"].astype(float),
        "sailcraft_longest_word": sailcraft["longest"].astype(float),
        "sailcraft_character_repetition": _share(sailcraft["frequent_grams"], sailcraft["grams"]),
        "sailcraft_word_repetition": _share(sailcraft["repeated_word_grams"], sailcraft["word_grams"]),
        "sailcraft_special": _share(sailcraft["special"], sailcraft["characters"]),
        "sailcraft_flagged": np.minimum(_share(sailcraft["flagged"], sailcraft["words"]), 1),
    }
    for n in TOP:
        has_any = grams[f"top_{n}"] >= 0
        found[f"top_{n}_gram"] = _share(grams[f"top_{n}"], length, has_any)
    for n in REPEATED:
        found[f"duplicate_{n}_gram"] = _share(grams[f"repeated_{n}"], length)
    return found


def _share(part: Numbers, whole: Numbers, where: npt.NDArray[np.generic] | None = None) -> Values:
    """Part by whole; NaN where the whole is 0, or `where` is."""
    shares: Values = np.full(len(part), np.nan)
    possible = (whole > 0) if where is None else (whole > 0) & (where != 0)
    return np.divide(part, whole, out=shares, where=possible)
