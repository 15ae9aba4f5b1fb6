"""Masked releases: as long as before, nothing else touched, and no way back to what was masked."""

from __future__ import annotations

import hashlib
import json
import typing
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import schema, store
from curation.check.tables import check_released
from curation.config import Release
from curation.errors import DataError, UsageError
from curation.privacy import MASKABLE, findings
from curation.release.manifest import Origin
from curation.release.mask import MARK, check_kinds, mask
from curation.release.papers.card import load_card
from curation.release.publish import Sources, publish
from curation.release.rights import load_rights
from curation.release.verify import verify

PHONE = "0812-0000-1111"
EMAIL = "wulan@surat.example"
BODY = f"Wulan menerima telepon dari {PHONE} dan surel dari {EMAIL} 😀 pada Senin."


def digest(text: str) -> str:
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


@pytest.fixture
def private(workspace):
    """A workspace whose first full text has a telephone number and an address; its number is in the title, too."""
    folder = workspace()
    table = store.read_table(folder / "released.parquet")
    rows = table.to_pylist()
    at = next(number for number, row in enumerate(rows) if row["outlet"] == "Detak")
    key = rows[at]["id"]
    rows[at] |= {"body": BODY, "title": f"Teror dari {PHONE} terus berlanjut", "text_sha256": digest(BODY)}
    released = schema.from_rows("released", rows)
    store.write_table(folder / "released.parquet", released)
    answers = store.read_table(folder / "annotations.parquet").to_pylist()[:1]
    start = BODY.index(PHONE)
    spans = [(start + 5, start + 20, "body"), (0, 5, "text"), (start, len(BODY), "body"), (11, 25, "title")]
    answers = [
        answers[0]
        | {"document_id": key, "annotation_id": f"a{number}", "field": field, "start": first, "end": last}
        | {"text_sha256": digest(BODY), "quote": (BODY if field != "title" else rows[at]["title"])[first:last]}
        for number, (first, last, field) in enumerate(spans)
    ]
    answers += [answers[0] | {"annotation_id": "a4", "text_sha256": "of another version"}]
    answers += [answers[0] | {"annotation_id": "a5", "start": None, "end": None, "quote": None, "field": None}]
    store.write_table(folder / "annotations.parquet", schema.from_rows("annotations", answers))
    return folder, key


def published(folder, kinds, version="1.0.0", rights=None, into="releases"):
    names = ("released", "annotations", "labels", "selection")
    return publish(
        Sources(**{name: folder / f"{name}.parquet" for name in names}),
        folder / into,
        name="pasar",
        version=version,
        date="2025-07-01",
        rights=rights or load_rights(folder / "rights.toml"),
        card=load_card(folder / "card.toml"),
        origin=Origin(inputs={"b1": "1"}, config="2", code="3"),
        check=check_released,
        mask=kinds,
    ).folder


def rows_of(folder, config):
    return {
        row["id" if config == "default" else "annotation_id"]: row
        for row in store.read_table(folder / "data" / config).to_pylist()
    }


# -- any text -----------------------------------------------------------------------------------------

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair))), max_size=4)


@given(st.text(max_size=40), SPANS)
def test_masking_keeps_length_and_touches_letters_and_digits_inside_alone(text, spans):
    masked = mask(text, spans)
    assert len(masked) == len(text)
    inside = {place for start, end in spans for place in range(start, end)}
    for place, (before, after) in enumerate(zip(text, masked, strict=True)):
        assert after == (MARK if place in inside and before.isalnum() else before)
    assert mask(masked, spans) == masked


@pytest.mark.parametrize("kind", MASKABLE)
def test_what_is_masked_is_not_found_again(kind):
    body = (
        f"NIK 3270991703920004, NPWP 01.234.567.8-901.000, rekening BCA 1234567890, hubungi {PHONE} atau {EMAIL}; "
        "mobil bernopol B 1234 AB."
    )
    table = pa.table({"id": ["d"], "title": [""], "body": [body]})
    spans = [(row["start"], row["end"]) for row in findings(table).to_pylist() if row["kind"] == kind]
    assert len(spans) == 1
    again = findings(pa.table({"id": ["d"], "title": [""], "body": [mask(body, spans)]}))
    assert sorted([*again["kind"].to_pylist(), kind]) == sorted(MASKABLE)


# -- a release ----------------------------------------------------------------------------------------


def test_bodies_titles_and_digests_are_masked(private):
    folder, key = private
    before = {row["id"]: row for row in store.read_table(folder / "released.parquet").to_pylist()}
    made = published(folder, ["phone"])
    rows = rows_of(made, "default")
    row = rows[key]
    assert row["body"] == BODY.replace(PHONE, "••••-••••-••••")
    assert row["title"] == "Teror dari ••••-••••-•••• terus berlanjut"
    assert row["text_sha256"] == digest(row["body"])
    assert row["n_words"] == before[key]["n_words"]
    others = [key for key, row in rows.items() if row["text_sha256"] == before[key]["text_sha256"]]
    assert len(others) == len(rows) - 1
    assert all(rows[key]["title"] == before[key]["title"] for key in others)
    assert all(rows[key]["body"] == before[key]["body"] for key in others if rows[key]["text_access"] == "full")
    assert verify(made, deep=True) == []


def test_quotes_are_masked_as_their_texts_are(private):
    folder, key = private
    made = published(folder, ["phone", "email"])
    body = rows_of(made, "default")[key]["body"]
    answers = rows_of(made, "annotations")
    for name in ("a0", "a1", "a2"):
        row = answers[name]
        assert row["quote"] == body[row["start"] : row["end"]]
        assert row["text_sha256"] == digest(body)
    assert answers["a0"]["quote"].startswith("••••-•••• dan")
    assert answers["a1"]["quote"] == "Wulan"
    assert answers["a3"]["quote"] == "••••-••••-••••"
    assert (answers["a4"]["quote"], answers["a4"]["text_sha256"]) == (None, "of another version")
    assert answers["a5"]["quote"] is None


def test_nothing_masked_is_left_in_any_file(private):
    folder, _ = private
    made = published(folder, ["phone", "email"])
    whole = json.dumps([rows_of(made, "default"), rows_of(made, "annotations")], default=str, ensure_ascii=False)
    whole += "".join(
        path.read_text(encoding="utf-8") for path in made.rglob("*") if path.suffix in (".md", ".json", ".cff")
    )
    for secret in (PHONE, EMAIL, digest(BODY)):
        assert secret not in whole


def test_a_number_in_the_title_alone_is_masked(private):
    folder, _ = private
    rows = store.read_table(folder / "released.parquet").to_pylist()
    rows[-1]["title"] = f"Waspada {PHONE}"
    store.write_table(folder / "released.parquet", schema.from_rows("released", rows))
    made = published(folder, ["phone"])
    assert rows_of(made, "default")[rows[-1]["id"]]["title"] == "Waspada ••••-••••-••••"
    assert json.loads((made / "MANIFEST.json").read_text())["masked"] == {"phone": 3}


def test_the_card_tells_kinds_and_counts(private):
    folder, _ = private
    made = published(folder, ["phone", "nik"])
    text = (made / "README.md").read_text(encoding="utf-8")
    assert "## Private data" in text
    assert "| phone | 2 |" in text
    assert "| nik | 0 |" in text
    assert json.loads((made / "MANIFEST.json").read_text())["masked"] == {"phone": 2, "nik": 0}


def test_nothing_is_masked_unless_it_is_asked_for(private):
    folder, key = private
    made = published(folder, [])
    assert rows_of(made, "default")[key]["body"] == BODY
    assert rows_of(made, "annotations")["a0"]["text_sha256"] == digest(BODY)
    assert "Private data" not in (made / "README.md").read_text(encoding="utf-8")


def test_the_same_again_is_the_same_and_another_choice_is_another_version(private):
    folder, _ = private
    first = published(folder, ["phone"])
    assert published(folder, ["phone"], version=None) == first
    with pytest.raises(DataError, match="a version never changes"):
        published(folder, ["phone", "nik"])
    elsewhere = published(folder, ["phone"], into="again")
    assert store.file_digest(first / "MANIFEST.json") == store.file_digest(elsewhere / "MANIFEST.json")


# -- what can't be masked -----------------------------------------------------------------------------


def test_children_are_never_masked_by_themselves():
    with pytest.raises(UsageError, match=r"'minor' can't be masked\. It is for people"):
        check_kinds(["minor"])


def test_an_unknown_kind_is_told_with_the_nearest(private):
    folder, _ = private
    with pytest.raises(UsageError, match=r"unknown kind of private data 'fone'\. Did you mean 'phone'\?"):
        published(folder, ["fone"])
    with pytest.raises(UsageError, match="Known: email, nik"):
        check_kinds(["x"])


def test_the_settings_know_the_same_kinds():
    hint = typing.get_type_hints(Release)["mask"]
    assert set(typing.get_args(typing.get_args(hint)[0])) == set(MASKABLE)
