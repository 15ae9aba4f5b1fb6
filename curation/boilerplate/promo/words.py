"""The words of a call to follow an outlet: verbs, channels, news, and in which words an outlet speaks of itself."""

from __future__ import annotations

import re

_VERBS = (
    "ikuti|ikutilah|follow|akses|cek|baca|simak|update|dapatkan|nikmati|gabung|bergabung|bergabunglah|kunjungi|temukan"
    "|like|subscribe|download|unduh|instal|install|klik|langganan|berlangganan|daftar|daftarkan|pantau|pilih|dukung"
    "|tonton|join"
)
_INVITATIONS = (
    "ayo|mari|yuk|segera|silakan|silahkan|jangan lupa|jangan lewatkan|selalu|kamu bisa|kamu dapat|kamu juga bisa"
    "|anda bisa|anda dapat|anda juga bisa|pembaca bisa"
)
_LEADING = ("Jangan ketinggalan", "Jangan sampai ketinggalan", "Mau", "Ingin")
_MAIL = r"Masukkan (?:alamat )?(?:[Ee]-?mail|surel)"
_WISH = r"Untuk (?:mendapatkan |membaca |mengetahui )?(?:berita|informasi|info|update|kabar)"
_FORMS = [form for word in [*_VERBS.split("|"), *_INVITATIONS.split("|")] for form in (word.capitalize(), word.upper())]
_BEGINNINGS = (*_FORMS, *_LEADING, _MAIL, _WISH)
_SHOWN = "|".join(_BEGINNINGS)
_INVITATION = rf"(?:(?i:{_INVITATIONS}),?|(?i:{_WISH})[^.!?]{{0,60}}?,?)"
_BEGIN = (
    rf"(?:{_INVITATION}\s){{0,2}}(?i:(?:dan|juga|terus|untuk|sekarang|caranya)\s){{0,2}}(?:(?i:{_VERBS})|{_MAIL})\b"
)

#: what a line must hold to be looked at: a call at its start, or one further on that begins with a capital letter;
#: before it may stand any number of signs, for RE2 is slow to compile a counted class
SHAPE = rf"^[^\pL]*{_BEGIN}|[^\pL](?:{_SHOWN})\b|(?i:install?) ?(?i:aplikasi)"
#: every call holds one of these: a channel, or a word for what it offers
LITERALS = (
    *("kami di", "google", "whats", " wa ", "telegram", "t.me/", "instagram", "facebook", "fanspage", "twitter"),
    *("x (", "tiktok", "youtube", "threads", "media sosial", "sosial media", "play store", "playstore", "app store"),
    *("appstore", "linktr.ee", "berita", "artikel", "breaking news", "headline", "kabar", "liputan", "top news"),
    *("e-paper", "epaper", "koran digital", "newsletter", "buletin", "email anda", "aplikasi", "saluran", "kanal"),
    "channel",
)
#: where a call may begin inside a line, if not behind :data:`NO_START`; each group of words stands behind its first
#: letter and nothing before it, so that `re` skips to those letters
START = re.compile(
    "|".join(
        rf"{letter}(?:{'|'.join(form[1:] for form in _BEGINNINGS if form[0] == letter)})\b"
        for letter in sorted({form[0] for form in _BEGINNINGS})
    )
)
NO_START = re.compile(r"[\w“\"'‘@#/&]")
CALL = re.compile(rf"[\W_]{{0,6}}{_BEGIN}(?i:(?!\sfakta|\s?juga\s?:))")

# -- what a sentence has; these look at lower case, which takes a tenth of the time of ignoring case -------

GOOGLE_NEWS = re.compile(r"google\s?news")
CHANNEL = re.compile(
    r"google\s?news|whats\s?app|\bwa\s(?:channel|grup|group)|(?:channel|saluran|kanal)\swa\b|telegram|instagram"
    r"|facebook|\bfanspage|twitter|\bx\s\(|tiktok|youtube|\bthreads\b|media sosial|sosial media|play\s?store"
    r"|app\s?store"
)
#: where news is offered, not what it is about
ON_CHANNEL = re.compile(
    r"\b(?:di|lewat|via|melalui|saluran|kanal|channel|grup|group|akun|aplikasi|fanspage)\W+(?:\w+\W+){0,2}?"
    rf"(?:{CHANNEL.pattern})|\bwhats\s?app\s(?:channel|grup|group)\b"
)
LINK = re.compile(r"whatsapp\.com/channel|chat\.whatsapp\.com|\bt\.me/|news\.google\.com|news\.app\.goo|linktr\.ee")
_NAMES = (
    r"tribun\w*|kompas(?:\.com|\w|\stv)|detik(?<!\wdetik)\w|republika|liputan\s?6|kapanlagi|okezone|sindo\s?news"
    r"|koran sindo|antaranews|cnn indonesia|cnbc indonesia|majalah tempo|koran tempo|jpnn|viva(?<!\wviva)\b|idn times"
    r"|kumparan|jawa\s?pos|bisnis indonesia|berita\s?satu|media indonesia|inews|medcom|brilio|pikiran rakyat"
    r"|rmol(?<!\wrmol)|posmetro|lampost|lampung post|wartakota|banjarmasin\s?post|pos[- ]kupang|bangka\s?pos"
    r"|serambinews|sripoku|prohaba|vidio\b|vision\+|rcti\+|metro\s?tv|tv\s?one|genpi|fimela|popmama|hipwee|katadata"
    r"|idx\s?channel|wowkeren|solopos|tribunners|klovers|detikers|okezoners"
)
_PROPER = (
    r"(?:Warta|Harian|Radar|Serambi|Koran|Suara) [A-Z]\w+|ANTARA\b"
    r"|[A-Z]\w+[ -](?:Pos|Post|POS|POST|Ekspres|Express|News|Today|Times|Update)\b"
)
OUTLET_NAME = re.compile(
    rf"\b(?:(?i:{_NAMES})|{_PROPER})"
    r"|\b(?![\w.]*\.(?:go|ac|or|sch|mil)\.id)(?i:[\w-]{3,}\.(?:com|co\.id|co|id|net|news|tv))\b(?!/\w)"
)
#: the same in two, each quick to search for
OUTLET = re.compile(rf"{_NAMES}|(?<=[\w-]{{3}})(?<!\.sch)(?<!\.mil)\.(?:com|co\.id|co|id|net|news|tv)\b(?!/\w)")
OUTLET_PROPER = re.compile(_PROPER)
US = re.compile(r"\bkami\b|\bredaksi\b")
NEWS = re.compile(r"\b(?:berita(?:nya)?|artikel|breaking news|headline|kabar|liputan(?!\s?6)|top news|e-?paper)\b")
INFO = re.compile(
    r"\b(?:informasi|info|konten|update(?:-nya)?|video|tips|cerita|saluran|channel|kanal|grup|group|akun)\b"
)
FRESH = re.compile(
    r"\b(?:lain(?:nya)?|terbaru|terkini|ter-?up\s?-?date|pilihan|menarik|viral|terpopuler|populer|terhangat"
    r"|terlengkap|up\s?-?to\s?-?date|setiap hari|harian|pembaharuan|selengkapnya|eksklusif|seputar|update)\b"
)
JOIN = re.compile(r"\b(?:ikuti|follow|(?:ber)?gabung(?:lah)?|subscribe|like|join|kunjungi|temukan|langganan)\b")
CLICK = re.compile("klik")
#: readers are told so; nobody else is
READER = re.compile(
    r"klik|\bya\b|di\s?sini|ketinggalan|ponselmu|di ponsel|di hp|tanpa iklan|kemudian join|setiap hari"
    r"|install aplikasi"
)
ONLY_HERE = re.compile(r"\bhanya di\b")
APP = re.compile(r"\baplikasi\b")
OWN_APP = re.compile(
    rf"[\W_]{{0,6}}(?:{_INVITATION}\s)?(?i:download|unduh|install?)\s(?i:(?:\w+\s){{0,2}}aplikasi\s)"
    rf"(?:{OUTLET_NAME.pattern})"
)
PLACE = re.compile(r"\b(?:di|dari|hanya di|via|lewat|melalui|bersama|dengan mengklik)\b")
NEWSLETTER = re.compile(r"\b(?:newsletter|e-?paper|koran digital|buletin harian)\b")
BY_MAIL = re.compile(
    r"\bmelalui email anda\b"
    r"|\bmasukkan (?:alamat )?(?:e-?mail|surel) (?:anda|kamu)\b[^.!?]{0,60}\b(?:langganan|newsletter|buletin)"
)
#: whose channel it is, said outright
OUR_CHANNEL = re.compile(
    r"\b(?:akun|kanal|saluran|channel|grup|group|halaman)\s(?:\w+\s){1,3}kami\b|\bberita terbaru dari kami\b"
)
#: the outlet's own channel, by a name that no list holds
NAMED_CHANNEL = re.compile(
    r"[\W_]{0,6}(?i:ikuti|follow|gabung|join)\s(?i:whats\s?app\s(?:channel|saluran|kanal)|(?:channel|saluran|kanal)\swhats\s?app)"
    r"\s[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,2}[.!]?"
)
#: the icons behind it are lost
FOLLOW_US = re.compile(r"[\W_]{0,4}(?:ikuti|follow|temukan|kunjungi)\s(?:juga\s)?kami\sdi\b.{0,40}", re.IGNORECASE)
#: news after all: what was gathered elsewhere, what follows below, and a verb that is the subject of another
PROSE = re.compile(
    r"\b(?:dilansir|dikutip|dirangkum|dihimpun|mengutip|menurut|sebagaimana|tersebut|menunjukkan|membuat(?:nya)?"
    r"|membawa|menjadi(?!kan)|adalah|merupakan|dinilai|dianggap|ternyata|bukan|korban|pelaku|polisi|pemerintah"
    r"|petugas|informasi lebih lanjut|situs resmi|diblokir|ditutup|dibatasi|dilarang|terputus|dihapus|dicabut|hilang"
    r"|lalu bandingkan|di bawah ini)\b"
    r"|\b(?:whatsapp|instagram|facebook|twitter|youtube|telegram|tiktok)\s(?:milik|pribadi|resmi|korban|pelaku)\b"
    r"|berikut ini\W*$"
)
#: leads to a call
LEADS = re.compile(
    r"[\W_]{0,4}(?:selalu update\b|jangan (?:sampai )?ketinggalan\b"
    r"|jangan lewatkan (?:\w+[- ]){1,4}(?:yang )?kami pilih\b"
    r"|(?:mau|ingin) (?:tahu|dapat|baca|membaca|update"
    r"|mendapatkan)\b.{0,20}\b(?:berita|info|informasi|kabar|artikel)).{0,80}",
    re.IGNORECASE,
)
#: goes with a call before it
MORE = re.compile(
    r"[\W_]{0,4}(?:caranya\b.{0,80}(?:klik|join|link|tautan)|klik\s(?:di\s?sini|link|tautan|ikon|tombol|lalu|https?)"
    r"|(?:pastikan|jangan lupa|anda harus|kamu harus|anda perlu|kamu perlu)\b.{0,60}(?:install?|aplikasi|notifikasi"
    r"|lonceng|subscribe|join|follow)"
    r"|(?:aktifkan|nyalakan)\s.{0,30}notifikasi|pilih saluran|gratis[!.]|kemudian join|selamat membaca)",
    re.IGNORECASE,
)
#: stands for a call wherever it is printed
INSTALL = re.compile(
    r"[\W_]{0,4}(?:pastikan\s)?(?:anda|kamu|kalian|\w+ers)\s(?:harus|sudah|perlu"
    r"|telah)\s(?:meng)?install?\s?aplikasi\s"
    r"(?:whatsapp|telegram)\b.{0,60}",
    re.IGNORECASE,
)
