"""The instruction that annotators read, in Indonesian: made from the codebook, so that it can't disagree.

HTML goes into the Label Studio project, Markdown into the campaign's folder, where people discuss it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from curation.annotation.codebook import Codebook, Kind, Label, Question

HOW_MANY: dict[Kind, str] = {
    "choice": "Pilih satu jawaban.",
    "choices": "Boleh memilih lebih dari satu jawaban.",
    "spans": "Tandai bagian teks yang sesuai, lalu pilih jenisnya.",
}
REQUIRED = {True: "Wajib dijawab.", False: "Boleh dikosongkan."}

WORKING = (
    ("Simpan", "Ctrl+Enter menyimpan jawaban dan membuka tugas berikutnya."),
    ("Lewati", "Kalau tugas sama sekali tidak bisa dikerjakan, lewati dengan tombol Skip. Jangan menebak."),
    ("Sendiri", "Kerjakan tanpa berdiskusi dengan penanda lain. Perbedaan pendapat justru ingin kami ketahui."),
)

EFFECTS = {
    "none": "Jawaban lama tetap berlaku.",
    "labels": "Jawaban lama berikut perlu diperiksa lagi: {labels}.",
    "all": "Semua jawaban lama perlu diperiksa lagi.",
}


#: Label Studio strips styles and takes all margins away: what is left is tags and line breaks
HTML = {
    "h1": "<h1>{}</h1>",
    "h2": "<br><h2>{}</h2>",
    "h3": "<br><h3>{}</h3>",
    "p": "<p>{}</p>",
    "li": "<p>▪ {}</p>",
    "blockquote": "<p><i>{}</i></p>",
}


class Block(NamedTuple):
    """One piece of the instruction: an HTML tag, its text, and a term printed in bold before it."""

    tag: str
    text: str
    term: str = ""


def markdown(codebook: Codebook) -> str:
    """The instruction as Markdown.

    >>> from curation.annotation.codebook import shipped
    >>> print(markdown(shipped("topic"))[:22])
    # Topik artikel berita
    """
    marks = {"h1": "# ", "h2": "## ", "h3": "### ", "p": "", "li": "- ", "blockquote": "  > "}
    blocks = [
        f"{marks[tag]}**{term}** {text}".rstrip() if term else f"{marks[tag]}{text}"
        for tag, text, term in _blocks(codebook)
    ]
    return "\n\n".join(blocks) + "\n"


def html(codebook: Codebook) -> str:
    """The instruction as HTML without a head, as Label Studio's ``expert_instruction`` wants it."""
    blocks = []
    for tag, text, term in _blocks(codebook):
        bold = f"<b>{escape(term)}</b> " if term else ""
        blocks.append(HTML[tag].format(bold + escape(text)))
    return "\n".join(blocks) + "\n"


def _blocks(codebook: Codebook) -> Iterator[Block]:
    head = codebook.codebook
    yield Block("h1", head.title)
    yield Block("p", f"Pedoman versi {codebook.version}.")
    if head.intro:
        yield Block("p", head.intro.strip())
    yield Block("h2", "Cara mengerjakan")
    for term, text in WORKING:
        yield Block("li", text, f"{term}.")
    yield Block("h2", "Pertanyaan")
    for question in codebook.question:
        yield from _question(codebook, question)
    yield Block("h2", "Riwayat pedoman")
    for change in reversed(codebook.changelog):
        effect = EFFECTS[change.effect].format(labels=", ".join(change.labels))
        yield Block("li", f"{change.note} {effect}", f"Versi {change.version} ({change.date}).")


def _question(codebook: Codebook, question: Question) -> Iterator[Block]:
    yield Block("h3", question.text)
    if question.visible_when:
        asked, value = question.visible_when.question, question.visible_when.value
        other = next(q for q in codebook.question if q.name == asked)
        shown = next(label.shown for label in other.label if label.value == value)
        yield Block("p", f"Muncul hanya kalau jawaban “{other.text}” adalah “{shown}”.")
    yield Block("p", f"{HOW_MANY[question.kind]} {REQUIRED[question.required]}")
    if question.hint:
        yield Block("p", question.hint.strip())
    for label in question.label:
        yield Block("li", label.definition, _term(label))
        for example in label.examples:
            yield Block("blockquote", example, "Contoh:")


def _term(label: Label) -> str:
    return f"{label.shown} [{label.hotkey}]." if label.hotkey else f"{label.shown}."
