"""Gopher's quality rules (Rae et al. 2021, appendix A.1.1), counted as datatrove's GopherQualityFilter does.

Its words are tokens: punctuation counts too, unless it says otherwise.
"""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.published.values import column


@measure(unit="tokens")
def tokens(documents: Documents) -> pa.Array:
    """Tokens that are more than punctuation, as Gopher's filter counts words.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(tokens, "Harga cabai naik 5 persen (lagi).")
    6.0
    """
    return column(documents, "tokens")


@measure(unit="characters")
def mean_token_length(documents: Documents) -> pa.Array:
    """Characters of a token that is more than punctuation, on average.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(mean_token_length, "Air surut, warga pulang.")
    4.75
    """
    return column(documents, "mean_token_length")


@measure(unit="share of tokens")
def letter_tokens(documents: Documents) -> pa.Array:
    """Share of all tokens that hold a letter.

    Dates, prices, scores and every comma count against a text, which rejects much honest Indonesian news;
    `letter_share` asks the same of words alone.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(letter_tokens, "Persela 2 - 1 Persikas, kata wasit.")
    0.4444444444444444
    """
    return column(documents, "letter_tokens")


@measure(unit="per token")
def hash_signs(documents: Documents) -> pa.Array:
    """Hash signs (#) by tokens.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(hash_signs, "#banjir Air surut")
    0.25
    """
    return column(documents, "hash_signs")


@measure(unit="per token")
def ellipses(documents: Documents) -> pa.Array:
    """Ellipses (... or …) by tokens.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(ellipses, "Air surut...")
    0.3333333333333333
    """
    return column(documents, "ellipses")


@measure(unit="share of lines")
def bullet_lines(documents: Documents) -> pa.Array:
    r"""Share of the lines that begin with a bullet or a hyphen.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(bullet_lines, "Bahan:\n- beras\n• cabai\n- garam")
    0.75
    """
    return column(documents, "bullet_lines")


@measure(unit="share of lines")
def ellipsis_lines(documents: Documents) -> pa.Array:
    r"""Share of the lines that end in an ellipsis, as teasers do.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(ellipsis_lines, "Gubernur meresmikan ...\nWarga pulang.")
    0.5
    """
    return column(documents, "ellipsis_lines")


@measure(unit="words")
def gopher_stop_words(documents: Documents) -> pa.Array:
    """How many of Gopher's eight English words occur: the, be, to, of, and, that, have, with.

    Gopher wants two, so it keeps nothing Indonesian; the same rule for Indonesian is `fineweb2_stop_words`.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(gopher_stop_words, "The mayor of the town, and that of Rantaubatu")
    4.0
    """
    return column(documents, "gopher_stop_words")
