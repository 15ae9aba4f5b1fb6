"""The labelling page that an annotator sees: Label Studio XML made from a codebook.

The article stands on the left, no wider than reads well; the questions stand on the right in a panel that
stays in view, under a yellow card with the target. What is shown is Indonesian; what is stored is the
label's value (Label Studio calls it ``alias``).
"""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from curation.annotation.codebook import Codebook, Question

#: the task's field that spans lie in, and the name of its tag
TEXT = "text"
#: of a page with two texts: the other one, and what stands in the task's fields for them with the differences marked
OTHER = "other"
MARKED = {TEXT: "text_marked", OTHER: "other_marked"}

#: Label Studio's own classes are named where its style would win otherwise
STYLE = """
.kurasi { display: flex; gap: 40px; align-items: flex-start; }
.kurasi-artikel { flex: 1 1 auto; max-width: 80ch; }
.kurasi-artikel h4 { font-size: 14px; font-weight: 400; opacity: 0.7; }
.kurasi-artikel .lsf-richtext__container { font-size: 16px; line-height: 1.7; }
.kurasi-artikel .lsf-richtext__line { padding: 0 !important; }
.kurasi-panel { flex: 0 0 330px; position: sticky; top: 0; }
.kurasi-panel h4 { margin: 14px 0 6px !important; font-size: 16px; }
.kurasi-panel .lsf-choices { margin: 6px 0; }
.kurasi-panel .lsf-choice, .kurasi-panel .lsf-choice__item { line-height: 1.3 !important; }
.kurasi-panel .lsf-choice__checkbox { margin: 0; padding: 3px 0; line-height: 1.3 !important; }
.kurasi-sasaran { padding: 8px 14px; border-left: 4px solid #f08c00; border-radius: 4px; background: #fff3bf; }
.kurasi-sasaran h3, .kurasi-sasaran h4 { margin: 0 !important; color: #212529 !important; }
.kurasi-sasaran h4 { font-size: 13px; font-weight: 400; }
.kurasi-dua .lsf-choices { display: grid; grid-template-columns: 1fr 1fr; column-gap: 12px; }
"""

#: Two texts stand beside each other under the question, which stays in view: a panel would leave them no width.
PAIR_STYLE = """
.kurasi { display: block; }
.kurasi-panel { z-index: 2; margin-bottom: 16px; padding-bottom: 4px; }
.kurasi-panel { background: var(--color-neutral-background, #fff); }
.kurasi-panel { border-bottom: 1px solid var(--color-neutral-border, #ddd); }
.kurasi-pasangan { display: grid; grid-template-columns: 1fr 1fr; gap: 32px; }
.kurasi-pasangan > div { min-width: 0; }
"""

#: from so many labels on they stand in two columns
MANY = 8


def page(codebook: Codebook) -> str:
    """The labelling page of a codebook, as Label Studio XML; the server keeps it character by character.

    >>> from curation.annotation.codebook import shipped
    >>> print(page(shipped("stance"))[:21])
    <View className="kura
    """
    root = Element("View", className="kurasi")
    shows = codebook.codebook.shows
    SubElement(root, "Style").text = STYLE + (PAIR_STYLE if shows == "merged" else "")
    if shows == "merged":
        panel = SubElement(root, "View", className="kurasi-panel")
        pair = SubElement(root, "View", className="kurasi-pasangan")
        _article(pair, OTHER, "Disimpan", "$other_title", "$other_published")
        _article(pair, TEXT, "Dibuang sebagai salinan", "$title", "$published")
    else:
        article = SubElement(root, "View", className="kurasi-artikel")
        SubElement(article, "Header", value="$title", size="3")
        SubElement(article, "Header", value="$published" if shows == "dropped" else "$date", size="6")
        SubElement(article, "Text", name=TEXT, value=f"${TEXT}")
        panel = SubElement(root, "View", className="kurasi-panel")
        if codebook.per_target:
            card = SubElement(panel, "View", className="kurasi-sasaran")
            SubElement(card, "Header", value="Alasan dibuang" if shows == "dropped" else "Sasaran", size="6")
            SubElement(card, "Header", value="$target", size="4")
    for question in codebook.question:
        _ask(panel, question, inline=shows == "merged")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")


def config_sha256(codebook: Codebook) -> str:
    """Digest of the page; stands on every answer that was given on it."""
    return hashlib.sha256(page(codebook).encode()).hexdigest()


def _article(pair: Element, name: str, role: str, title: str, published: str) -> None:
    """One of two texts, with what became of it."""
    article = SubElement(pair, "View", className="kurasi-artikel")
    SubElement(article, "Header", value=role, size="6")
    SubElement(article, "Header", value=title, size="4")
    SubElement(article, "Header", value=published, size="6")
    SubElement(article, "Text", name=name, value=f"${MARKED[name]}")


def _ask(panel: Element, question: Question, inline: bool) -> None:
    columns = "kurasi-dua" if len(question.label) >= MANY else "kurasi-satu"
    block = SubElement(panel, "View", className=columns)
    if question.visible_when:
        block.set("visibleWhen", "choice-selected")
        block.set("whenTagName", question.visible_when.question)
        block.set("whenChoiceValue", question.visible_when.value)
    SubElement(block, "Header", value=question.text, size="5")
    if question.kind == "spans":
        control = SubElement(block, "Labels", name=question.name, toName=TEXT)
    else:
        single = question.kind == "choice"
        control = SubElement(block, "Choices", name=question.name, toName=TEXT)
        control.set("choice", "single-radio" if single else "multiple")
        control.set("showInline", "true" if inline else "false")
    if question.required:
        control.set("required", "true")
        control.set("requiredMessage", f"Pertanyaan “{question.text}” belum dijawab.")
    tag = "Label" if question.kind == "spans" else "Choice"
    for label in question.label:
        choice = SubElement(control, tag, value=label.shown, alias=label.value)
        if label.hotkey:
            choice.set("hotkey", label.hotkey)
        if label.definition:
            choice.set("hint", label.definition)
