"""The paper of a meeting or a training, in Indonesian: Markdown, or one page of HTML that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.annotation.assignment.meeting import Case, Meeting
    from curation.annotation.codebook import Label

STYLE = """
:root { color-scheme: light dark; --ink: #1d2327; --soft: #566069; --line: #d5d3cc; --card: #f6f5f1; --mark: #fff3bf; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8e8; --soft: #a3adb3; --line: #3b4449; --card: #20272b; --mark: #4a3d10; }
}
body { max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem; color: var(--ink); }
body { font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .25rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; }
.soft { color: var(--soft); }
article { border-top: 2px solid var(--line); margin-top: 2rem; padding-top: .25rem; }
article h2 { margin-top: .75rem; }
.target { display: inline-block; background: var(--mark); color: var(--ink); }
.target { border-radius: .3rem; padding: .05rem .6rem; }
.text { max-height: 22rem; overflow-y: auto; border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; }
.text { max-width: 44rem; margin: .75rem 0 1rem; white-space: pre-line; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .9rem; }
.sides section { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
.sides section { break-inside: avoid; }
.count { float: right; color: var(--soft); }
blockquote { margin: .4rem 0; padding-left: .8rem; border-left: 2px solid var(--line); color: var(--soft); }
ul { margin: .3rem 0; padding-left: 1.1rem; }
table { border-collapse: collapse; }
td { padding: .2rem 1.25rem .2rem 0; border-bottom: 1px solid var(--line); }
td:last-child { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; }
.decision { margin-top: 1rem; }
.decision p { border-bottom: 1px solid var(--line); padding-bottom: 1.4rem; }
@media print {
  body { margin: 0; max-width: none; font-size: 10.5pt; }
  .text { max-height: none; }
  article { break-before: page; border: 0; }
}
"""

AIM = (
    "Nama penanda tidak dicantumkan, dan jawaban disusun menurut urutan pedoman. Yang dicari bukan siapa yang keliru, "
    "melainkan bagian pedoman mana yang belum cukup jelas."
)
FEEDBACK_AIM = (
    "Bandingkan kata pedoman untuk jawaban Anda dengan kata pedoman untuk jawaban acuan. Kalau menurut Anda jawaban "
    "acuannya yang keliru, sampaikanlah: itu juga keterangan yang berharga."
)
DECISION = ("Keputusan bersama:", "Alasannya:", "Perubahan pada pedoman (kalau perlu):")
NOTHING = "Tidak ada tugas yang dijawab berbeda."


def _title(meeting: Meeting) -> str:
    return f"{'Umpan balik' if meeting.is_feedback else 'Bahan rapat'}: {meeting.codebook.codebook.title}"


def _opening(meeting: Meeting) -> tuple[str, str]:
    where = f"Putaran {meeting.round}, pedoman versi {meeting.codebook.version}."
    asked = f"pertanyaan “{meeting.question.text}”"
    if meeting.is_feedback:
        return (
            f"{where} Dari {meeting.compared} tugas latihan, {meeting.divided} Anda jawab berbeda dari jawaban acuan "
            f"untuk {asked}.",
            FEEDBACK_AIM,
        )
    shown = len(meeting.cases)
    more = f" Yang paling terbelah ditampilkan di sini: {shown} tugas." if shown < meeting.divided else ""
    compared = f"Dari {meeting.compared} tugas yang dapat dibandingkan, {meeting.divided} dijawab berbeda"
    return f"{where} {compared} untuk {asked}.{more}", AIM


def _cards(meeting: Meeting, case: Case) -> Iterator[tuple[Label, str, tuple[str, ...]]]:
    """The answers side by side, each with whose it is and what was remarked; the right one, where it is known."""
    for side in case.sides:
        own = "jawaban Anda" if meeting.is_feedback else f"{side.votes} dari {case.votes} penanda"
        is_right = case.right is not None and side.label.value == case.right.value
        yield side.label, f"{own}, jawaban acuan" if is_right else own, side.remarks
    if case.right and case.right not in [side.label for side in case.sides]:
        yield case.right, "jawaban acuan", ()


def _words(label: Label) -> str:
    return label.definition or "Pedoman belum menjelaskan jawaban ini."


# -- Markdown -------------------------------------------------------------------------------------


def markdown(meeting: Meeting) -> str:
    """The paper as Markdown."""
    return "\n\n".join(_markdown(meeting)) + "\n"


def _markdown(meeting: Meeting) -> Iterator[str]:
    yield f"# {_title(meeting)}"
    yield from _opening(meeting)
    if not meeting.cases:
        yield NOTHING
        return
    if meeting.confusions and not meeting.is_feedback:
        yield "## Jawaban yang paling sering tertukar"
        yield "\n".join(f"- {a.shown} dan {b.shown}: {count} tugas" for a, b, count in meeting.confusions)
    for number, case in enumerate(meeting.cases, 1):
        yield f"## {number}. {case.title}"
        yield f"{case.date}" + (f". Sasaran: **{case.target}**" if case.target else "")
        yield "\n>\n".join(f"> {line}" for line in case.text.splitlines() if line.strip())
        for label, whose, remarks in _cards(meeting, case):
            yield f"### {label.shown} ({whose})"
            yield f"Kata pedoman: {_words(label)}"
            if label.examples:
                yield "\n".join(f"- Contoh: {example}" for example in label.examples)
            if any(remarks):
                yield "\n".join(f"- Catatan penanda: {remark}" for remark in remarks if remark)
        if not meeting.is_feedback:
            yield "\n\n".join(f"{line} \\_\\_\\_\\_\\_\\_\\_\\_" for line in DECISION)


# -- HTML -----------------------------------------------------------------------------------------


def html(meeting: Meeting) -> str:
    """The paper as a page."""
    title = escape(_title(meeting))
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    body = "\n".join(_html(meeting))
    return (
        f'<!doctype html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _html(meeting: Meeting) -> Iterator[str]:
    yield f"<h1>{escape(_title(meeting))}</h1>"
    opening, aim = _opening(meeting)
    yield f"<p>{escape(opening)}</p>"
    yield f'<p class="soft">{escape(aim)}</p>'
    if not meeting.cases:
        yield f"<p>{NOTHING}</p>"
        return
    if meeting.confusions and not meeting.is_feedback:
        yield "<h2>Jawaban yang paling sering tertukar</h2>"
        rows = (
            f"<tr><td>{escape(a.shown)}</td><td>{escape(b.shown)}</td><td>{count} tugas</td></tr>"
            for a, b, count in meeting.confusions
        )
        yield f"<table>{''.join(rows)}</table>"
    for number, case in enumerate(meeting.cases, 1):
        yield from _article(meeting, number, case)


def _article(meeting: Meeting, number: int, case: Case) -> Iterator[str]:
    target = f' · Sasaran: <span class="target">{escape(case.target)}</span>' if case.target else ""
    yield f"<article>\n<h2>{number}. {escape(case.title)}</h2>"
    yield f'<p class="soft">{escape(case.date)}{target}</p>'
    yield f'<div class="text" tabindex="0">{escape(case.text)}</div>'
    cards = "".join(_section(*card) for card in _cards(meeting, case))
    yield f'<div class="sides">{cards}</div>'
    if not meeting.is_feedback:
        lines = "".join(f"<p>{line}</p>" for line in DECISION)
        yield f'<div class="decision">{lines}</div>'
    yield "</article>"


def _section(label: Label, whose: str, remarks: tuple[str, ...]) -> str:
    examples = "".join(f"<blockquote>Contoh: {escape(example)}</blockquote>" for example in label.examples)
    items = "".join(f"<li>{escape(remark)}</li>" for remark in remarks if remark)
    notes = f'<p class="soft">Catatan penanda</p><ul>{items}</ul>' if items else ""
    return (
        f'<section><span class="count">{whose}</span><h3>{escape(label.shown)}</h3>'
        f"<p>{escape(_words(label))}</p>{examples}{notes}</section>"
    )
