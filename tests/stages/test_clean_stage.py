"""clean: one document for every article, with every change on record."""

from __future__ import annotations

import datetime as dt
import hashlib
import pickle
from dataclasses import replace

import pyarrow as pa
import pytest

from curation import ledger, schema, store
from curation.boilerplate.learned import line_key
from curation.config import Site
from curation.rule import ChromeTable
from curation.sites import Sites
from curation.stages.clean import CleanSettings, clean_articles, text_digest

PLAIN = CleanSettings(sites=Sites({}))
PROSE = "Warga Desa Waai kembali ke rumah masing-masing setelah air sungai surut pada Senin pagi."


def article(number, raw, **columns):
    return {
        "id": f"{number:016x}",
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
    } | columns


def made_of(*articles, settings=PLAIN):
    rows = [article(n, given) if isinstance(given, str) else given for n, given in enumerate(articles)]
    return clean_articles(schema.from_rows("articles", rows), settings)


def document(raw, settings=PLAIN, **columns):
    (row,) = made_of(article(1, raw, **columns), settings=settings)["documents"].to_pylist()
    return row


def test_a_whole_article():
    raw = (
        "Beranda > Daerah > Ambon\nAMBON, NUSAKABAR.com - Air  surut, dilansir dari Kabar18.\n"
        "Baca juga: Harga Beras Turun di Pasar Induk\nPenulis: Sinta Wulandari\nTags: banjir, Waai\n" + PROSE
    )
    at = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
    made = made_of(
        article(
            7,
            raw,
            url="https://nusakabar.example/7",
            url_key="nusakabar.example/7",
            title=" Air\nSurut ",
            tags=["Waai"],
            published_at=at,
            zone="WIB",
            network="Grup Nusa",
        )
    )
    (row,) = made["documents"].to_pylist()
    body = f"AMBON, NUSAKABAR.com - Air surut, dilansir dari Kabar18.\n\n{PROSE}"
    assert row == {
        "id": f"{7:016x}",
        "url": "https://nusakabar.example/7",
        "url_key": "nusakabar.example/7",
        "title": "Air Surut",
        "body": body,
        "dateline": "AMBON",
        "byline": "Sinta Wulandari",
        "publisher": "NUSAKABAR.com",
        "outlet": "NUSAKABAR.com",
        "network": "Grup Nusa",
        "syndicated_from": "Kabar18",
        "published_at": at,
        "zone": "WIB",
        "section": "Daerah > Ambon",
        "tags": ["Waai", "banjir"],
        "language": "id",
        "n_words": 21,
        "n_chrome": 94,
        "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
    }
    assert made["edits"]["rule"].to_pylist()[:3] == ["breadcrumb", "layout", "layout"]
    assert set(made["edits"]["rule"].to_pylist()) == {
        "breadcrumb",
        "layout",
        "baca_juga",
        "role",
        "tag_list",
    }


RAWS = [
    "Air surut.\nBaca juga: Harga Beras Turun di Pasar Induk\nWarga pulang.***",
    "",
    "AMBON - Air 😀\u00a0surut di Ambon. (abc/def)\nbanjir ambon",
    PROSE,
    "Air surut sejak pagi.\nSimak selengkapnya di halaman berikutnya.",
]


def test_every_article_has_its_document_in_order():
    made = made_of(*RAWS)
    assert made["documents"]["id"].to_pylist() == [f"{n:016x}" for n in range(len(RAWS))]
    for name, table in made.items():
        assert table.schema.equals(schema.arrow_schema(name)), name
    assert {name: table.num_rows for name, table in made_of().items()} == dict.fromkeys(made, 0)


def test_raw_comes_back_from_documents_and_edits_alone():
    made = made_of(*RAWS)
    assert ledger.undo_table(made["documents"], made["edits"]) == {f"{n:016x}": raw for n, raw in enumerate(RAWS)}


def test_edits_say_what_was_removed_from_where():
    by_id = {f"{n:016x}": raw for n, raw in enumerate(RAWS)}
    last: dict[str, tuple[int, int]] = {}
    for edit in made_of(*RAWS)["edits"].to_pylist():
        assert by_id[edit["id"]][edit["start"] : edit["end"]] == edit["removed"]
        seq, end = last.get(edit["id"], (-1, 0))
        assert edit["seq"] == seq + 1
        assert edit["start"] >= end
        last[edit["id"]] = (edit["seq"], edit["end"])
    assert last.keys() == {f"{n:016x}" for n in (0, 2, 4)}


def test_values_and_findings_say_where():
    made = made_of(*RAWS)
    values = [(row["id"][-1], row["field"], row["value"]) for row in made["metadata"].to_pylist()]
    assert values == [("2", "dateline", "AMBON"), ("2", "editor_code", "abc/def"), ("2", "tag", "banjir ambon")]
    for row in made["metadata"].to_pylist():
        assert RAWS[2][row["start"] : row["end"]] == row["value"]
    (finding,) = made["findings"].to_pylist()
    assert (finding["id"][-1], finding["kind"], finding["rule"]) == ("4", "truncated", "next_page")
    assert 0 <= finding["start"] <= finding["end"] <= len("Air surut sejak pagi.")


def test_alone_as_in_company():
    whole = made_of(*RAWS)
    for n, raw in enumerate(RAWS):
        alone = made_of(article(n, raw))
        for name, table in alone.items():
            rows = [row for row in whole[name].to_pylist() if row["id"] == f"{n:016x}"]
            assert table.to_pylist() == rows, name


def test_a_slice_is_as_good_as_a_table():
    table = schema.from_rows("articles", [article(n, raw) for n, raw in enumerate(RAWS)])
    part = clean_articles(table.slice(2, 2), PLAIN)
    assert part["documents"].to_pylist() == clean_articles(table, PLAIN)["documents"].to_pylist()[2:4]


# -- columns that are looked for in several places ------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "raw", "title"),
    [
        (None, "Panen Raya di Lembah Kalimaya Dimulai\n\n" + PROSE, "Panen Raya di Lembah Kalimaya Dimulai"),
        ("Judul Lain", "Panen Raya di Lembah Kalimaya Dimulai\n\n" + PROSE, "Judul Lain"),
        ("  ", PROSE, None),
        (None, PROSE, None),
    ],
)
def test_title(given, raw, title):
    assert document(raw, title=given)["title"] == title


@pytest.mark.parametrize(
    ("outlet", "site", "raw", "expected"),
    [
        ("Warta", "warta.example", f"DETAK.com - {PROSE}", "Warta"),
        ("warta.example", "warta.example", f"DETAK.com - {PROSE}", "DETAK.com"),
        ("warta.example", "warta.example", PROSE, "warta.example"),
        ("unknown", None, f"DETAK.com - {PROSE}", "DETAK.com"),
        ("unknown", None, PROSE, "unknown"),
    ],
)
def test_outlet(outlet, site, raw, expected):
    assert document(raw, outlet=outlet, site=site)["outlet"] == expected


def test_the_input_knows_its_section_better():
    raw = f"Beranda > Daerah\n{PROSE}"
    assert document(raw, section="Ekonomi")["section"] == "Ekonomi"
    assert document(raw)["section"] == "Daerah"


def test_an_article_is_not_taken_from_its_own_publisher():
    assert document(f"DETAK.com - Dilansir dari Detak.com, {PROSE}")["syndicated_from"] is None
    assert document(f"DETAK.com - Dilansir dari Kabar18, {PROSE}")["syndicated_from"] == "Kabar18"


def test_a_digest_does_not_see_how_letters_are_composed():
    assert text_digest("café") == text_digest("cafe\u0301") != text_digest("cafe")
    assert document("cafe\u0301")["text_sha256"] == text_digest("café")


# -- settings -------------------------------------------------------------------------------------------


def test_rules_can_be_left_out():
    raw = f"{PROSE}\nADVERTISEMENT\n{PROSE}***"
    assert "ADVERTISEMENT" in document(raw, replace(PLAIN, disable=("advertisement",)))["body"]
    site = Site(outlet="Warta", hosts=("warta.example",), disable=("end_mark",))
    here = replace(PLAIN, sites=Sites({"warta.example": site}))
    assert document(raw, here, site="warta.example")["body"].endswith("***")
    assert not document(raw, here, site="detak.example")["body"].endswith("***")


@pytest.mark.parametrize("owner", ["warta.example", "Grup"])
def test_learned_lines_of_a_site_or_its_network(owner):
    chrome = ChromeTable(1, {(owner, line_key("Cepat dan Tepat")): "any"})
    raw = f"{PROSE}\nCepat dan Tepat\n{PROSE}"
    settings = replace(PLAIN, chrome=chrome)
    assert "Cepat" not in document(raw, settings, site="warta.example", network="Grup")["body"]
    assert "Cepat" in document(raw, settings, site="detak.example", network=None)["body"]


def crawl(tmp_path, *titles):
    rows = [article(n, "x", title=title) for n, title in enumerate(titles)]
    store.write_table(tmp_path / "articles" / "part-00000.parquet", schema.from_rows("articles", rows))
    return tmp_path / "articles"


def test_headlines_of_the_crawl_end_inline_links(tmp_path):
    raw = "Ia pulang. Baca juga: Banjir Ambon Meluas hingga Pasar Induk Warga Desa Waai mengungsi."
    place = crawl(tmp_path, None, "Pendek", " Banjir Ambon Meluas hingga Pasar Induk Warga ")
    settings = replace(PLAIN, crawl=(place,), crawl_content="1")
    with_it, without = "Ia pulang. Desa Waai mengungsi.", document(raw)["body"]
    assert document(raw, settings)["body"] == with_it != without
    # a crawl that was made again is read again
    crawl(tmp_path, "Judul yang lain sama sekali")
    assert document(raw, settings)["body"] == with_it
    assert document(raw, replace(settings, crawl_content="2"))["body"] == without


def test_a_byline_is_the_texts_else_the_pages():
    authors = ["Sinta Wulandari", "Budi Hatta"]
    assert document("Air surut di Ambon.", authors=authors)["byline"] == "Sinta Wulandari, Budi Hatta"
    assert document("Air surut di Ambon.\nPenulis: Rina Waai", authors=authors)["byline"] == "Rina Waai"


def test_settings_travel_to_other_processes(tmp_path):
    settings = replace(PLAIN, crawl=(tmp_path,), chrome=ChromeTable(1, {("a", "b"): "any"}), disable=("layout",))
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_what_is_frozen_stays_as_it_was(tmp_path):
    earlier = made_of("Air surut.***", settings=replace(PLAIN, disable=("end_mark",)))
    for name, table in earlier.items():
        if table.num_rows:
            store.write_table(tmp_path / f"{name}.parquet", table)
    made = made_of("Air surut.***", "Warga pulang.***", settings=replace(PLAIN, frozen=tmp_path))
    assert made["documents"]["body"].to_pylist() == ["Air surut.***", "Warga pulang."]
    assert set(made["edits"]["id"].to_pylist()) == {f"{1:016x}"}
    assert ledger.undo_table(made["documents"], made["edits"]) == {
        f"{0:016x}": "Air surut.***",
        f"{1:016x}": "Warga pulang.***",
    }
    assert isinstance(made["documents"], pa.Table)
