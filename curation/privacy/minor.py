"""Children who are named as victims, suspects or witnesses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.context import near
from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

_AGE = r"(?:1[0-7]|[1-9])(?:,5)?"
_SPELT = (
    r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|(?:dua|tiga|empat|lima|enam|tujuh) belas)"
)
_UNIT = r"(?:tahun|thn|th|bulan|bln)"
_WORD = r"[A-Z][a-z]+(?:['’-][A-Za-z][a-z]+)?"
#: a first name of three letters or more: initials protect
_NAME = (
    r"(?:M(?:uh|oh)?\.? ?)?[A-Z][a-z]{2,}(?:['’-][A-Za-z][a-z]+)?"
    rf"(?: (?:(?:bin|binti) )?(?:[A-Z]\.?(?= ?[A-Z(,])|{_WORD})){{0,4}}"
)
_NAME_STARTS = re.compile(rf"(?P<name>{_NAME})")
_NAME_ENDS = re.compile(rf"(?<![\w.'’-])(?P<name>{_NAME})(?: alias {_WORD})? ?$")
#: Raka (9), Raka (9 tahun)
_BRACKET = re.compile(rf"\((?P<age>{_AGE})(?: ?(?P<unit>{_UNIT})\.?)?\)(?P<home>,? (?:warga|asal)\b)?")
#: between a name and an age: ", 9"; " yang masih berusia 9"; ", bocah 9"
_LINK = (
    rf"(?:(?P<mark>,| yang)?(?: masih| baru)* \(?(?:ber)?(?:usia|umur) (?:{_AGE}|{_SPELT})"
    rf"|(?P<close>,| yang)(?: masih| baru)?(?: bocah| balita| bayi| anak| siswi| siswa| remaja| pelajar)? {_AGE})"
)
_NAME_AND_AGE = re.compile(rf"(?<![\w.'’-])(?P<name>{_NAME})(?: alias {_WORD})?{_LINK}$")
_YEARS = re.compile(
    r" (?:tahun|thn|th|bulan|bln)\b"
    r"(?! (?:penjara|kurungan|lalu|silam|kemudian|terakhir|lamanya|bekerja|menjabat|menjadi|menikah|berturut))"
)
_CALLED = re.compile(r" bernama (?:lengkap )?(?=[A-Z])")
_KIN_OF = re.compile(r" (?:korban|bocah|balita|anak (?:itu|tersebut))(?: itu| tersebut)?,? (?:bernama )?(?=[A-Z])")
_KIN = re.compile(
    r"\b(?:ayah|ibu|bapak|orang ?tua|kakek|nenek|paman|bibi)(?: kandung| tiri| angkat)?$",
    re.IGNORECASE,
)
_CHILD = re.compile(
    r"\b(?:anak(?:nya)?|bocah|balita|bayi|remaja|siswa|siswi|pelajar|murid|santri(?:wati)?|gadis|putr[ai](?:nya)?|keponakan"
    r"|di bawah umur|SD|SDN|SMP|SMPN|SMA|SMAN|SMK|MTs|TK)\b",
    re.IGNORECASE,
)
_VICTIM = re.compile(r"\b[Kk]orban(?:,| yang| bernama| adalah)* $")
_NOUN = re.compile(
    r"\b(?:bocah|balita|bayi|anak|siswa|siswi|remaja|santri(?:wati)?|pelajar|murid|putr[ai](?:nya)?|gadis"
    r"|korban)\b[^.\n(]{0,60}$",
    re.IGNORECASE,
)
_YOUNG = re.compile(
    rf"\b(?:ber)?(?:usia|umur)(?:nya)? (?:sekitar )?(?:{_AGE}|{_SPELT}) {_UNIT}\b|\b{_AGE} tahun\)|\((?:{_AGE})\)"
    r"|\b(?:[Bb]ocah|[Bb]alita|[Bb]ayi|SDN?|SMPN?|TK)\b"
)
#: crimes; and what else befalls a child
_CRIME = re.compile(
    r"cabul|perkosa|setubuh|rudapaksa|pelecehan|kekerasan|sodomi|aniaya|bunuh|perundungan|dirundung|bully|disekap|culik"
    r"|perdagangan orang|eksploitasi|tersangka|ditangkap|diringkus|pelaku(?! usaha| industri| pasar| seni)|tawuran"
    r"|keroyok|narkoba|pencurian|begal|prostitusi|siksa|dibacok|ditusuk|dihamili"
)
_HARM = re.compile(
    r"tewas|meninggal|tenggelam|hanyut|terseret|kecelakaan|tertabrak|korban|\bluka|jenazah|mayat|jasad|terbakar"
    r"|tertimbun|keracunan|gizi buruk|kondisi kritis|dilaporkan hilang"
)
_SECRET = re.compile(
    rf"(?:[Ss]ebut saja|[Pp]anggil saja|[Ss]ebutlah|[Ss]amaran)(?: namanya| dengan nama)?,? [\"“'‘]?(?P<name>{_NAME})"
)
_SECRET_MARK = re.compile(
    r"[\"”'’]?,? ?(?:\([^()]{0,20}\),? ?)?\(?(?:[0-9]+, )?(?:bukan nama|(?:nama )?(?:samaran|disamarkan))"
)
_HIDDEN = re.compile(r"(?:nama|identitas)(?:nya)? (?:[a-z]+ ){0,3}(?:disamarkan|samaran|dirahasiakan)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:inisial|samaran) [\"“]?$")
#: words with a capital that stand before a name
_TITLES = frozenset(
    (
        *("Korban", "Anak", "Bocah", "Siswi", "Siswa", "Balita", "Bayi", "Remaja", "Pelajar", "Santri"),
        *("Gadis", "Almarhum", "Almarhumah", "Ananda", "Adik", "Kakak", "Jasad", "Jenazah", "Yakni", "Yaitu"),
        *("Saat", "Ketika", "Menurut", "Sementara", "Namun", "Sedangkan", "Pelaku", "Tersangka", "Dan"),
        *("Putranya", "Putrinya", "Anaknya", "Adiknya", "Bagi", "Sejak", "Hingga", "Sampai", "Pada", "Mulai"),
        *("Usai", "Kini", "Baru", "Masih", "Kedua"),
    )
)
#: words with a capital where no name is: days, months, laws
_NO_NAMES = frozenset(
    (
        *("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Jum'at", "Sabtu", "Minggu", "Ahad", "Januari"),
        *("Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November"),
        *("Desember", "Ayat", "Pasal", "Nomor", "Angka", "Huruf", "Butir", "Undang", "Perlindungan", "Kelas"),
        *("Negeri", "Gang", "Jalan", "Tahun", "Usia", "Grup"),
    )
)
_LONGEST_NAME = 60
_REACH = 200


@finder(
    shape=rf"[a-z] ?\({_AGE}(?: ?{_UNIT}\.?)?\)"
    rf"|(?:(?:usia|umur) (?:{_AGE}|{_SPELT})|(?:,| yang)(?: [a-z]+)? {_AGE}) {_UNIT}\b"
    r"| bernama (?:lengkap )?[A-Z][a-z]|(?:korban|bocah|balita|anak (?:itu|tersebut))(?: itu| tersebut)?,? [A-Z][a-z]",
    review=True,
)
def minor(text: str) -> Iterator[Find]:
    """Children under 18 who are named where harm or crime is told: for a person to look at, never masked by itself.

    The name and an age below 18 stand together, or a young child is "bernama" so and so, and within 200 characters a
    crime (score 1) or another harm (0.5) is told of; the place is the name. A victim's parents who are named give it
    away, too (0.5). Initials, "sebut saja …" and "bukan nama sebenarnya" are the press's own protection, and no find.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(minor, "Siswi SMP, Raniya Ulfa (13), menjadi korban penganiayaan di Rantaubatu.")
    ['Raniya Ulfa']
    >>> try_finder(minor, "Korban berinisial RU (13), sebut saja Melur (13), dianiaya. Ia siswi SMP.")
    []
    """
    named = [*_with_age(text), *_with_noun(text), *_kin(text)]
    if not named or _HIDDEN.search(text):
        return
    secret = {match["name"] for match in _SECRET.finditer(text)}
    secret |= {text[start:end] for start, end, _ in named if _SECRET_MARK.match(text, end)}
    for start, end, most in named:
        around = (max(0, start - _REACH), end + _REACH)
        if text[start:end] in secret or near(_INITIALS, text, start, 14):
            continue
        if _CRIME.search(text, *around):
            yield Find(start, end, most)
        elif most == 1.0 and _HARM.search(text, *around):
            yield Find(start, end, 0.5)


#: start and end of a name, and the highest score that it may have
_Named = tuple[int, int, float]


def _with_age(text: str) -> Iterator[_Named]:
    """Names with an age below 18."""
    for match in _BRACKET.finditer(text):
        first = max(0, match.start() - _LONGEST_NAME)
        if name := _NAME_ENDS.search(text, first, match.start()):
            told = match["unit"] or match["home"] or name["name"].startswith("Korban ")
            if told or near(_VICTIM, text, name.start(), 30) or _is_about_children(text, match.start()):
                yield from _without_titles(text, *name.span("name"), 1.0)
    for match in _YEARS.finditer(text):
        first = max(0, match.start() - 2 * _LONGEST_NAME)
        name = _NAME_AND_AGE.search(text, first, match.start())
        # without a mark the age may be that of a thing
        if name and (name["mark"] or name["close"] or _is_about_children(text, match.start())):
            yield from _without_titles(text, *name.span("name"), 1.0)


def _with_noun(text: str) -> Iterator[_Named]:
    """Names of those who are called children, and young ones."""
    for match in _CALLED.finditer(text):
        at = match.start()
        young = near(_NOUN, text, at, 90) and _YOUNG.search(text, max(0, at - _REACH), at + _REACH)
        if young and (name := _NAME_STARTS.match(text, match.end())):
            yield from _without_titles(text, *name.span("name"), 1.0)


def _kin(text: str) -> Iterator[_Named]:
    """Names of victims' parents."""
    for match in _KIN_OF.finditer(text):
        if near(_KIN, text, match.start(), 30) and (name := _NAME_STARTS.match(text, match.end())):
            yield from _without_titles(text, *name.span("name"), 0.5)


def _is_about_children(text: str, place: int) -> bool:
    return _CHILD.search(text, max(0, place - _REACH), place + _REACH) is not None


def _without_titles(text: str, start: int, end: int, most: float) -> Iterator[_Named]:
    """The name without the words before it; nothing where a day or a law stands in its place."""
    words = list(re.finditer(r"\S+", text[start:end]))
    while words and words[0][0] in _TITLES:
        words.pop(0)
    if words and len(words[0][0]) > 2 and not any(word[0] in _NO_NAMES for word in words):
        yield start + words[0].start(), end, most
