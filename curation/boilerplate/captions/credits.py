"""How pictures are credited, shared by the rules of this shelf."""

from __future__ import annotations

from curation.boilerplate.bylines.parts import DOMAIN

_STOCK = r"(?i:shutterstock|pexels|unsplash|pixabay|freepik|istock|getty\s?images)"
#: "Foto", "Photo", "Sumber foto" ..., with the mark that makes them a label
LABEL = r"(?i:foto|photo|credit|kredit|grafis|infografis|gambar|sumber (?:foto|gambar)) ?[:/]"
#: the archive that a picture is from: "Dok. Pemkot Ambon", "dokumentasi pribadi"
ARCHIVE = r"(?:[Dd]ok|DOK|[Dd]oc)(?:\.\s?|\s(?=[A-Z@])|umentasi\s(?=[A-Z]|pribadi|istimewa))[\w@][^()\n]{1,60}"
#: stock pictures, and words that only stand on pictures
STOCK = (
    rf"(?:{_STOCK}\b[^()\n]{{0,40}}"
    r"|(?:FOTO |Foto )?(?:ANTARA|AFP|AP|EPA|REUTERS) (?:FOTO|PHOTO|Foto|Photo)\b[^()\n]{0,60})"
)
#: an agency's or outlet's name, a slash, the photographer's: may also sign an article
SIGNED = (
    rf"(?:(?:FOTO |Foto )?(?:{DOMAIN}|(?i:antara|afp|ap|epa|reuters)|(?:CNN|CNBC|BBC) Indonesia|detik[a-z]+)/"
    r"(?:HO[-/]\s?)?[A-Z@][^()\n]{1,60})"
)
#: a bracket that can only be a picture's credit
CERTAIN = (
    rf"[(\[] ?(?:{LABEL}\s?[^()\n]{{1,80}}|{ARCHIVE}|{STOCK}|[A-Z]{{4,20}}/HO\b[^()\n]{{1,60}}"
    r"|(?:[Tt]angkapan [Ll]ayar|[Ss]creenshot)\s(?:[A-Z@]|video|akun)[^()\n]{0,60})\s?[)\]]"
)
_WORD = r"(?:[A-Z@][\w@.'’/-]*|via|dok\.?|doc\.?|istimewa|internet|dan|[a-z]+[._][a-z._]+)"
#: "Foto:" and names, without brackets
NAMED = rf"(?:Foto|FOTO|foto) ?[:/]\s?\(?{_WORD}(?:\s{_WORD}){{0,7}}\)?"
#: one of these stands in every credit
LITERALS = (
    *(
        f"{word}{mark}"
        for word in ("foto", "photo", "credit", "kredit", "grafis", "gambar")
        for mark in (":", " :", "/", " /")
    ),
    *(f"{bracket}{word}" for bracket in ("(", "( ", "[", "[ ") for word in ("dok", "doc", "tangkapan", "screenshot")),
    *("/ho-", "/ho/", "antara/", "afp/", "ap/", "epa/", "reuters/", " foto", " photo"),
    *("shutterstock", "pexels", "unsplash", "pixabay", "freepik", "istock", "getty"),
)
#: RE2's view of the beginning of a bracket that is certain, a little wider
MAY_BE_CERTAIN = (
    r"[(\[] ?(?:(?i:foto|photo|credit|kredit|grafis|infografis|gambar|sumber (?:foto|gambar)) ?[:/]|[Dd]ok|DOK|[Dd]oc"
    r"|[Tt]angkapan [Ll]ayar|[Ss]creenshot|ANTARA|[A-Z]{4,20}/HO|AFP|AP[ /]|EPA|REUTERS|Reuters|FOTO |Foto "
    r"|(?i:shutterstock|pexels|unsplash|pixabay|freepik|istock|getty))"
)
