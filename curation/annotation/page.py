"""The labelling page that an annotator sees: Label Studio XML made from a codebook.

The article stands on the left, no wider than reads well; the questions stand on the right in a panel that
stays in view, under a yellow card with the target. What is shown is Indonesian; what is stored is the
label's value (Label Studio calls it ``alias``).
"""

from __future__ import annotations

import hashlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from curation.annotation.codebook import Codebook, Question, Shows

#: the task's field that spans lie in, and the name of its tag
TEXT = "text"
#: of a page with two texts: the other one, and what stands in the task's fields for them with the differences marked
OTHER = "other"
MARKED = {TEXT: "text_marked", OTHER: "other_marked"}

#: Label Studio's own classes are named where its style would win otherwise. Its side panel goes, for it takes the room
#: of the article: the text itself shows marked passages, and the history of answers is not for annotators.
STYLE = """
.lsf-sidepanels { padding-right: 0 !important; }
.lsf-sidepanels__wrapper_align_right { display: none; }
.kurasi { display: flex; gap: 48px; align-items: flex-start; justify-content: center; }
.kurasi-artikel { flex: 0 1 720px; min-width: 0; overflow-wrap: anywhere; }
.kurasi-artikel h4 { font-size: 14px; font-weight: 400; opacity: 0.7; }
.kurasi-artikel .lsf-richtext__container { font-size: 17px; line-height: 1.7; }
.kurasi-artikel .lsf-richtext__line { padding: 0 !important; }
.kurasi-panel { flex: 0 0 clamp(320px, 32vw, 400px); position: sticky; top: 14px; }
.kurasi-panel { max-height: calc(100vh - 132px); overflow-y: auto; }
.kurasi-panel h4 { margin: 16px 0 6px !important; font-size: 16px; line-height: 1.35; }
.kurasi-panel h4 + h4 { margin-top: -2px !important; font-size: 14px; font-weight: 400; opacity: 0.75; }
.kurasi-panel .lsf-labels { margin: 0; }
.kurasi-panel .lsf-label__hotkey { font-size: 14px; }
.kurasi-panel .lsf-choices { display: grid; grid-template-columns: 1fr 1fr; gap: 2px 12px; margin: 0; }
.kurasi-panel .lsf-choice, .kurasi-panel .lsf-choice__item { line-height: 1.3 !important; }
.kurasi-panel .lsf-choice__checkbox { margin: 0; padding: 4px 0; font-size: 15px; line-height: 1.3 !important; }
.kurasi-panel sup { top: 0; margin-left: 4px; font-size: 14px; font-weight: 400; opacity: 0.75; }
.kurasi-sasaran { position: sticky; top: 0; z-index: 1; padding: 8px 14px; }
.kurasi-sasaran { border-left: 4px solid #f08c00; border-radius: 4px; background: #fff3bf; }
.kurasi-sasaran h3, .kurasi-sasaran h4 { margin: 0 !important; color: #212529 !important; }
.kurasi-sasaran h4 { font-size: 14px; font-weight: 400; }
.lsf-modal-ls__body h1, .lsf-modal-ls__body h2, .lsf-modal-ls__body h3 { margin-bottom: 6px; line-height: 1.3; }
.lsf-modal-ls__body p { margin-bottom: 6px; }
"""

#: The answers stand between target and questions, as low as can be: the first question is in view on a small screen.
ADJUDICATION_STYLE = """
.kurasi-jawaban { margin-top: 10px; padding: 8px 14px 10px; border-radius: 4px; background: rgba(128, 128, 128, 0.12); }
.kurasi-jawaban { max-height: max(240px, calc(100vh - 322px)); overflow-y: auto; }
.kurasi-jawaban h4 { margin: 0 !important; font-size: 15px; line-height: 1.4; overflow-wrap: anywhere; }
.kurasi-jawaban h4:empty { display: none; }
.kurasi-ditanya h4 { margin-top: 6px !important; font-size: 14px; font-weight: 400; opacity: 0.75; }
.kurasi-dijawab h4 { font-weight: 400; white-space: pre-line; }
"""

#: Two texts stand beside each other under the question, which stays in view: a panel would leave them no width.
PAIR_STYLE = """
.kurasi { display: block; }
.kurasi-panel { z-index: 2; top: 0; max-height: none; margin-bottom: 16px; padding-bottom: 4px; }
.kurasi-panel .lsf-choices { display: flex; flex-wrap: wrap; column-gap: 28px; }
.kurasi-panel { background: var(--color-neutral-background, #fff); }
.kurasi-panel { border-bottom: 1px solid var(--color-neutral-border, #ddd); }
.kurasi-pasangan { display: grid; grid-template-columns: 1fr 1fr; gap: 32px; }
.kurasi-pasangan > div { min-width: 0; }
"""

#: under a question about the article, where its page comes once for each target
ONCE = "Cukup dijawab sekali untuk setiap artikel."
#: under a question for passages: the label comes first, and no button takes a mark off
MARKING = "Pilih, lalu sorot teksnya. Hapus: klik tandanya, tekan Backspace."

STYLES: dict[Shows, str] = {"merged": PAIR_STYLE, "adjudication": ADJUDICATION_STYLE}


def page(codebook: Codebook) -> str:
    """The labelling page of a codebook, as Label Studio XML; the server keeps it character by character.

    A page of one's own is used as it is; what was dropped, merged or adjudicated is shown on ours.

    >>> from curation.annotation.codebook import shipped
    >>> print(page(shipped("stance"))[:21])
    <View className="kura
    """
    shows = codebook.codebook.shows
    if codebook.own_page and shows == "article":
        return codebook.own_page
    root = Element("View", className="kurasi")
    SubElement(root, "Style").text = STYLE + STYLES.get(shows, "")
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
        if shows == "adjudication":
            _answers(panel, codebook)
    for question in codebook.question:
        _ask(panel, question, codebook, inline=shows == "merged")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")


def config_sha256(codebook: Codebook) -> str:
    """Digest of the page; stands on every answer that was given on it."""
    return hashlib.sha256(page(codebook).encode()).hexdigest()


def answer_fields(question: Question) -> tuple[str, str]:
    """The task's fields with a question and with what annotators answered it; both are empty if nobody did.

    >>> from curation.annotation.codebook import shipped
    >>> answer_fields(shipped("stance").question[0])
    ('asked_stance', 'answers_stance')
    """
    return f"asked_{question.name}", f"answers_{question.name}"


def _answers(panel: Element, codebook: Codebook) -> None:
    """What annotators said, passages last. A header prints its value as it is, so markup in a passage stays text."""
    card = SubElement(panel, "View", className="kurasi-jawaban")
    SubElement(card, "Header", value="Jawaban para penanda", size="5")
    for question in sorted(codebook.question, key=lambda question: question.kind == "spans"):
        for name, field in zip(("kurasi-ditanya", "kurasi-dijawab"), answer_fields(question), strict=True):
            SubElement(SubElement(card, "View", className=name), "Header", value=f"${field}", size="6")


def _article(pair: Element, name: str, role: str, title: str, published: str) -> None:
    """One of two texts, with what became of it."""
    article = SubElement(pair, "View", className="kurasi-artikel")
    SubElement(article, "Header", value=role, size="6")
    SubElement(article, "Header", value=title, size="4")
    SubElement(article, "Header", value=published, size="6")
    SubElement(article, "Text", name=name, value=f"${MARKED[name]}")


def _ask(panel: Element, question: Question, codebook: Codebook, inline: bool) -> None:
    block = SubElement(panel, "View")
    if question.visible_when:
        block.set("visibleWhen", "choice-selected")
        block.set("whenTagName", question.visible_when.question)
        block.set("whenChoiceValue", ",".join(question.visible_when.values))
    SubElement(block, "Header", value=question.text, size="5")
    # on the page of each target, but the article is the same; what is lacking in the end, a pull tells
    once = codebook.is_once(question) and codebook.codebook.shows == "article"
    if once:
        SubElement(block, "Header", value=ONCE, size="6")
    if question.kind == "spans":
        SubElement(block, "Header", value=MARKING, size="6")
        control = SubElement(block, "Labels", name=question.name, toName=TEXT)
    else:
        single = question.kind == "choice"
        control = SubElement(block, "Choices", name=question.name, toName=TEXT)
        control.set("choice", "single-radio" if single else "multiple")
        control.set("showInline", "true" if inline else "false")
    if question.required and not once:
        control.set("required", "true")
        control.set("requiredMessage", f"Pertanyaan “{question.text}” belum dijawab.")
    tag = "Label" if question.kind == "spans" else "Choice"
    for label in codebook.offered(question):
        choice = SubElement(control, tag, value=label.shown, alias=label.value)
        if label.hotkey:
            choice.set("hotkey", label.hotkey)
        if label.definition:
            choice.set("hint", label.definition)
