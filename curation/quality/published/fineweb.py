"""FineWeb's own rules (Penedo et al. 2024), counted as datatrove's FineWebQualityFilter does; and FineWeb2's words."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.published.values import column


@measure(unit="share of lines")
def line_punctuation(documents: Documents) -> pa.Array:
    r"""Share of the lines that end in a full stop, question mark or exclamation mark of any script.

    A quotation mark or a blank behind it is no end.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(line_punctuation, "Banjir Surut\n\nAir surut.\nHujan reda!\n\"Kami pulang.\"")
    0.5
    """
    return column(documents, "line_punctuation")


@measure(unit="share of lines")
def fineweb_short_lines(documents: Documents) -> pa.Array:
    r"""Share of the lines of 30 characters or fewer.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(fineweb_short_lines, "Banjir Surut\nWarga kembali ke rumah setelah air surut.")
    0.5
    """
    return column(documents, "fineweb_short_lines")


@measure(unit="share of characters")
def fineweb_duplicate_characters(documents: Documents) -> pa.Array:
    r"""Share of the characters, line breaks aside, that stand in lines which the text has had before.

    Gopher's `duplicate_line_characters` takes line breaks into the whole.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(fineweb_duplicate_characters, "Air surut.\nAir surut.\nHujan reda.")
    0.3225806451612903
    """
    return column(documents, "fineweb_duplicate_characters")


@measure(unit="per token")
def newlines_per_token(documents: Documents) -> pa.Array:
    r"""Line breaks by tokens; many are a list.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(newlines_per_token, "beras\ncabai\n\ngaram")
    1.0
    """
    return column(documents, "newlines_per_token")


@measure(unit="words")
def fineweb2_stop_words(documents: Documents) -> pa.Array:
    """How many of FineWeb2's ten Indonesian words occur: adalah, dalam, dan, dari, dengan, di, ini, pada, untuk, yang.

    Only in small letters, as there.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(fineweb2_stop_words, "Di Rantaubatu warga dan polisi pulang dari sawah pada malam ini.")
    4.0
    """
    return column(documents, "fineweb2_stop_words")
