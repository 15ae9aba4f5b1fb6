"""Search-engine spam."""

from __future__ import annotations

import pyarrow as pa

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.spam.passages import strongest
from curation.quality.spam.spam_words import WORDS


@measure(unit="points")
def spam(documents: Documents) -> pa.Array:
    """How much more of a seller than of a reporter speaks in the strongest passage: loans, cures, followers, essays ...

    Pages written for search engines sell what people search for in need: quick loans, potency, diplomas, followers,
    cracked programs, shamans, plumbers. News report on loan sharks and seized pills in the same words; who calls,
    praises and gives a mobile number is the seller (see :func:`~curation.quality.spam.gambling.gambling`).

    >>> from curation.quality.measure import try_measure
    >>> try_measure(spam, "Butuh dana cepat? Pinjaman tanpa jaminan, cukup KTP, langsung cair. Hubungi admin sekarang!")
    6.0
    >>> try_measure(spam, "OJK mengingatkan warga agar tidak tergiur pinjaman online tanpa jaminan yang langsung cair.")
    0.0
    """
    return strongest(documents, WORDS)
