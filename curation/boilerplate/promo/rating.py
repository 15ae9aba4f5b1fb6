"""Boxes that ask for a rating."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curation.lines import Edit, Lines
    from curation.rule import Context

_THIS = r"(?:resep|artikel|berita|tulisan|informasi|jawaban|halaman|konten|video) ini"
_VOTES = r"(?:suara|votes?|ulasan|reviews?|ratings?|penilaian|penilai|pemilih|orang)"
_STARS = r"(?:[0-5](?:[.,][0-9]{1,2})?)"
_RATING = re.compile(
    rf"(?:(?:silakan )?beri(?:kan)? (?:rating|penilaian|nilai|bintang)(?: anda)? (?:untuk|pada) {_THIS}"
    rf"|(?:nilai|rating) {_THIS}|thanks for (?:the )?rating"
    rf"|apakah {_THIS} (?:bermanfaat|membantu)(?: (?:bagi|untuk) anda)?"
    rf"|seberapa bermanfaat {_THIS}(?: (?:bagi|untuk) anda)?"
    rf"|bagaimana (?:reaksi|perasaan|pendapat) anda (?:tentang|terhadap|soal|setelah membaca) {_THIS}"
    rf"|(?:apa )?reaksi anda (?:tentang|terhadap|soal) {_THIS}"
    r"|terima kasih (?:sudah|telah) membantu .{3,40} dengan ratingmu"
    rf"|(?:seberapa|bagaimana) (?:enak|lezat|suka|puas|menarik|penting|membantu)(?:kah)?(?: anda (?:dengan|pada"
    rf"|terhadap))? {_THIS}"
    r"\??(?: beri(?:kan)? (?:bintang|nilai|rating|penilaian))?"
    rf"|(?:silakan )?(?:beri|nilai)(?:kan)? (?:rating|bintang|nilai)(?: untuk)? {_THIS}"
    rf"|(?:apakah|apa) {_THIS} (?:bermanfaat|membantu|berguna|menarik)(?: (?:bagi|untuk) (?:anda"
    rf"|kamu))?\?(?: ?[|/]? ?(?:ya|tidak)){{1,2}}"
    r"|(?:was|did you find) this (?:article|page|post|answer|recipe)(?: was)? (?:helpful|useful)(?: for you"
    r"| to you)?\??(?: ?[|/]? ?(?:yes|no)){0,2}"
    rf"|(?:rating|nilai|skor|average(?: rating)?|rata-rata)(?: pembaca| pengguna| artikel"
    rf"| resep)? ?:? ?{_STARS} ?(?:/|dari"
    rf"|out of) ?5 ?[([]? ?[0-9.,]{{1,9}} {_VOTES} ?[)\]]?"
    rf"|{_STARS} ?(?:/|dari|out of) ?5 ?[-–]? ?[([]? ?[0-9.,]{{1,9}} {_VOTES} ?[)\]]?"
    rf"|(?:average rating|rating rata-rata) {_STARS} ?/ ?5\.? ?(?:vote count|jumlah suara) ?:? ?[0-9]{{1,7}}"
    r"|\[total ?: ?[0-9]{1,7},? average ?: ?[0-9.]{1,4}\]|click on a star to rate it|bagaimana reaksi (?:anda"
    r"|kamu)\?|what(?:'|’)?s your reaction\?|how useful was this post\??"
    r"|no votes so far.{0,50}|we are sorry that this post was not useful.{0,60}|let us improve this post"
    r"|tell us how we can improve.{0,20}"
    r"|klik (?:pada )?bintang untuk (?:memberi )?(?:menilai|rating|nilai)"
    r"|terima kasih (?:sudah|telah|atas) (?:memberi(?:kan)? )?(?:rating|penilaian)(?:mu| anda)?)[.!?\s]*",
    re.IGNORECASE,
)


@rule(
    step="chrome",
    literals=(
        "rating",
        "penilaian",
        "nilai ",
        "bintang",
        "bermanfaat",
        "membantu",
        "reaksi",
        "reaction",
        "perasaan",
        "pendapat",
        "seberapa",
        "bagaimana ",
        " ini menarik",
        "berguna",
        "helpful",
        "useful",
        "vote",
        "average",
        "out of 5",
        "/5",
        "/ 5",
        "improve",
        "skor",
        "rata-rata",
        "dari 5",
    ),
    longest=120,
    source="recipes of liputan6",
)
def rating(lines: Lines, context: Context) -> Iterator[Edit]:
    r"""Remove the words of a box in which readers rate the article.

    >>> after(rating, "Angkat dan sajikan.\nBerikan Rating untuk Resep Ini\nRating acara itu naik tajam.")
    'Angkat dan sajikan.\n\nRating acara itu naik tajam.'
    """
    for line in lines:
        if _RATING.fullmatch(line.text):
            yield line.drop()
