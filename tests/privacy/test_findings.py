"""The table of finds: its order and places, for any text; and what the kinds have to do with each other."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.privacy import FINDERS, findings

#: pieces that finders look for, to be put together in any way
PIECES = st.sampled_from(
    (
        *(
            "0812-0000-1111",
            "+62 812 0000 1111",
            "(021) 0001112",
            "3270991703920004",
            "01.234.567.8-901.000",
            "1234567890",
        ),
        *(
            "wulan@surat.example",
            "B 1234 AB",
            "N-8123-UZ",
            "Raniya Ulfa (13)",
            "siswi bernama Raniya",
            "berinisial RU (9)",
        ),
        *(
            "rekening",
            "BCA",
            "NPWP",
            "nopol",
            "telepon",
            "anak",
            "tewas",
            "tersangka",
            "sebut saja",
            " ",
            " ",
            "\n",
            ". ",
            ",",
        ),
        *("https://kabar.example/", "Rp", "(", ")", "-", "0", "7", "•", "é", "\u0301", "🚗", "\x00"),
    )
)
TEXTS = st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join)


def documents(*bodies: str) -> pa.Table:
    ids = [f"d{number}" for number in range(len(bodies))]
    return pa.table({"id": ids, "title": pa.nulls(len(ids), pa.string()), "body": pa.array(bodies, pa.string())})


def kinds(body: str) -> list[str]:
    return findings(documents(body))["kind"].to_pylist()


# -- any text -----------------------------------------------------------------------------------------


@given(st.lists(TEXTS, max_size=4))
def test_places_are_inside_the_texts_in_order_and_apart(bodies: list[str]) -> None:
    table = findings(documents(*bodies))
    assert table.schema == schema.arrow_schema("findings")
    rows = [(int(row["id"][1:]), row["start"], row["end"], row["kind"]) for row in table.to_pylist()]
    assert rows == sorted(rows)
    for document, start, end, _ in rows:
        assert 0 <= start < end <= len(bodies[document])
        assert any(one.isalnum() for one in bodies[document][start:end])
    for several in (rows_of for kind in FINDERS if (rows_of := [row for row in rows if row[3] == kind.name])):
        assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(several))
    numbers = [row for row in rows if row[3] != "minor"]
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(numbers))
    assert all(0 < score <= 1 for score in table["score"].to_pylist())


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_batches_and_order_change_nothing(bodies: list[str]) -> None:
    whole = documents(*bodies)
    alone = [findings(whole.slice(row, 1)) for row in range(len(bodies))]
    assert findings(whole) == pa.concat_tables(alone)
    chunked = pa.concat_tables([whole.slice(0, 1), whole.slice(1)])
    assert findings(chunked) == findings(whole)
    backwards = whole.take(list(range(len(bodies)))[::-1])
    assert sorted(findings(backwards).to_pylist(), key=str) == sorted(findings(whole).to_pylist(), key=str)


def test_places_are_code_points() -> None:
    (row,) = findings(documents("🚗 é — Hubungi 0812-0000-1111!")).to_pylist()
    assert (row["start"], row["end"]) == (14, 28)


def test_no_documents() -> None:
    assert findings(documents()) == schema.empty("findings")


# -- one place, one kind ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Rekening atas nama pemilik NIK 3270991703920004 dibekukan.", "nik"),
        ("Rekening BRI 3270991703920004 dibekukan.", "nik"),
        ("Hubungi 081200001111@surat.example untuk mendaftar.", "email"),
        ("NPWP 3270991703920004 kini sama dengan nomor KTP.", "nik"),
        ("Rekening Bank Mandiri: 01.234.567.8-901.000.", "npwp"),
        ("Kirim ke rekening BCA 0812000011112 milik bendahara.", "bank_account"),
        ("Rekening diblokir, hubungi 0812-0000-1111.", "phone"),
        ("Mobil berpelat B 1234 AB milik nasabah BCA.", "plate"),
    ],
)
def test_the_longer_and_more_specific_find_wins(body: str, kind: str) -> None:
    assert kinds(body) == [kind]


def test_what_is_for_review_competes_with_nothing() -> None:
    body = "Korban Raniya Ulfa (13), siswi SMP, dianiaya; NIK 3270991703920004 dan nopol B 1234 AB dicatat."
    assert kinds(body) == ["minor", "nik", "plate"]


def test_offices_score_less_than_people() -> None:
    def scores(body: str) -> list[float]:
        return findings(documents(body))["score"].to_pylist()

    assert scores("Tulis ke redaksi@kabar.example atau wulan@surat.example.") == [0.5, 1.0]
    assert scores("Hubungi call center 0812-0000-1111.") == [0.5]
    assert scores("Ponselnya, 0812-0000-1111, mati.") == [1.0]
    assert scores("Donasi lewat rekening BNI 1234567890.") == [0.5]
    assert scores("Raniya (13), siswi SMP, tewas tenggelam.") == [0.5]


# -- real texts ---------------------------------------------------------------------------------------


def test_real_articles_hold_few_and_no_nik() -> None:
    path = Path(__file__).parents[2] / "../shared/data/articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the real input is not here: ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        raws = [json.loads(line)["text"] for line in lines]
    found = findings(documents(*raws))
    assert len(raws) > 3_900
    concerned = {kind.name: 0 for kind in FINDERS}
    for kind, _ in set(zip(found["kind"].to_pylist(), found["id"].to_pylist(), strict=True)):
        concerned[kind] += 1
    assert concerned["nik"] == concerned["npwp"] == 0
    assert 20 <= concerned["plate"] <= 60
    assert all(1 <= concerned[kind] <= 30 for kind in ("email", "phone", "bank_account", "minor"))
