from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from curation.config import Dedup
from curation.dedup.facts import compare
from curation.dedup.find import near_duplicates

GOLD = (
    "Harga emas batangan di gerai Logam Kencana berubah pada perdagangan hari ini. "
    "Satu gram dijual {0} rupiah setelah kemarin berada di {1} rupiah. "
    "Harga beli kembali tercatat {2} rupiah per gram dan belum termasuk pajak penghasilan yang dipotong langsung "
    "oleh gerai saat pelanggan menjual emasnya kembali dengan membawa kartu identitas dan bukti pembelian asli. "
    "Pelanggan yang membeli lewat aplikasi dapat mengambil emasnya di gerai terdekat paling lambat tujuh hari "
    "kerja setelah pembayaran diterima, atau memilih pengiriman dengan biaya asuransi yang ditanggung pembeli. "
    "Pecahan terkecil yang tersedia adalah setengah gram, yang terbesar satu kilogram."
)


def only_pair(documents: Any) -> dict[str, Any]:
    [pair] = near_duplicates(documents, Dedup())[0].to_pylist()
    return pair


def merged(documents: Any) -> bool:
    clusters = near_duplicates(documents, Dedup())[1]
    return len(set(clusters["cluster_id"].to_pylist())) == 1


def test_same_text_is_exact(news: Any) -> None:
    documents = news.bodies(news.text(1), news.text(1))
    pair = only_pair(documents)
    assert (pair["kind"], pair["jaccard"]) == ("exact", 1.0)
    assert merged(documents)


def test_lightly_reworded_text_is_near(news: Any) -> None:
    documents = news.bodies(news.text(1), news.reworded(news.text(1), 30))
    assert only_pair(documents)["kind"] == "near"
    assert merged(documents)


def test_a_text_cut_short_is_contained(news: Any) -> None:
    body = news.text(1, 300)
    short = " ".join(body.split()[:100])
    assert only_pair(news.bodies(short, body))["kind"] == "contained"
    assert only_pair(news.bodies(body, short))["kind"] == "contains"
    assert merged(news.bodies(body, short))


def test_a_page_that_holds_several_articles_glues_none_of_them(news: Any) -> None:
    first, second, third = (news.text(i, 150) for i in (1, 2, 3))
    page = f"{news.text(9, 30)}\n{first}\n{second}\n{third}"
    pairs, clusters = near_duplicates(news.bodies(first, second, third, page), Dedup())
    assert pairs["kind"].to_pylist() == ["contained"] * 3
    assert not any(pairs["merges"].to_pylist())
    assert all(value > 0.99 for value in pairs["containment_a"].to_pylist())
    assert clusters["role"].to_pylist() == ["single"] * 4


def test_a_page_that_begins_with_an_article_holds_it_and_no_other(news: Any) -> None:
    first, second = news.text(1, 150), news.text(2, 150)
    page = f"{first}\n{second}\n{news.text(9, 60)}"
    pairs, clusters = near_duplicates(news.bodies(first, second, page), Dedup())
    assert pairs["kind"].to_pylist() == ["contained"] * 2
    assert pairs["merges"].to_pylist() == [True, False]
    assert clusters["cluster_id"].to_pylist() == ["d00", "d01", "d00"]


def test_prices_of_two_days_are_a_template_and_stay_apart(news: Any) -> None:
    documents = news.bodies(
        GOLD.format("1.905.000", "1.894.000", "1.752.000"), GOLD.format("1.911.000", "1.905.000", "1.760.000")
    )
    pair = only_pair(documents)
    assert pair["kind"] == "template"
    assert "swapped numbers: 3" in pair["evidence"]
    assert not merged(documents)


def test_one_corrected_figure_is_no_template(news: Any) -> None:
    numbers = ("1.905.000", "1.894.000")
    documents = news.bodies(GOLD.format(*numbers, "1.752.000"), GOLD.format(*numbers, "1.725.000"))
    assert only_pair(documents)["kind"] == "near"


def test_respelt_and_glued_names_are_no_swapped_facts() -> None:
    one = "Kepala Desa Liang Anggang dan Pemdaprov Rantaubatu menemui warga RT 5 di Balai Landasan Ulin."
    two = "Kepala Desa Lianganggang dan Pemprov Rantaubatu menemui warga RT 5 di Balai Landasanulin."
    assert compare(one, two).swapped_names == 0
    other = "Kepala Desa Batu Kajang dan Pemprov Rantaubatu menemui warga RT 5 di Balai Sumber Rejo."
    assert compare(one, other).swapped_names == 2


def test_figures_written_otherwise_are_equal() -> None:
    facts = compare("Anggarannya Rp1.500.000 untuk 12,5 persen.", "Anggarannya Rp1500000 untuk 12,5 persen.")
    assert facts.swapped_numbers == 0


@pytest.mark.parametrize(
    ("title", "kind"), [("UPDATE: Pasar Ikan Dibuka", "update"), ("Pasar Ikan Dibuka (Ralat)", "update")]
)
def test_marked_update_of_a_similar_text(title: str, kind: str, news: Any) -> None:
    body = news.text(4)
    documents = news.table(
        {"title": "Pasar Ikan Dibuka", "body": body}, {"title": title, "body": news.reworded(body, 30)}
    )
    assert only_pair(documents)["kind"] == kind


def test_versions_of_one_page_are_updates_however_much_changed(news: Any) -> None:
    body = news.text(1, 100)
    documents = news.table(
        {"url_key": "pesisir.example/a", "body": body},
        {"url_key": "pesisir.example/a", "body": body[:300] + " " + news.text(2, 300)},
    )
    pair = only_pair(documents)
    assert pair["kind"] == "update"
    assert pair["jaccard"] < 0.2
    assert merged(documents)


def test_one_address_with_another_article_is_no_update(news: Any) -> None:
    documents = news.table(
        {"url_key": "pesisir.example/", "body": news.text(1)},
        {"url_key": "pesisir.example/", "body": news.text(2)},
    )
    assert only_pair(documents)["kind"] == "rewrite"
    assert not merged(documents)


def test_direction_by_the_source_that_one_names(news: Any) -> None:
    body = news.text(1)
    origin = {"outlet": "Pesisir Kita", "body": body}
    copy = {"outlet": "Kumpulan", "body": news.reworded(body, 40), "syndicated_from": "Pesisir Kita"}
    assert only_pair(news.table(origin, copy))["direction"] == "b_from_a"
    pair = only_pair(news.table(copy, origin))
    assert pair["direction"] == "a_from_b"
    assert "one names Pesisir Kita as its source" in pair["evidence"]


def test_direction_by_time_where_no_source_is_named(news: Any) -> None:
    body = news.text(1)
    early = {"body": body, "published_at": datetime(2026, 3, 1, 2, tzinfo=UTC)}
    late = {"body": news.reworded(body, 40), "published_at": datetime(2026, 3, 1, 5, tzinfo=UTC)}
    pair = only_pair(news.table(late, early))
    assert pair["direction"] == "a_from_b"
    assert "one is 3 h older" in pair["evidence"]
    assert only_pair(news.table(early, {**late, "published_at": None}))["direction"] is None
