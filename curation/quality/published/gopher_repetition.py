"""Gopher's repetition rules (Rae et al. 2021, table A1), counted as datatrove's GopherRepetitionFilter does."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.published.values import column


@measure(unit="share of lines")
def duplicate_lines(documents: Documents) -> pa.Array:
    r"""Share of the lines that the text has had before; blank lines between others don't count.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(duplicate_lines, "Air surut.\n\nBaca juga\nWarga pulang.\nBaca juga")
    0.25
    """
    return column(documents, "duplicate_lines")


@measure(unit="share of characters")
def duplicate_line_characters(documents: Documents) -> pa.Array:
    r"""Share of the characters that stand in lines which the text has had before.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(duplicate_line_characters, "Air surut.\nAir surut.\nWarga pulang, hujan reda.")
    0.2127659574468085
    """
    return column(documents, "duplicate_line_characters")


@measure(unit="share of paragraphs")
def duplicate_paragraphs(documents: Documents) -> pa.Array:
    r"""Share of the paragraphs, which a blank line parts, that the text has had before.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(duplicate_paragraphs, "Air surut.\n\nAir surut.\n\nWarga pulang.\n\nHujan reda.")
    0.25
    """
    return column(documents, "duplicate_paragraphs")


@measure(unit="share of characters")
def duplicate_paragraph_characters(documents: Documents) -> pa.Array:
    r"""Share of the characters that stand in paragraphs which the text has had before.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(duplicate_paragraph_characters, "Air surut.\n\nAir surut.\n\nWarga pulang, hujan reda.")
    0.20408163265306123
    """
    return column(documents, "duplicate_paragraph_characters")


@measure(unit="share of characters")
def top_2_gram(documents: Documents) -> pa.Array:
    """Share of the characters in the most frequent two tokens in a row; null where there are fewer.

    >>> from curation.quality.measure import try_measure
    >>> round(try_measure(top_2_gram, "Air surut. Air surut. Warga pulang."), 3)
    0.514
    """
    return column(documents, "top_2_gram")


@measure(unit="share of characters")
def top_3_gram(documents: Documents) -> pa.Array:
    """Share of the characters in the most frequent three tokens in a row; null where there are fewer.

    >>> from curation.quality.measure import try_measure
    >>> round(try_measure(top_3_gram, "Air surut. Air surut. Warga pulang."), 3)
    0.629
    """
    return column(documents, "top_3_gram")


@measure(unit="share of characters")
def top_4_gram(documents: Documents) -> pa.Array:
    """Share of the characters in the most frequent four tokens in a row; null where there are fewer.

    >>> from curation.quality.measure import try_measure
    >>> round(try_measure(top_4_gram, "Air mulai surut. Air mulai surut. Warga pulang."), 3)
    0.723
    """
    return column(documents, "top_4_gram")


@measure(unit="share of characters")
def duplicate_5_gram(documents: Documents) -> pa.Array:
    """Share of the characters in five tokens in a row that the text has had before; none counts twice.

    >>> from curation.quality.measure import try_measure
    >>> twice = "Warga di tepi sungai itu pulang setelah air surut pada pagi hari. " * 2
    >>> round(try_measure(duplicate_5_gram, twice), 3)
    0.341
    """
    return column(documents, "duplicate_5_gram")


@measure(unit="share of characters")
def duplicate_6_gram(documents: Documents) -> pa.Array:
    """Share of the characters in six tokens in a row that the text has had before; none counts twice.

    >>> from curation.quality.measure import try_measure
    >>> twice = "Warga di tepi sungai itu pulang setelah air surut pada pagi hari. " * 2
    >>> round(try_measure(duplicate_6_gram, twice), 3)
    0.402
    """
    return column(documents, "duplicate_6_gram")


@measure(unit="share of characters")
def duplicate_7_gram(documents: Documents) -> pa.Array:
    """Share of the characters in seven tokens in a row that the text has had before; none counts twice.

    >>> from curation.quality.measure import try_measure
    >>> twice = "Warga di tepi sungai itu pulang setelah air surut pada pagi hari. " * 2
    >>> round(try_measure(duplicate_7_gram, twice), 3)
    0.25
    """
    return column(documents, "duplicate_7_gram")


@measure(unit="share of characters")
def duplicate_8_gram(documents: Documents) -> pa.Array:
    """Share of the characters in eight tokens in a row that the text has had before; none counts twice.

    >>> from curation.quality.measure import try_measure
    >>> twice = "Warga di tepi sungai itu pulang setelah air surut pada pagi hari. " * 2
    >>> round(try_measure(duplicate_8_gram, twice), 3)
    0.273
    """
    return column(documents, "duplicate_8_gram")


@measure(unit="share of characters")
def duplicate_9_gram(documents: Documents) -> pa.Array:
    """Share of the characters in nine tokens in a row that the text has had before; none counts twice.

    >>> from curation.quality.measure import try_measure
    >>> twice = "Warga di tepi sungai itu pulang setelah air surut pada pagi hari. " * 2
    >>> round(try_measure(duplicate_9_gram, twice), 3)
    0.311
    """
    return column(documents, "duplicate_9_gram")


@measure(unit="share of characters")
def duplicate_10_gram(documents: Documents) -> pa.Array:
    """Share of the characters in ten tokens in a row that the text has had before; none counts twice.

    >>> from curation.quality.measure import try_measure
    >>> twice = "Warga di tepi sungai itu pulang setelah air surut pada pagi hari. " * 2
    >>> round(try_measure(duplicate_10_gram, twice), 3)
    0.341
    """
    return column(documents, "duplicate_10_gram")
