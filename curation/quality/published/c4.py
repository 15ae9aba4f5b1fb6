"""C4's rules (Raffel et al. 2020), counted as datatrove's C4QualityFilter does.

C4 keeps a line that ends in . ? ! " or ' but not in dots, and has three words or more, none over 1,000 characters.
Marks like [12] and [edit] are cut before. What remains of a page is then judged.
"""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.published.values import column


@measure(unit="sentences")
def c4_sentences(documents: Documents) -> pa.Array:
    r"""Sentences of the lines that C4 keeps.

    A sentence ends with the first token after an end mark that is no punctuation, as in spaCy, which datatrove asks;
    C4 itself took NLTK's for English.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(c4_sentences, "Banjir Surut\nAir surut. Warga pulang.\nBaca juga:\nHujan sudah reda.")
    3.0
    """
    return column(documents, "c4_sentences")


@measure(unit="lines")
def c4_braces(documents: Documents) -> pa.Array:
    """Lines that C4 would keep but for a brace, which it takes for program code; one rejects the page.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(c4_braces, "Isi surat itu {nama} dan {alamat} saja.")
    1.0
    """
    return column(documents, "c4_braces")


@measure(unit="lines")
def c4_lorem_ipsum(documents: Documents) -> pa.Array:
    """Lines that C4 would keep but for "lorem ipsum", the text of empty templates; one rejects the page.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(c4_lorem_ipsum, "Lorem ipsum dolor sit amet.")
    1.0
    """
    return column(documents, "c4_lorem_ipsum")


@measure(unit="lines")
def c4_policies(documents: Documents) -> pa.Array:
    """Lines that C4 drops since they name JavaScript, cookies, terms of use or a privacy policy. It has no limit.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(c4_policies, "Silakan aktifkan JavaScript di peramban Anda.")
    1.0
    """
    return column(documents, "c4_policies")
