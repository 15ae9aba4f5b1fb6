"""A campaign that begins with a labelling page: the page beside a codebook that is written from it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from curation import store
from curation.annotation.own_page.controls import Control, Page, read, source
from curation.annotation.page import TEXT
from curation.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curation.annotation.campaign import Campaign

#: the page's file in a campaign
OWN = "own.xml"

HEAD = """\
# Dibuat dari {page}. Halaman yang dipakai adalah own.xml, persis seperti aslinya; berkas ini mencatat pertanyaan dan
# nilai yang disimpan. Kalau own.xml diubah, ubah juga berkas ini, naikkan guideline_version, dan tambah [[changelog]].

[codebook]
name = {name}
guideline_version = "1.0"
title = {title}
page = "{own}"
{not_read}
[[changelog]]
version = "1.0"
date = "{date}"
effect = "none"
note = "Versi pertama."
"""


def begin(campaign: Campaign, page: Path, date: str) -> None:
    """Write ``own.xml`` and ``codebook.toml`` of a campaign that has no codebook yet.

    The tag that shows the article is named as answers need it; all else stays as it is.

    Args:
        campaign: whose folder is made.
        page: Label Studio XML.
        date: of the first version, YYYY-MM-DD.

    Raises:
        UsageError: the campaign has a codebook, or the page can't be read or asks nothing that tables hold.
        ConfigError: the page is no XML.
    """
    if campaign.codebook.exists():
        raise UsageError(
            f"the campaign '{campaign.name}' has a codebook already",
            where=str(campaign.codebook),
            remedy=f'Put the page beside it as {OWN}, and write page = "{OWN}" under [codebook].',
        )
    xml = renamed(source(page), str(page))
    text = codebook_text(read(xml, str(page)), name=campaign.name, page_file=page.name, date=date)
    campaign.folder.mkdir(parents=True, exist_ok=True)
    store.write_atomically(campaign.folder / OWN, xml.encode())
    store.write_atomically(campaign.codebook, text.encode())


def renamed(xml: str, file: str) -> str:
    """A page whose one text is called as answers need it.

    >>> labels = '<Labels name="mark" toName="t"><Label value="a"/></Labels>'
    >>> print(renamed(f'<View><Text name="t" value="$article"/>{labels}</View>', "own.xml"))
    <View><Text name="text" value="$text"/><Labels name="mark" toName="text"><Label value="a"/></Labels></View>
    """
    found = read(xml, file)
    about = {control.about for control in found.controls if control.kind}
    texts = {(name, value) for tag, name, value, _ in found.texts if tag == "Text" and name in about}
    if len(about) != 1 or len(texts) != 1:
        return xml  # the codebook's check tells what to change
    [(name, value)] = texts
    if not value.startswith("$"):
        return xml
    this = rf"""<Text\b[^>]*?\sname\s*=\s*["']{re.escape(name)}["'][^>]*>"""
    xml = re.sub(this, lambda tag: _with(tag[0], name, value), xml, count=1)
    return re.sub(rf"""(\stoName\s*=\s*["']){re.escape(name)}(["'])""", rf"\g<1>{TEXT}\g<2>", xml)


def _with(tag: str, name: str, value: str) -> str:
    tag = re.sub(rf"""(\sname\s*=\s*["']){re.escape(name)}(["'])""", rf"\g<1>{TEXT}\g<2>", tag)
    return re.sub(rf"""(\svalue\s*=\s*["']){re.escape(value)}(["'])""", rf"\g<1>${TEXT}\g<2>", tag)


def codebook_text(page: Page, *, name: str, page_file: str, date: str) -> str:
    """The codebook of a page, as TOML.

    Raises:
        UsageError: the page asks nothing that tables hold.
    """
    read_ = [control for control in page.controls if control.kind]
    others = [control.name for control in page.controls if not control.kind]
    if not read_:
        raise UsageError(
            "the page has no Choices and no Labels whose answers can be read",
            where=page_file,
            remedy='Write them as <Choices name="..." toName="text"> with a <Choice value="..."/> for each answer.',
        )
    head = HEAD.format(
        page=page_file,
        name=json.dumps(re.sub(r"[^a-z0-9_]", "_", name)),
        title=json.dumps(page.title or name, ensure_ascii=False),
        own=OWN,
        date=date,
        not_read=f"# jawabannya tetap di ekspor Label Studio\nnot_read = {json.dumps(others)}\n" if others else "",
    )
    per = "target" if "target" in page.fields else "document"
    return head + "".join(part for control in read_ for part in _question(control, per))


def _question(control: Control, per: str) -> Iterator[str]:
    yield f"\n[[question]]\nname = {_string(control.name)}\ntext = {_string(control.heading or control.name)}\n"
    yield f'kind = "{control.kind}"\nper = "{per}"\n'
    # what comes and goes by something else can't be missed
    if control.required and not control.comes_and_goes:
        yield "required = true\n"
    if control.opened_by:
        question, values = control.opened_by
        shown = _string(values[0]) if len(values) == 1 else json.dumps(values, ensure_ascii=False)
        yield f"visible_when = {{ question = {_string(question)}, value = {shown} }}\n"
    for offer in control.offers:
        yield f"\n[[question.label]]\nvalue = {_string(offer.value)}\nshown = {_string(offer.shown)}\n"
        if offer.hotkey:
            yield f"hotkey = {_string(offer.hotkey)}\n"
        if offer.hint:
            yield f"definition = {_string(offer.hint)}\n"


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
