"""Results in a notebook: small pieces of HTML that say what came out, whatever the texts hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from lxml import html

import curation
from curation.explain.notebook import marked

SENTENCES = [f"Petugas posko {n} mencatat warga dusun {n} yang pulang dari pengungsian tadi pagi." for n in range(9)]
BODY = "\n\n".join(SENTENCES)
LESS = "\n\n".join([*SENTENCES[:6], "Kata relawan, antrean air bersih masih mengular sampai petang hari."])
ROWS = [
    {"judul": "Air Surut", "isi": f"{BODY}\n\nBaca juga: Hujan Reda di Ambon", "tautan": "https://suluh.example/1"},
    {"judul": "Air Surut Lagi", "isi": f"{LESS}\n\nBaca juga: Hujan Reda\n\n***", "tautan": "https://kabar.example/2"},
    {"judul": "Singkat", "isi": "Jalan ditutup sejak pagi.", "tautan": "https://kabar.example/3"},
    {"judul": "Kosong", "isi": "", "tautan": "https://kabar.example/4"},
]
MARKUP = "</style></div><script>alert(1)</script><img src=x onerror=alert(2)> \"surut\" & 'tenang' <!-- {{ 7 * 7 }}"
UNSEEN = "Air \u202esurut\u202c di\u200b Am\0bon \x1b[31mpagi\x1b[0m ini\u2066 saja \ud7ff\ufeff"
HOSTILE = {
    "markup": f"{MARKUP} " * 200,
    "unseen": f"{UNSEEN} " * 2_000,
    "long word": f"Air {'<' * 100_000} surut di Ambon",
    "signs": "&- " * 20_000 + "<" * 100_000,
    "many edits": "Baca juga: Hujan <b>Reda</b> di Ambon\n\nAir surut.\n\n" * 2_000,
}
TAGS = re.findall(
    r"\w+",
    "b br circle code del details div h3 h4 ins li line p path section span style summary sup svg "
    "table tbody td text th thead tr ul",
)


def results(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One result of each kind."""
    cleaned = curation.clean(pa.Table.from_pylist(rows))
    copies = curation.dedup(cleaned.documents)
    one, other = cleaned.documents["id"].to_pylist()[:2]
    votes = [(unit, who, row["judul"]) for unit, row in enumerate(rows) for who in ("kiri", "kanan")]
    return {
        "clean": cleaned,
        "judge": curation.judge(cleaned.documents, cleaned.findings),
        "dedup": copies,
        "compare": copies.compare(one, other),
        "explain": cleaned.explain(one),
        "agreement": curation.agreement(pd.DataFrame(votes, columns=["unit", "annotator", "value"]), resamples=20),
    }


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return results(ROWS)


def piece(result: Any) -> html.HtmlElement:
    (found,) = html.fragments_fromstring(result._repr_html_())
    return found


def words(element: html.HtmlElement) -> str:
    """What a reader sees."""
    return " ".join(" ".join(element.xpath(".//text()[not(parent::style)]")).split())


def harmless(shown: str) -> None:
    """Nothing that runs, loads, is found by an id, or styles what stands outside."""
    (tree,) = html.fragments_fromstring(shown)
    assert {element.tag for element in tree.iter()} <= set(TAGS)
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in names if name in ("id", "src", "href", "srcdoc", "name") or name.startswith("on")}
    assert {unicodedata.category(sign) for sign in shown if sign not in "\n\t"} & {"Cc", "Cf"} == set()
    (style,) = tree.xpath(".//style")
    assert not re.search(r"url|@import|position|:root", style.text)
    rules = style.text
    while "{" in (inner := re.sub(r"\{[^{}]*\}", ";", rules)):
        rules = inner
    outside = [rule for rule in re.split(r"\{[^{}]*\}", rules) if rule.strip()]
    assert outside
    assert all(rule.strip().startswith("." + tree.get("class")) for rule in outside), outside


@pytest.mark.parametrize("name", ["clean", "judge", "dedup", "compare", "explain", "agreement"])
def test_a_piece_is_small_and_leaves_the_notebook_alone(made: dict[str, Any], name: str) -> None:
    shown = made[name]._repr_html_()
    harmless(shown)
    assert len(shown.encode()) < 30_000


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_of_a_text_becomes_markup_or_makes_a_notebook_heavy(name: str) -> None:
    bad = HOSTILE[name]
    first = {"judul": bad[:3_000], "isi": f"{BODY}\n\n{bad}", "tautan": f"https://kabar.example/{bad[:200]}"}
    rows = [first, {**first, "isi": f"{LESS}\n\n{bad} selesai", "tautan": "https://kabar.example/2"}, ROWS[0]]
    for result in results(rows).values():
        shown = result._repr_html_()
        harmless(shown)
        assert len(shown.encode()) < 100_000


def test_cleaning_tells_what_became_of_every_input_and_what_the_rules_did(made: dict[str, Any]) -> None:
    shown = piece(made["clean"])
    assert shown.xpath(".//h3")[0].text == "4 inputs, 3 articles"
    rows = [words(row) for row in shown.xpath(".//table[1]/tbody/tr")][:4]
    assert rows == ["inputs 4 100%", "rejected 1 25%", "empty 1 25%", "articles 3 75%"]
    rules = {row[0].text_content(): row for row in shown.xpath(".//table[2]/tbody/tr")}
    assert list(rules) == ["baca_juga", "end_mark"]
    assert [cell.text_content() for cell in rules["baca_juga"][1:3]] == ["2", "2"]
    assert rules["baca_juga"].xpath(".//del")[0].text == "Baca juga: Hujan Reda di Ambon"
    first, *others = shown.xpath(".//details[.//div[@class='text']]")
    assert first.get("open") is not None
    assert first.xpath(".//summary")[0].text.strip() == "Air Surut Lagi"
    assert [mark.text for mark in first.xpath(".//del")] == ["Baca juga: Hujan Reda", "***"]
    assert [mark.get("title").partition(":")[0] for mark in first.xpath(".//del")] == ["baca_juga", "end_mark"]
    assert len(others) == 1


def test_kept_and_removed_words_are_the_text_as_it_came(made: dict[str, Any]) -> None:
    found = made["explain"]
    spans = marked(found)
    came = " ".join(found.article["raw"].split())
    ends = [part for part in " ".join(s.text if s.kind != "gap" else "|" for s in spans).split("|") if part.strip()]
    assert len(ends) > 1, "a long stretch is folded"
    at = 0
    for part in ends:
        at = came.index(" ".join(part.split()), at)
    assert came.startswith(" ".join(ends[0].split()))
    assert came.endswith(" ".join(ends[-1].split()))
    gaps = sum(int(s.text.split()[0]) for s in spans if s.kind == "gap")
    assert sum(len(s.text) for s in spans if s.kind != "gap") + gaps == pytest.approx(len(found.article["raw"]), abs=4)


def test_judging_shows_the_limits_that_are_broken(made: dict[str, Any]) -> None:
    shown = piece(made["judge"])
    assert shown.xpath(".//h3")[0].text == "2 of 3 articles pass"
    assert words(shown.xpath(".//tr[@class='loss']")[0]) == "fail 1 33%"
    (head,) = [head for head in shown.xpath(".//h4") if "word_count" in head.text_content()]
    assert "at least 60 (words)" in words(head)
    chart = next(one for one in head.itersiblings() if one.tag == "svg")
    assert chart.xpath(".//*[@class='limit']")
    near = next(one for one in head.itersiblings() if one.tag == "ul")
    assert [words(line)[:13] for line in near] == ["4 out Singkat", "117 in Air Su"]


def test_copies_stand_side_by_side(made: dict[str, Any]) -> None:
    copies = made["dedup"]
    shown = piece(copies)
    assert shown.xpath(".//h3")[0].text == "2 different articles among 3"
    assert [words(row) for row in shown.xpath(".//tr[@class='loss']")] == ["copies of another 1 33%"]
    assert words(shown.xpath(".//table[2]/tbody/tr")[0]).startswith("near a near copy one article 1")
    (pair,) = shown.xpath(".//details[.//div[contains(@class, 'beside')]]")
    only = {mark: words(pair.xpath(f".//{mark}")[-1]) for mark in ("del", "ins")}
    assert "Kata relawan, antrean air bersih" in " ".join(only.values())
    apart = piece(copies.rethreshold(jaccard=0.95, containment=0.95))
    assert apart.xpath(".//h3")[0].text == "3 different articles among 3"
    assert "nearest to a limit" in words(apart).lower()


def test_of_nothing_there_is_little_to_show() -> None:
    cleaned = curation.clean(pa.table({"isi": ["Air surut."]}))
    nothing = cleaned.documents[:0]
    for result in (curation.judge(nothing), curation.dedup(nothing)):
        harmless(result._repr_html_())
    assert piece(curation.judge(nothing)).xpath(".//h3")[0].text == "0 of 0 articles pass"
    assert not piece(cleaned).xpath(".//del[ancestor::td]")
