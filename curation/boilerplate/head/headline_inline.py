"""The headline, printed once more before the lead of an article on one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.boilerplate.bylines.parts import dateline_start
from curation.boilerplate.head.headline import begin_as_headline
from curation.boilerplate.shapes import is_headline
from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

#: the site's name behind the headline, and a dateline in capitals
_WITH_SITE = re.compile(
    r"\s[-–|]\s[A-Z][\w.]*(?:\s[A-Z]\w*){0,3}?\s+"
    r"(?=[A-Z]{3,}(?:[ ,][A-Z. ]{2,30})?(?:,\s[\w.]{3,30})?\s?[-–—]{1,2}\s)"
)
_LEAST_WORDS, _LEAST_LEFT = 5, 80
#: a lead that begins anew: not a word that carries the headline on
_LEAD = re.compile(r"\s*(?:[-–—|]\s*)?(?=[\"“A-Z])")


@rule(step="head", grain="inline", head=1, source="blogs and aggregators scraped to one line")
def headline_inline(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Cut the given headline where the first line begins with it and goes on with the lead.

    Letter by letter the same, in the capitals of a headline, and a dateline or one of the headline's own words must
    follow: a lead that merely begins like its headline stays.

    >>> after(headline_inline, "Air Surut di Kota Ambon - Warta AMBON - Warga pulang.", title="Air Surut di Kota Ambon")
    'AMBON - Warga pulang.'
    >>> text = "Air Sungai Lintang Surut di Kota Ambon - Air sungai itu surut sejak Senin pagi, dan warga pulang "
    >>> text += "ke rumah masing-masing."
    >>> after(headline_inline, text, title="Air Sungai Lintang Surut di Kota")
    'Ambon - Air sungai itu surut sejak Senin pagi, dan warga pulang ke rumah masing-masing.'
    """
    for line in begin_as_headline(lines, context):
        title = (context.title(line) or "").strip()
        if not line.text.startswith(title) or len(title.split()) < _LEAST_WORDS or not is_headline(title):
            continue
        if with_site := _WITH_SITE.match(line.text, len(title)):
            yield line.cut(0, with_site.end())
            continue
        lead = _LEAD.match(line.text, len(title))
        if lead and len(line.text) - lead.end() >= _LEAST_LEFT:
            dateline = dateline_start(line.text, lead.end(), lead.end() + 60)
            if dateline == lead.end() or title.endswith(("?", "!")) or line.text[len(title)] in "-–—|\n":
                yield line.cut(0, lead.end())
