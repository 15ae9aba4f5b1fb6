"""What is counted, and which counts make chrome: promos and credits, not what belongs to articles."""

from __future__ import annotations

import numpy as np
import pytest

from curation.boilerplate import repeats
from curation.boilerplate.learned import line_key

PROSE = "Warga Desa Waai kembali ke rumah masing-masing setelah air sungai surut."
PROMO = "Ikuti berita Lintang lainnya di Google News dan saluran kami setiap hari."


def masks(table, repeated=()):
    flags = (table[name].to_numpy() for name in ("leaf", "prose"))
    mask = np.array([text in repeated for text in table["text"].to_pylist()], bool)
    return table["document"].to_numpy().astype(np.int64), *flags, mask


def test_lines_are_followed_by_their_sentences():
    table = repeats.pieces(["Judul\n\n  Air surut. Warga pulang!  ", "", "Tamat."])
    assert table.to_pylist() == [
        {"document": 0, "leaf": True, "prose": False, "key": "judul", "text": "Judul"},
        {
            "document": 0,
            "leaf": False,
            "prose": False,
            "key": line_key(text := "Air surut. Warga pulang!"),
            "text": text,
        },
        {"document": 0, "leaf": True, "prose": False, "key": "air surut.", "text": "Air surut."},
        {"document": 0, "leaf": True, "prose": False, "key": "warga pulang!", "text": "Warga pulang!"},
        {"document": 2, "leaf": True, "prose": False, "key": "tamat.", "text": "Tamat."},
    ]


def test_a_long_line_is_only_counted_by_sentence():
    table = repeats.pieces([" ".join([PROSE] * 10)])
    assert table["leaf"].to_pylist() == [True] * 10


def test_keys_of_owners():
    a, b, none, again = repeats.owner_keys(["a", "b", None, "a"], ["k"] * 4).to_pylist()
    assert len({a, b, none}) == 3
    assert none is None
    assert a == again


def test_an_edge_is_where_nothing_of_the_article_stands_beyond():
    table = repeats.pieces([f"{PROMO}\n{PROSE}\nKesimpulan\n{PROSE} Benar.\n{PROMO}\nSinta\n{PROMO}", PROMO])
    head, tail = repeats.places(*masks(table, {PROMO}))
    shown = list(zip(table["text"].to_pylist(), head.tolist(), tail.tolist(), strict=True))
    assert shown == [
        (PROMO, True, False),
        (PROSE, True, False),  # the first of the article itself
        ("Kesimpulan", False, False),
        (f"{PROSE} Benar.", False, False),
        (PROSE, False, True),
        ("Benar.", False, True),
        (PROMO, False, True),
        ("Sinta", False, True),
        (PROMO, False, True),
        (PROMO, True, True),
    ]


def test_what_a_text_holds_of_its_own():
    table = repeats.pieces([f"{PROSE} Benar.\n{PROMO}", f"{PROMO}\nTamat.", PROSE])
    document, leaf, _, repeated = masks(table, {PROMO})
    texts = table["text"].to_pylist()
    assert repeats.own_texts(document, leaf, repeated, texts) == [f"{PROSE} Benar.", f"{PROMO} Tamat.", PROSE]


def test_nothing_at_all():
    table = repeats.pieces(["", " \n"])
    document, leaf, prose, repeated = masks(table)
    assert repeats.own_texts(document, leaf, repeated, []) == []
    assert [len(found) for found in repeats.places(document, leaf, prose, repeated)] == [0, 0]


@pytest.mark.parametrize(
    ("text", "n", "n_head", "n_tail", "n_owner", "place"),
    [
        (PROMO, 4, 0, 4, 100, None),  # too few
        (PROMO, 5, 0, 5, 100, "tail"),
        (PROMO, 20, 0, 20, 10_000, None),  # too small a share of the site
        (PROMO, 40, 0, 36, 10_000, "tail"),
        (PROMO, 40, 0, 35, 10_000, "any"),
        (PROMO, 40, 40, 0, 10_000, "head"),
        ("(Ditulis oleh Sinta W.)", 6, 0, 6, 100, "tail"),
        ("Salurkan bantuan melalui www.peduli.example", 6, 0, 6, 100, "tail"),
        ("Membaca menyehatkan pikiran", 30, 0, 30, 100, "tail"),  # a slogan, in a third of the articles
        ("Membaca menyehatkan pikiran", 6, 0, 6, 100, None),
        ("Coba ini malam ini!", 30, 0, 0, 100, "any"),  # an advert that a scraper took in
        ("Beranda Nasional Daerah Ekonomi Indeks", 80, 80, 0, 100, "head"),  # a menu, above nearly all articles
        # what belongs to articles
        ("Beranda Nasional Daerah Ekonomi Indeks", 79, 79, 0, 100, None),
        ("Kronologi Kejadian", 100, 100, 0, 100, None),
        ("JAKARTA", 90, 90, 0, 100, None),
        ("Kesimpulan", 60, 0, 0, 100, None),
        ("Pemeriksaan Fakta", 60, 60, 0, 100, None),  # a heading above the first paragraph
        ("Timnas Indonesia", 60, 2, 3, 100, None),
        ("Jakarta (", 60, 60, 0, 100, None),
        ("Lintang.com", 60, 60, 0, 100, None),  # a scrap of a dateline
        ("ANTARA", 60, 0, 60, 100, None),
        ("1.", 60, 60, 60, 100, None),
        ("Demi keadilan berdasarkan Ketuhanan Yang Maha Esa.", 12, 0, 0, 100, None),
        ('"Menjatuhkan pidana penjara selama 4 tahun," ujar hakim.', 12, 0, 1, 100, None),
        ("Wallahu a'lam bish-shawab.", 12, 0, 12, 100, None),
        (PROSE, 60, 0, 0, 100, None),
        (f"Baca berita ini: {PROSE * 6}", 60, 0, 60, 100, None),  # a paragraph
    ],
)
def test_which_counts_make_chrome(text, n, n_head, n_tail, n_owner, place):
    assert repeats.position_of(text, n, n_head, n_tail, n_owner) == place


GOLD = [f"Harga Emas {day}, Simak Rinciannya" for day in ("Senin", "Selasa", "Rabu", "Kamis", "Jumat")]
OTHER = [
    "Air Sungai Surut",
    "Jembatan Darurat Dibuka",
    "Pasar Induk Sepi",
    "Petani Menanam Bawang",
    "Hujan Reda",
    *GOLD,
]


@pytest.mark.parametrize(
    ("text", "titles", "everywhere", "topical"),
    [
        ("Cek harga di www.emas.example", GOLD, OTHER, True),
        ("Klik tombol ‘Cari Data’ di layar itu.", GOLD, OTHER, True),
        ("Cek harga di www.emas.example", GOLD, GOLD, False),  # the whole site is about gold
        ("Cek harga di www.emas.example", OTHER, OTHER, False),
        ("Disclaimer: keputusan investasi ada di tangan pembaca.", GOLD, OTHER, False),  # speaks of the page
        ("Cek harga di www.emas.example", [None] * 9, OTHER, False),
        ("Cek harga di www.emas.example", [*GOLD[:3], None, None], OTHER, False),  # too few headlines to tell
    ],
)
def test_what_goes_with_one_topic(text, titles, everywhere, topical):
    assert repeats.is_topical(text, titles, everywhere) == topical
