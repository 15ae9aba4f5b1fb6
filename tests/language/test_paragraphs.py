from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema
from curation.language.paragraphs import paragraph_findings

LEAD = (
    "Puluhan warga memadati balai desa sejak pagi untuk mendengarkan nasihat sesepuh sebelum kerja bakti dimulai. "
    "Mereka membawa cangkul, sapu, dan nasi bungkus dari rumah masing-masing."
)
QUOTES = {
    "jv": "“Urip ing donya iku mung sawetara, mula aja padha rebutan bandha nganti lali marang sedulur lan tangga "
    "teparo sing lagi nandhang kasusahan.”",
    "su": "“Hirup mah kudu silih tulungan, ulah nepi ka poho ka tatangga anu keur meunang kasusah, sabab urang ogé "
    "hiji waktu bakal butuh ku batur.”",
    "en": "“We came here because the elders asked us to, and because nobody else would clean the river before the "
    "rain comes back next month.”",
    "min": "“Kok iduik di rantau urang, pandai-pandailah mambaok diri, jan sampai tagaduah dek dunsanak surang, "
    "karano indak ado nan ka manolong salain urang kampuang awak juo.”",
    "bjn": "“Amun handak salamat, jangan kada maasi lawan urang tuha, marga sidin sudah banyak marasai pahit manis "
    "hidup, kada kaya kita nang hanyar tumbuh ngini.”",
    "ar": "“Allahumma inni as'aluka ridhaka wal jannah, wa a'udzu bika min sakhathika wan nar, allahumma innaka "
    "'afuwwun karimun tuhibbul 'afwa fa'fu 'anni ya karim.”",
}


def found(*bodies: str, language: str | None = "id") -> list[dict[str, object]]:
    names = [f"d{n}" for n in range(len(bodies))]
    documents = pa.table(
        {"id": names, "body": list(bodies), "language": pa.array([language] * len(bodies), pa.string())}
    )
    return list(paragraph_findings(documents).to_pylist())


@pytest.mark.parametrize("code", sorted(QUOTES))
def test_a_quote_is_a_finding_at_its_place(code: str) -> None:
    body = f"{LEAD}\n\n{QUOTES[code]}\n{LEAD} 🙏"
    [row] = found("Nggih 🙂.", body)
    assert (row["id"], row["kind"], row["rule"]) == ("d1", "paragraph_language", f"paragraph_{code}")
    assert body[row["start"] : row["end"]] == QUOTES[code]  # type: ignore[misc]
    assert 0.9 < row["score"] <= 1  # type: ignore[operator]


def test_a_quote_in_an_article_of_one_line_is_found() -> None:
    body = f"{LEAD} {QUOTES['jv']} {LEAD}"
    [row] = found(body)
    assert body[row["start"] : row["end"]] == QUOTES["jv"]  # type: ignore[misc]


def test_sentences_in_a_row_are_one_finding() -> None:
    line = " ".join([QUOTES["su"]] * 3)
    [row] = found(f"{LEAD}\n{line}\n{QUOTES['jv']}", language="id")[:1]
    assert row["end"] - row["start"] == len(line)  # type: ignore[operator]


def test_arabic_letters_are_a_finding() -> None:
    prayer = (
        "رب زدني علما وارزقني فهما وحفظا واجعلني من عبادك الصالحين وارحمني برحمتك يا أرحم الراحمين يا رب العالمين آمين"
    )
    assert [row["rule"] for row in found(f"{LEAD}\n{prayer}")] == ["paragraph_ar"]


def test_indonesian_in_a_javanese_article_is_a_finding() -> None:
    assert [row["rule"] for row in found(f"{QUOTES['jv']}\n{LEAD}", language="jv")] == ["paragraph_id"]


@pytest.mark.parametrize(
    "body",
    [
        LEAD,
        "",
        "Aja dumeh, kata Lurah Wiryo.",  # too short to be sure
        "Persida 2-1 Persikun, PS Batu Ampar 0-0 Gelora FC, Bina Muda 3-1 Putra Rimba, Tunas FC 1-1 Persela Muda, "
        "Harapan FC 2-2 Garuda Selatan",
        "Elang FC 10-3 5-0 7, Rajawali 8-3 4-1 5, Kancil United 8-5 3-2 3, Badak Rimba 4-5 2-2 1, Banteng 4-6 1-2 0",
        "Wahai anakku, janganlah engkau berjalan di muka bumi dengan sombong, sebab Dia mengetahui apa yang engkau "
        "sembunyikan dan apa yang engkau nyatakan, dan kepada-Nya segala sesuatu dikembalikan.",
        "Lantas lu mau gimana, bro? Gue sih santai aja, soalnya udah biasa nongkrong di situ bareng anak-anak "
        "komplek, terus pulangnya beli gorengan sama es teh buat nyokap.",
        "Menteri itu memakai istilah quick win, game changer, dan good governance dalam rapat kerja, lalu menjelaskan "
        "road map hilirisasi kepada para pemimpin redaksi di kantornya.",
    ],
)
def test_indonesian_of_any_kind_is_none(body: str) -> None:
    assert found(body) == []


def test_a_document_whose_language_is_not_told_has_none() -> None:
    assert found(f"{LEAD}\n{QUOTES['jv']}", language=None) == []
    assert found(f"{LEAD}\n{QUOTES['jv']}", language="tl") == []


def test_the_table_is_the_schema_even_if_empty() -> None:
    nothing = paragraph_findings(pa.table({"id": pa.array([], pa.string()), "body": pa.array([], pa.string()),
                                           "language": pa.array([], pa.string())}))  # fmt: skip
    assert nothing.schema == schema.arrow_schema("findings")
    nulls = pa.table({"id": ["a"], "body": pa.array([None], pa.string()), "language": ["id"]})
    assert paragraph_findings(nulls).num_rows == 0


@given(st.permutations([f"{LEAD}\n{quote}\n{LEAD}" for quote in QUOTES.values()]))
def test_company_changes_no_finding(bodies: list[str]) -> None:
    together = found(*bodies)
    alone = [row | {"id": f"d{n}"} for n, body in enumerate(bodies) for row in found(body)]
    assert together == alone


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), max_size=4))
def test_places_of_any_text_lie_in_it(bodies: list[str]) -> None:
    for row in found(*[f"{body}\n{QUOTES['jv']}\n{body}" for body in bodies]):
        body = bodies[int(str(row["id"])[1:])]
        assert 0 <= row["start"] < row["end"] <= 2 * len(body) + len(QUOTES["jv"]) + 2  # type: ignore[operator]
