"""Bank accounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curation.privacy.context import digits, in_address, is_money, near
from curation.privacy.finder import Find, finder

if TYPE_CHECKING:
    from collections.abc import Iterator

_BANK = r"(?:BCA|BRI|BNI|BSI|BTN|BJB|BTPN|BPD|Mandiri|CIMB|Niaga|Danamon|Permata|Muamalat|SeaBank|[Bb]ank [A-Z][a-z]+)"
_ACCOUNT = r"\b(?:(?i:no\.? ?|nomor )?(?i:rek(?:ening)?(?:nya)?)\b|(?i:norek|virtual account)\b)"
_WORD = re.compile(_ACCOUNT)
_CUE = re.compile(rf"{_ACCOUNT}|\b{_BANK}")
#: between hyphens groups have any length, between blank spaces they are longer than a day or an hour
_NUMBER = re.compile(
    r"(?<![0-9_•@+])(?<![0-9][.,:/–-])"
    r"(?:[0-9]{4} [0-9]{2} [0-9]{6} [0-9]{2} [0-9]|[0-9]+(?:[.–-][0-9]+| [0-9]{3,}){0,5})(?![0-9%_])(?![.,:/-][0-9])"
)
#: what looks alike: years, days, amounts
_OTHER = re.compile(
    r"(?:(?:.*[^0-9])?(?:19|20)[0-9]{2}[ –-](?:19|20)[0-9]{2}|[0-9]{1,2}[.–-][0-9]{1,2}[.–-](?:19|20)[0-9]{2}(?: .*)?"
    r"|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?: .*)?|[0-9]{1,3}(?:\.[0-9]{3})+)"
)
#: another number is announced between the account's cue and this one
_ANNOUNCED = re.compile(
    r"[.!?]\s+[A-Z]|\b(?:hubungi|menghubungi|tele?pon|telp|tlp|HP|WA|whatsapp|ponsel|seluler|NIK|KTP|NPWP|Rp|senilai|sebesar"
    r"|sejumlah|sebanyak|tanggal|pukul|call|kode pos|resi|IMEI|saham|obligasi|laporan|perkara|surat)\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:persen|rupiah|juta|miliar|triliun|ribu|orang|nasabah|unit|lembar|rekening|saham|pelanggan|dolar|USD|WIB)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(rf"\s?,?\s?\(?(?:(?:[Aa][./]?[Nn]\.?|[Aa]tas [Nn]ama) ?:? ?[A-Z]|{_BANK})")
#: a call for gifts names its account to everybody
_OFFERED = re.compile(
    r"donasi|sumbang|zakat|infa[kq]|sedekah|wakaf|bantuan|peduli|yayasan|resmi\b|kas daerah", re.IGNORECASE
)
_MOBILE = re.compile(r"08[1-35-9][0-9 .–-]+")
_SPOKEN = re.compile(r"\b(?:hubungi|menghubungi|tele?pon|telp|tlp|HP|WA|whatsapp|ponsel|kontak)\b", re.IGNORECASE)
_REACH = 40


@finder(
    shape=rf"(?:(?i:\brek(?:ening(?:nya)?)?\b|norek|virtual account)|\b{_BANK})[^0-9]{{0,40}}[0-9]"
    rf"|[0-9](?i: ?[,(]{{0,2}} ?(?:a[./]?n|atas nama)\b)|[0-9] ?[,(]{{0,2}} ?{_BANK}"
)
def bank_account(text: str) -> Iterator[Find]:
    """Numbers of bank accounts: 8 to 16 digits beside the word or the name of a bank.

    "Rekening", "no rek", "virtual account" or a bank's name stand within 40 characters before, or the bank or "a.n."
    right behind; a telephone, a card or a sum that is announced in between takes the number for itself. Years, days and
    amounts are none. Accounts of collections score 0.5; where only a bank is named, 0.7.

    >>> from curation.privacy.finder import try_finder
    >>> try_finder(bank_account, "Kirim ke rekening BRI 0021-01-012345-50-9 atau BCA7712345678 (WA 081200001111).")
    ['0021-01-012345-50-9', '7712345678']
    >>> try_finder(bank_account, "Rekening itu dibuka 10-06-2025 dengan saldo Rp 12.500.000 untuk 2024-2025.")
    []
    """
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if not 8 <= len(digits(match[0])) <= 16 or _OTHER.fullmatch(match[0]):
            continue
        if is_money(text, start) or in_address(text, start) or _UNIT.match(text, end):
            continue
        if score := _score(text, start, end):
            yield Find(start, end, min(score, 0.5) if _OFFERED.search(text, max(0, start - 150), start) else score)


def _score(text: str, start: int, end: int) -> float:
    """How sure it is that an account stands here; 0 where nothing says so."""
    if _MOBILE.fullmatch(text, start, end) and near(_SPOKEN, text, start, 2 * _REACH):
        return 0.0
    cues = list(_CUE.finditer(text, max(0, start - _REACH), start))
    if cues and not _ANNOUNCED.search(text, cues[-1].end(), start):
        glued = text[start - 1].isalpha()
        if not glued or cues[-1].end() == start:
            return 1.0 if near(_WORD, text, start, 2 * _REACH) else 0.7
    behind = _OWNER.match(text, end)
    return 0.7 if behind and not text[start - 1 : start].isalpha() else 0.0
