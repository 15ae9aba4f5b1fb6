"""learn: promos and credits of a site are found; what belongs to articles is not, however often it is printed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pyarrow as pa
import pytest

from curation import config, schema, store
from curation.boilerplate.learned import chrome_table, line_key
from curation.dedup.sets import stop_shingles
from curation.dedup.shingle import shingle_hashes
from curation.engine import engine_for
from curation.rule import ChromeTable
from curation.sites import Sites
from curation.stages.clean import CleanSettings, clean_articles
from curation.stages.learn import learn

PROMO = "Kabar lain dari Lembah ada di www.lembah.example setiap pagi"
APP = "Pasang aplikasinya lewat https://lembah.example/aplikasi dan pilih kabar kotamu."
HEADING = "Kronologi Kejadian"
COURT = "Demi keadilan berdasarkan Ketuhanan Yang Maha Esa, majelis hakim membuka sidang itu."
TEAM = "Timnas Lintang"
CLOSING = "Wallahu a'lam bish-shawab."
WORDS = re.findall(
    r"\w+",
    """pagi warga sungai surut jembatan pasar beras kantor desa sekolah guru petani hujan jalan rumah kapal laut nelayan
    rapat bupati camat dana proyek gedung taman kota lampu listrik air sumur kebun panen harga pupuk koperasi obat
    posyandu bidan puskesmas latihan bola lapangan pelatih pemain turnamen piala sepeda bus terminal bandara""",
)


def prose(seed: int, sentences: int = 6) -> list[str]:
    """Sentences that no other article holds."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(sentences)]


def article(number: int, raw: str, site: str = "lembah.example", network: str | None = None, title: str = "") -> dict:
    return {
        "id": f"{number:016x}",
        "url_key": f"{site}/{number}",
        "site": site,
        "network": network,
        "title": title or " ".join(random.Random(number).choices(WORDS, k=5)).title(),
        "outlet": "unknown",
        "authors": [],
        "tags": [],
        "batch": "malam",
        "first_seen": "malam",
        "raw": raw,
        "source_ref": f"malam.jsonl:{number}",
        "source_sha256": "0",
        "extractor": "none",
        "n_replaced": 0,
        "pages": 1,
    }


@pytest.fixture
def learned(tmp_path: Path):
    """Learns from articles; gives the rows and the table in use."""

    def run(*articles: dict, files: int = 1, disable: tuple[str, ...] = (), backend: str = "numba") -> list[dict]:
        settings = config.load(overrides=(f"dedup.backend={backend}",))
        batches = []
        for number in range(files):
            path = tmp_path / f"articles-{number}.parquet"
            store.write_table(path, schema.from_rows("articles", articles[number::files]))
            batches.append((path, CleanSettings(Sites({}), disable=disable)))
        table = learn(batches, settings.dedup, engine_for(settings.engine, tmp_path), tmp_path / "scratch")
        assert not (tmp_path / "scratch").exists()
        return table.to_pylist()

    return run


def site(count: int, line, first: int = 0, **columns) -> list[dict]:
    """Articles of their own sentences, each put together by `line` (number, sentences)."""
    return [article(n, line(n, prose(n)), **columns) for n in range(first, first + count)]


def shown(rows: list[dict]) -> list[tuple[str | None, str, str]]:
    return [(row["site"] or row["network"], row["position"], row["example"]) for row in rows]


def test_a_promo_below_articles(learned):
    rows = learned(*site(8, lambda n, text: "\n".join([*text, PROMO])))
    assert rows == [
        {
            "site": "lembah.example",
            "network": None,
            "line_key": line_key(PROMO),
            "position": "tail",
            "n_documents": 8,
            "n_clusters": 8,
            "example": PROMO,
            "version": 0,
        }
    ]


def test_articles_of_one_line(learned):
    rows = learned(*site(8, lambda n, text: " ".join([*text, APP, PROMO])))
    assert shown(rows) == [("lembah.example", "tail", PROMO), ("lembah.example", "tail", APP)]


def test_above_and_between(learned):
    above = "Pembaca Lembah dapat mengirim kabar ke www.lembah.example."
    between = "Kunjungi www.lembah.example/peta"
    rows = learned(*site(9, lambda n, text: "\n".join([above, *text[: n % 3 + 1], between, *text[n % 3 + 1 :]])))
    assert shown(rows) == [("lembah.example", "any", between), ("lembah.example", "head", above)]


def test_numbers_may_differ(learned):
    rows = learned(*site(6, lambda n, text: "\n".join([*text, f"Kode {n} di www.lembah.example/{n}"])))
    assert [row["line_key"] for row in rows] == ["kode # di www.lembah.example/#"]


def test_four_articles_are_too_few(learned):
    assert learned(*site(4, lambda n, text: "\n".join([*text, PROMO]))) == []


@pytest.mark.parametrize("copies", [1, 7])
def test_near_copies_count_once(learned, copies):
    # one story sent to the site again and again with small changes, promo and all
    text = prose(99, 12)
    rows = [article(n, "\n".join([*text[:11], f"{text[11][:-1]} {n}.", PROMO])) for n in range(copies)]
    assert learned(*rows, *site(4, lambda n, own: "\n".join([*own, PROMO]), first=50)) == (
        learned(*site(5, lambda n, own: "\n".join([*own, PROMO]), first=50))
        and [
            {
                "site": "lembah.example",
                "network": None,
                "line_key": line_key(PROMO),
                "position": "tail",
                "n_documents": copies + 4,
                "n_clusters": 5,
                "example": PROMO,
                "version": 0,
            }
        ]
    )


def test_a_line_that_only_copies_carry(learned):
    stories = [prose(number) for number in range(12)]
    first = [article(number, "\n".join([*story, APP])) for number, story in enumerate(stories)]
    copies = [article(100 + number, "\n".join([*story, PROMO])) for number, story in enumerate(stories)]
    assert {text for _, _, text in shown(learned(*first, *copies))} == {APP, PROMO}


def test_a_syndicated_text_is_no_chrome(learned):
    text = ["Kunjungi www.peduli.example untuk mengirim bantuan.", *prose(5, 8), "Info lain di www.peduli.example."]
    copies = [article(n, "\n".join(text)) for n in range(9)]
    assert learned(*copies, *site(9, lambda n, own: "\n".join(own), first=50)) == []


def test_much_chrome_does_not_make_copies(learned):
    """A promo longer than the articles; they are told apart by what they hold of their own."""
    long = [f"Kabar {word} setiap pagi ada di laman www.lembah.example untuk seluruh pembaca." for word in WORDS[:12]]
    rows = learned(*site(8, lambda n, text: "\n".join([*text, *long])))
    assert {(row["position"], row["n_clusters"]) for row in rows} == {("tail", 8)}
    assert len(rows) == 12


@pytest.mark.parametrize(
    "line",
    [
        lambda n, text: "\n".join([*text[:2], HEADING, *text[2:]]),
        lambda n, text: "\n".join([HEADING, *text]),
        lambda n, text: "\n".join([*text[:3], COURT, *text[3:]]),
        lambda n, text: "\n".join([text[0], TEAM, *text[1:]]),
        lambda n, text: "\n".join([*text, CLOSING]) if n % 5 == 0 else "\n".join(text),
        lambda n, text: " ".join([*text[:3], COURT, *text[3:]]),
    ],
)
def test_what_belongs_to_articles(learned, line):
    assert learned(*site(30, line)) == []


def test_what_goes_with_a_topic(learned):
    line = "Pendaftaran dibuka di www.bansos.example."
    about = [article(n, "\n".join([*prose(n), line]), title=f"Bansos {n} Cair di {WORDS[n].title()}") for n in range(8)]
    rest = site(20, lambda n, text: "\n".join(text), first=50)
    assert learned(*about, *rest) == []


def test_a_line_of_a_network_is_learned_once(learned):
    def line(n, text):
        return "\n".join([*text, PROMO])

    three = [
        row
        for n, host in enumerate(["a.example", "b.example", "c.example"])
        for row in site(3, line, first=9 * n, site=host, network="Grup")
    ]
    own = site(6, lambda n, text: "\n".join([*text, APP, PROMO]), first=90, site="d.example", network="Grup")
    assert shown(learned(*three, *own)) == [("Grup", "tail", PROMO), ("d.example", "tail", APP)]


def test_order_and_batches_do_not_matter(learned):
    rows = [
        *site(12, lambda n, text: " ".join([*text, APP, PROMO]), network="Grup"),
        *site(9, lambda n, text: "\n".join([APP, *text, PROMO]), first=50, site="b.example", network="Grup"),
        *(article(n, "\n".join([*prose(7, 9), PROMO])) for n in range(100, 106)),
    ]
    once = learned(*rows)
    assert once
    random.Random(3).shuffle(rows)
    assert learned(*rows, files=3) == once


def test_nothing_to_learn_from(learned):
    assert learned() == []
    assert learned(article(1, ""), article(2, "  \n")) == []


def test_what_was_learned_is_removed_and_not_learned_again(learned, tmp_path):
    rows = site(20, lambda n, text: (" " if n % 2 else "\n").join([*text, APP, PROMO]))
    chrome = chrome_table(schema.from_rows("chrome", learned(*rows)))
    assert chrome.lines == ChromeTable(0, {("lembah.example", line_key(line)): "tail" for line in (APP, PROMO)}).lines
    made = clean_articles(schema.from_rows("articles", rows), CleanSettings(Sites({}), chrome=chrome))
    bodies = made["documents"]["body"].to_pylist()
    assert all("lembah.example" not in body for body in bodies)
    again = [row | {"raw": body} for row, body in zip(rows, bodies, strict=True)]
    assert learned(*again) == []
    assert pa.compute.unique(made["edits"]["rule"]).to_pylist().count("learned") == 1


# -- passages: for near-duplicates, where lines are too short or chrome is glued into the text ----

MENU = ["Wisata", "Daerah", "Olahraga", "Gaya Hidup", "Indeks", "Foto"]
FORMULA = "demi keadilan berdasarkan Ketuhanan Yang Maha Esa"


def passages_of(rows: list[dict]) -> list[str]:
    return [row["example"] for row in rows if row["position"] == "passage"]


def test_a_menu_of_short_lines(learned):
    rows = learned(*site(30, lambda n, text: "\n".join([*MENU, *text])))
    assert rows == [
        {
            "site": "lembah.example",
            "network": None,
            "line_key": "wisata daerah olahraga gaya hidup indeks foto",
            "position": "passage",
            "n_documents": 30,
            "n_clusters": 30,
            "example": "Wisata Daerah Olahraga Gaya Hidup Indeks Foto",
            "version": 0,
        }
    ]
    chrome = schema.from_rows("chrome", rows)
    assert not chrome_table(chrome).lines, "cleaning takes no passage out"
    # near-duplicates see the article alone, wherever the menu stands
    stops = stop_shingles(chrome["example"].to_pylist())
    alone = " ".join(prose(1))
    assert shingle_hashes(" ".join([*MENU, alone, *MENU]), stops).tolist() == shingle_hashes(alone).tolist()


def test_what_is_glued_into_texts_of_one_line(learned):
    last = "Warta Lembah Redaksi Kontak Karier Pasang"
    rows = learned(*site(30, lambda n, text: " ".join([*MENU, *text]).removesuffix(".") + f" {last}"))
    assert sorted(passages_of(rows)) == [last, "Wisata Daerah Olahraga Gaya Hidup Indeks Foto"]


def test_a_passage_counts_stories(learned):
    assert passages_of(learned(*site(14, lambda n, text: "\n".join([*MENU, *text])))) == []
    text = prose(99, 12)
    copies = [article(n, "\n".join([*MENU, *text[:11], f"{text[11][:-1]} {n}."])) for n in range(900, 920)]
    few = site(14, lambda n, own: "\n".join([*MENU, *own]))
    assert [row["n_clusters"] for row in learned(*few, *copies) if row["position"] == "passage"] == [15]


def test_a_passage_stands_in_most_stories(learned):
    """What fewer hold may be a formula of content, unless it speaks to the reader."""
    some = site(60, lambda n, text: "\n".join([*(MENU if n % 5 < 2 else []), *text]))
    assert passages_of(learned(*some)) == []
    speaking = "ikuti kanal berita kami tiap"
    some = site(60, lambda n, text: " ".join([f"{text[0][:-1]} {speaking}", *text[1:]] if n % 5 < 2 else text))
    assert passages_of(learned(*some)) == [speaking]


@pytest.mark.parametrize("places", [[2], [1, 2, 3, 4]])
@pytest.mark.parametrize("share", [0.4, 1.0])
def test_a_formula_between_is_no_passage(learned, places, share):
    def line(n, text):
        at = places[n % len(places)] * len(text) // 6
        if n < share * 60:
            text[at] = f"{text[at][:-1]}, {FORMULA}, {text[at + 1].lower()}"
        return " ".join(text)

    rows = [article(n, line(n, prose(n, 18))) for n in range(60)]
    assert learned(*rows) == []


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_articles_of_one_template_are_content(learned, share):
    def price(n):
        first, second, *_ = prose(n)
        return (
            f"Harga emas batangan di butik hari ini {n + 1} ribu rupiah per gram. {first} Harga jual kembali emas "
            f"tercatat {n * 7} ribu rupiah per gram. {second} Potongan pajak atas penjualan kembali sebesar 2 persen."
        )

    size = 120
    rows = [
        article(n, price(n), title=f"Harga Emas {n} Ribu") if n < share * size else article(n, " ".join(prose(n)))
        for n in range(size)
    ]
    assert learned(*rows) == []


def test_the_day_of_a_crawl_is_no_passage(learned):
    assert learned(*site(30, lambda n, text: f"Kota, Minggu (3/8/2025), {' '.join(text).lower()}")) == []


def test_a_passage_of_a_network(learned):
    """Sites too small to tell by themselves; what only one of them prints is left to the site."""

    def line(n, text):
        return "\n".join([*MENU, *text])

    small = [
        row
        for n, host in enumerate(["a.example", "b.example", "c.example"])
        for row in site(9, line, first=20 * n, site=host, network="Grup")
    ]
    more = ["Warta Ombak Video Suara Cuaca", *MENU]
    large = site(30, lambda n, text: "\n".join([*more, *text]), first=90, site="d.example", network="Grup")
    assert shown(learned(*small, *large)) == [
        ("Grup", "passage", "Wisata Daerah Olahraga Gaya Hidup Indeks Foto"),
        ("d.example", "head", more[0]),
        ("d.example", "passage", "Warta Ombak Video Suara Cuaca Wisata Daerah Olahraga Gaya Hidup Indeks Foto"),
    ]


def test_passages_between_learned_lines(learned):
    """A line that cleaning may leave in place joins the words around it; without it they join each other."""
    rows = learned(*site(30, lambda n, text: "\n".join([*text, "Lapak", "Kios", PROMO, "Papan", "Peta", "Lumbung"])))
    assert [row["example"] for row in rows if row["position"] == "tail"] == [PROMO]
    assert f"Lapak Kios {PROMO} Papan Peta Lumbung" in passages_of(rows)
    assert "Lapak Kios Papan Peta Lumbung" in passages_of(rows)


def test_passages_do_not_depend_on_batches_or_backend(learned):
    rows = [
        *site(
            40, lambda n, text: "\n".join([*MENU, *text, "Lembah Muda", "Peta Dusun", "Kios", PROMO]), network="Grup"
        ),
        *site(25, lambda n, text: " ".join([*text, *MENU]), first=80, site="b.example", network="Grup"),
    ]
    once = learned(*rows)
    assert passages_of(once)
    random.Random(5).shuffle(rows)
    assert learned(*rows, files=3) == once
    assert learned(*rows, backend="datasketch") == once
