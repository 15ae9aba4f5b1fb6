"""What to write to an annotator when a portion is handed out, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curation.annotation.assignment.people import Member

TEXTS = {
    "id": {
        "greeting": "Halo {name},",
        "new": "{new} tugas sudah siap untuk Anda{again}. Seluruhnya ada {open} tugas yang menunggu jawaban.",
        "again": ", {count} di antaranya pernah Anda jawab dan ditanyakan lagi karena pedoman berubah",
        "guideline": "Bacalah dulu instruksinya: pedoman versi {version}.",
        "how": (
            "Kerjakan sendiri, tanpa berdiskusi dengan penanda lain. Tugas yang tidak bisa dikerjakan boleh dilewati: "
            "tugas itu akan diberikan kepada orang lain. Jangan menebak."
        ),
        "thanks": "Terima kasih!",
    },
    "en": {
        "greeting": "Hello {name},",
        "new": "{new} tasks are ready for you{again}. In all, {open} tasks wait for your answer.",
        "again": ", {count} of which you answered before and are asked again because the guideline changed",
        "guideline": "Please read the instruction first: guideline version {version}.",
        "how": (
            "Work on your own, without discussing tasks with other annotators. What can't be done may be skipped: "
            "it will go to somebody else. Please don't guess."
        ),
        "thanks": "Thank you!",
    },
}


def message(member: Member, *, new: int, again: int, pending: int, version: str) -> str:
    """What to write to an annotator.

    Args:
        member: the annotator.
        new: tasks handed out now.
        again: how many of them are asked again.
        pending: tasks that are open in all.
        version: of the guideline.

    >>> from curation.annotation.assignment.people import Member
    >>> print(message(Member("a01", 6, language="en"), new=40, again=0, pending=52, version="1.1").splitlines()[2])
    40 tasks are ready for you. In all, 52 tasks wait for your answer.
    """
    texts = TEXTS[member.language]
    asked = texts["again"].format(count=again) if again else ""
    parts = (
        texts["greeting"].format(name=member.annotator),
        texts["new"].format(new=new, again=asked, open=pending),
        texts["guideline"].format(version=version),
        texts["how"],
        texts["thanks"],
    )
    return "\n\n".join(parts) + "\n"
