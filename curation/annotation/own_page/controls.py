"""What a labelling page asks: Label Studio XML, read as far as tables can hold the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from curation.annotation.page import TEXT
from curation.errors import ConfigError, UsageError
from curation.toml import Problems

if TYPE_CHECKING:
    from lxml.etree import _Element

    from curation.annotation.codebook import Codebook, Kind, Question

#: what a task holds and a page may show
FIELDS = (
    *("title", "outlet", "date", TEXT, "target"),
    *("task_key", "document_id", "text_sha256", "guideline_version", "label_config_sha256"),
)
KINDS: dict[tuple[str, str], Kind] = {
    ("Choices", "single"): "choice",
    ("Choices", "single-radio"): "choice",
    ("Choices", "multiple"): "choices",
    ("Labels", ""): "spans",
}


class Offer(NamedTuple):
    """One answer of a control."""

    value: str
    shown: str
    hotkey: str
    hint: str


class Control(NamedTuple):
    """One control of a page: what people answer with."""

    name: str
    tag: str
    line: int
    #: the tag that it is about
    about: str
    #: None where no table holds such answers
    kind: Kind | None
    #: the heading above it
    heading: str
    required: bool
    offers: tuple[Offer, ...]
    #: the question and the values that open it
    opened_by: tuple[str, tuple[str, ...]] | None
    #: it appears by something else than the answer to one question
    comes_and_goes: bool

    @property
    def values(self) -> tuple[str, ...]:
        """What is stored."""
        return tuple(offer.value for offer in self.offers)


class Page(NamedTuple):
    """A page as it was read."""

    controls: tuple[Control, ...]
    #: the tags that show a text: tag, name, value, line
    texts: tuple[tuple[str, str, str, int], ...]
    #: the task's fields that it shows, and the line of each
    fields: dict[str, int]
    title: str


def source(path: Path) -> str:
    """The text of a page.

    Raises:
        UsageError: it can't be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError("no such page", where=str(path), remedy="Put the page's XML there.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"can't be read ({error})", where=str(path), remedy="It must be a readable file in UTF-8."
        ) from None


def read(xml: str, file: str) -> Page:
    """The controls of a page in their order.

    Args:
        xml: the page.
        file: is named where it is no XML.

    Raises:
        ConfigError: it is no XML.

    >>> choices = '<Choices name="tone" toName="text"><Choice value="calm"/></Choices>'
    >>> xml = f'<View><Text name="text" value="$text"/>{choices}</View>'
    >>> [(control.name, control.kind, control.values) for control in read(xml, "own.xml").controls]
    [('tone', 'choice', ('calm',))]
    """
    try:
        root = etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ConfigError([f"{file}:{error.lineno}: not valid XML: {error.msg}."]) from None
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    fields: dict[str, int] = {}
    for element in elements:
        for value in element.attrib.values():
            if name := re.fullmatch(r"\$(\w+)", str(value)):
                fields.setdefault(name[1], element.sourceline or 0)
    texts = tuple(
        (str(one.tag), one.get("name", ""), one.get("value", ""), one.sourceline or 0)
        for one in elements
        if one.tag in ("Text", "HyperText", "Paragraphs") and not one.get("toName")
    )
    headings = [one.get("value", "") for one in elements if one.tag == "Header"]
    title = next((text for text in headings if text and not text.startswith("$")), "")
    return Page(tuple(_controls(elements)), texts, fields, title)


def _controls(elements: list[_Element]) -> Iterator[Control]:
    heading = ""
    for element in elements:
        if element.tag == "Header" and not element.get("value", "").startswith("$"):
            heading = element.get("value", "")
        if not element.get("toName") or not element.get("name"):
            continue
        tag = str(element.tag)
        kind = KINDS.get((tag, element.get("choice", "single") if tag == "Choices" else ""))
        offers = tuple(_offers(element))
        if not offers or element.get("perRegion") == "true" or element.get("allowNested") == "true":
            kind = None
        conditions = [one for one in (element, *element.iterancestors()) if one.get("visibleWhen")]
        opened_by = _opened_by(conditions, elements)
        yield Control(
            name=element.get("name", ""),
            tag=tag,
            line=element.sourceline or 0,
            about=element.get("toName", ""),
            kind=kind,
            heading=heading,
            required=element.get("required") == "true",
            offers=offers,
            opened_by=opened_by,
            comes_and_goes=bool(conditions) and opened_by is None,
        )
        heading = ""


def _offers(control: _Element) -> Iterator[Offer]:
    for one in control.iter("Choice", "Label"):
        shown = one.get("value", "")
        if not shown.startswith("$"):
            yield Offer(one.get("alias") or shown, shown, one.get("hotkey", ""), one.get("hint", ""))


def _opened_by(conditions: list[_Element], elements: list[_Element]) -> tuple[str, tuple[str, ...]] | None:
    """The one answer that opens a control, where that can be told."""
    if len(conditions) != 1 or conditions[0].get("visibleWhen") != "choice-selected":
        return None
    name = conditions[0].get("whenTagName", "")
    other = next((one for one in elements if one.get("name") == name and one.tag == "Choices"), None)
    if other is None:
        return None
    stored = {key: offer.value for offer in _offers(other) for key in (offer.shown, offer.value)}
    wanted = conditions[0].get("whenChoiceValue")
    values = wanted.split(",") if wanted else list(dict.fromkeys(stored.values()))
    # Label Studio takes a blank after the comma for a part of the value, and so never finds it
    found = tuple(stored[value] for value in values if value in stored)
    return (name, found) if found else None


# -- checked against a codebook -------------------------------------------------------------------


def joined(path: Path, codebook: Codebook) -> str:
    """The page beside a codebook, if it asks what the codebook says; blank space around it is no part of it.

    Raises:
        UsageError: it can't be read.
        ConfigError: one line for each mistake, with file, line and a suggestion.
    """
    xml = source(path)
    found = read(xml, str(path))
    problems = Problems(str(path))
    _check_text(found, problems)
    questions = {question.name: question for question in codebook.question}
    controls = {control.name: control for control in found.controls}
    for control in found.controls:
        if control.name in questions:
            _check_control(control, questions[control.name], codebook, problems)
        elif control.name not in codebook.codebook.not_read:
            text = f"{control.tag} '{control.name}' is neither a [[question]] nor in not_read of [codebook]"
            told(problems, control.line, text, control.name, questions)
    for name in questions.keys() - controls.keys():
        told(problems, 1, f"no control is called '{name}', as a [[question]] of codebook.toml is", name, controls)
    problems.refuse()
    return xml.strip()  # as the server keeps it


def told(problems: Problems, line: int, text: str, name: str = "", known: Iterable[str] = ()) -> None:
    """Report a mistake on a line of the page."""
    problems.where = {("page",): f"{problems.file}:{line}"}
    problems.report(("page",), text, name, known)


def _check_text(found: Page, problems: Problems) -> None:
    for name, line in found.fields.items():
        if name not in FIELDS:
            told(problems, line, f"the page shows ${name}, which no task has", name, FIELDS)
    if not any((tag, name, value) == ("Text", TEXT, f"${TEXT}") for tag, name, value, _ in found.texts):
        line = found.texts[0][3] if found.texts else 1
        told(problems, line, f'the article must stand in <Text name="{TEXT}" value="${TEXT}"/>')
    for control in found.controls:
        if control.kind and control.about != TEXT:
            told(problems, control.line, f'\'{control.name}\' has toName="{control.about}": write toName="{TEXT}"')


def _check_control(control: Control, question: Question, codebook: Codebook, problems: Problems) -> None:
    if control.kind != question.kind:
        is_ = f"a question of kind {control.kind}" if control.kind else "not read into tables"
        text = f"'{control.name}' is {question.kind} in codebook.toml, but this {control.tag} is {is_}"
        told(problems, control.line, text)
        return
    offered = [label.value for label in codebook.offered(question)]
    for value in control.values:
        if value not in offered:
            told(
                problems,
                control.line,
                f"'{control.name}' offers '{value}', which codebook.toml does not",
                value,
                offered,
            )
    for value in offered:
        if value not in control.values:
            text = f"'{control.name}' lacks '{value}' of codebook.toml"
            told(problems, control.line, text, value, control.values)
