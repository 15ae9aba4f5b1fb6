"""The instruction that annotators read, in Indonesian: made from the codebook, so that it can't disagree.

HTML goes into the Label Studio project, Markdown into the campaign's folder, where people discuss it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from curation.annotation.codebook import Change, Codebook, Kind, Label, Question

HOW_MANY: dict[Kind, str] = {
    "choice": "Pilih satu jawaban.",
    "choices": "Boleh memilih lebih dari satu jawaban.",
    "spans": "Pilih jenisnya, lalu sorot bagian teks yang sesuai. Tanda yang keliru: klik, lalu tekan Backspace.",
}
REQUIRED = {True: "Wajib dijawab.", False: "Boleh dikosongkan."}
ONCE = {
    True: "Wajib dijawab sekali untuk setiap artikel, pada salah satu tugasnya.",
    False: "Cukup dijawab sekali untuk setiap artikel, pada salah satu tugasnya. Boleh dikosongkan.",
}

WORKING = (
    ("Simpan", "Ctrl+Enter menyimpan jawaban dan membuka tugas berikutnya."),
    ("Lewati", "Kalau tugas sama sekali tidak bisa dikerjakan, lewati dengan tombol Skip. Jangan menebak."),
    ("Sendiri", "Kerjakan tanpa berdiskusi dengan penanda lain. Perbedaan pendapat justru ingin kami ketahui."),
)

#: of who decides what others leave open
DECIDING = (
    (
        "Baca dahulu",
        "Bacalah artikel sampai selesai dan tentukan jawaban Anda, baru bandingkan dengan jawaban penanda.",
    ),
    (
        "Ikuti pedoman",
        "Yang menentukan adalah pedoman di bawah, bukan jawaban terbanyak. Anda boleh memutuskan lain dari semuanya.",
    ),
    (
        "Jawab semua",
        "Semua pertanyaan dijawab dari awal, juga yang sudah disepakati. Yang masih berbeda ditandai “belum sepakat”.",
    ),
    ("Huruf", "A, B, dan C dibagikan lagi di setiap tugas: A di sini belum tentu A di tugas lain."),
    ("Simpan", "Ctrl+Enter menyimpan keputusan dan membuka tugas berikutnya."),
    (
        "Lewati",
        "Kalau pedoman tidak cukup untuk memutuskan, lewati dengan tombol Skip dan sampaikan kepada pengelola.",
    ),
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
    decides = head.shows == "adjudication"
    yield Block("h1", f"Adjudikasi: {head.title}" if decides else head.title)
    yield Block("p", f"Pedoman versi {codebook.version}.")
    if head.intro:
        yield Block("p", head.intro.strip())
    yield Block("h2", "Cara mengerjakan")
    if decides:
        yield Block("p", "Para penanda belum sepakat tentang tugas-tugas ini. Jawaban Anda menjadi keputusan akhir.")
    for term, text in DECIDING if decides else WORKING:
        yield Block("li", text, f"{term}.")
    yield Block("h2", "Pertanyaan")
    for question in codebook.question:
        yield from _question(codebook, question)
    yield Block("h2", "Riwayat pedoman")
    for change in reversed(codebook.changelog):
        effect = EFFECTS[change.effect].format(labels=", ".join((*change.labels, *change.split)))
        yield Block("li", " ".join([change.note, *_moved(change), effect]), f"Versi {change.version} ({change.date}).")


def _question(codebook: Codebook, question: Question) -> Iterator[Block]:
    yield Block("h3", question.text)
    if question.visible_when:
        asked, values = question.visible_when.question, question.visible_when.values
        other = next(q for q in codebook.question if q.name == asked)
        shown = " atau ".join(f"“{label.shown}”" for label in other.label if label.value in values)
        yield Block("p", f"Muncul hanya kalau jawaban “{other.text}” adalah {shown}.")
    once = codebook.is_once(question) and codebook.codebook.shows == "article"
    how_often = ONCE if once else REQUIRED
    yield Block("p", f"{HOW_MANY[question.kind]} {how_often[question.required]}")
    if question.hint:
        yield Block("p", question.hint.strip())
    for label in codebook.offered(question):
        yield Block("li", label.definition, _term(label))
        for example in label.examples:
            yield Block("blockquote", example, "Contoh:")


def _moved(change: Change) -> Iterator[str]:
    """What became of labels, by the names under which they are stored."""
    if change.rename:
        yield f"Berganti nama: {', '.join(f'{old} menjadi {new}' for old, new in change.rename.items())}."
    for new in dict.fromkeys(change.merge.values()):
        olds = " dan ".join(old for old in change.merge if change.merge[old] == new)
        yield f"Digabung: {olds} menjadi {new}."
    for what, gone in (("Dipecah", change.split), ("Tidak dipakai lagi", change.deprecate)):
        if gone:
            yield f"{what}: {', '.join(gone)}."


def _term(label: Label) -> str:
    return f"{label.shown} [{label.hotkey}]." if label.hotkey else f"{label.shown}."
