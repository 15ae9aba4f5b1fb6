"""Broken characters."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from curation.quality.documents import Documents
from curation.quality.measure import measure
from curation.quality.text import count, share

#: Replacement characters; UTF-8 that was read as Windows-1252 or Mac Roman, once or twice: â€œ, Ã©, ‚Äî, ¬†, Ã¢â‚¬;
#: signs that no word holds.
_BROKEN = (
    r"\x{FFFD}|ï¿½|â€.?|Ã[\x{80}-\x{BF}¢‚ƒâ]|Â[\x{A0}-\x{BF}]|â‚¬|â„¢|Å“|‚Ä.|¬[†∑∞]|"
    r"\pL[¤§¶¿½¼¾×÷¢¬®±¦¨¯¸€™ÿþÐÞœ□■�]|[¤§¶¿½¼¾×÷¢¬¦¨¯¸€™ÿþÐÞœ□■�]\pL|"
    # other code pages: вЂњ, ΓÇ£, 鈥; letters lost (sej??k, sej?k) or taken for digits (sej4k)
    r"[вЂГЋ][ЂќњЌ°‚„]|ΓÇ.|ÔÇ.|\p{Latin}[\p{Cyrillic}\p{Greek}\p{Han}\p{Hangul}]|"
    r"[\p{Cyrillic}\p{Greek}\p{Han}\p{Hangul}]\p{Latin}|\p{Ll}\?+\p{Ll}|\s\?\pL|\p{Ll}\d\p{Ll}|"
    # what was never decoded: =E2=80=9C, %20, \u201c, &nbsp;
    r"=[0-9A-F][0-9A-F]|%[0-9A-F][0-9A-F]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|&#?\w{2,7};|</?[a-z]{1,6}/?>|"
    # letters one by one; words without a vowel; the capitals of a font without its table: 3HQHOLWL, \DQJ
    r"\b\pL \pL \pL \pL |(?i:\b[bcdfghjklmnpqrstvwxz]{5,}\b)|\b\d\p{Lu}{4,}|\p{Lu}[\\\[\]]\p{Lu}"
)


@measure(unit="per 100 characters")
def mojibake(documents: Documents) -> pa.Array:
    r"""Broken characters per 100 characters: decoded wrongly, not at all, or lost.

    A few are left by any scraper and do no harm; many mean that the text was decoded wrongly.

    >>> from curation.quality.measure import try_measure
    >>> try_measure(mojibake, "Kata dia, \ufffd\ufffdnaik\ufffd\ufffd.")
    21.05263157894737
    """
    length = pc.utf8_length(documents["body"]).cast(pa.float64())
    return share(pc.multiply(count(documents["body"], _BROKEN), 100.0), length)
