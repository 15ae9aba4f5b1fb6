"""The public flavour: same ids, same number, no text that rights withhold, and nothing it could be guessed from."""

from __future__ import annotations

import hashlib
import itertools
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from curation import schema, store
from curation.check.tables import check_released
from curation.errors import DataError
from curation.release.papers.card import load_card
from curation.release.public.pieces import PIECE, text_hash
from curation.release.public.publish import load_key, publish_public
from curation.release.publish import Sources
from curation.release.rights import Rights, Terms, load_rights
from curation.release.verify import verify

KEY = b"k" * 32
LONG = "Pedagang Pasar Rawajati menata lapak sejak subuh. " * 4
#: short enough to be guessed by who tries all combinations of a few words
SHORT = "Warga pulang."


def published(internal: Path, rights: Rights | None = None, *, key: bytes = KEY, with_urls: bool = True) -> Any:
    root = internal.parents[2]
    return publish_public(
        internal,
        Sources(released=root / "released.parquet"),
        rights=load_rights(root / "rights.toml") if rights is None else rights,
        card=load_card(root / "card.toml"),
        key=key,
        with_urls=with_urls,
        check=partial(check_released, public=True),
    )


@pytest.fixture
def folder(workspace) -> Path:
    """Bodies of several paragraphs, some of them short; one body is short as a whole."""
    made = workspace()
    rows = store.read_table(made / "released.parquet").to_pylist()
    for i, row in enumerate(rows):
        body = SHORT if i == 0 else f"{row['body']}\n\n{LONG.strip()} {i}.\n\n{SHORT}"
        row |= {"body": body, "text_sha256": hashlib.sha256(body.encode()).hexdigest(), "byline": "Wulan Sari"}
    store.write_table(made / "released.parquet", schema.from_rows("released", rows))
    return made


@pytest.fixture
def internal(folder, release) -> Path:
    return release(folder).folder


def everything(place: Path) -> str:
    """All that can be read in a release."""
    texts = [
        path.read_text(encoding="utf-8") for path in place.rglob("*") if path.is_file() and path.suffix != ".parquet"
    ]
    tables = [store.read_table(path) for path in place.rglob("*.parquet")]
    return "\n".join(texts) + "\n".join(json.dumps(t.to_pylist(), default=str, ensure_ascii=False) for t in tables)


def test_both_flavours_have_the_same_ids_and_number(internal):
    made = published(internal)
    assert made.folder == internal.parent.with_name("pasar-public") / internal.name
    assert verify(made.folder, deep=True) == []
    ids = [store.read_table(place / "data/default", ["id", "split"]).sort_by("id") for place in (internal, made.folder)]
    assert ids[0].equals(ids[1])
    told = json.loads((made.folder / "MANIFEST.json").read_text())
    assert told["internal"]["logical_digest"] == json.loads((internal / "MANIFEST.json").read_text())["logical_digest"]
    again = published(internal)
    assert (again.folder, again.is_new) == (made.folder, False)
    with pytest.raises(DataError, match="other content"):
        published(internal, Rights())


def test_rights_decide(internal):
    made = published(internal).folder
    for row in store.read_table(made / "data/default").to_pylist():
        known = {"Detak": "full", "Suluh Malam": "excerpt"}.get(row["outlet"], "withheld")
        assert row["text_access"] == known
        withheld = known == "withheld"
        assert [row[name] is None for name in ("body", "title", "byline")] == [withheld] * 3
        assert (row["tags"] == []) if withheld else True
        assert len(row["body"] or "") == {"full": row["n_chars"], "excerpt": min(20, row["n_chars"])}.get(known, 0)


def test_addresses_can_be_kept_back(internal):
    rows = store.read_table(published(internal, with_urls=False).folder / "data/default").to_pylist()
    assert all(row["url"] is None and len(row["url_hash"]) == 16 for row in rows)
    assert len({row["url_hash"] for row in rows}) == len(rows)


def test_nothing_of_a_withheld_text_is_there(internal):
    made = published(internal, Rights()).folder
    told = everything(made)
    for body in store.read_table(internal / "data/default", ["body"])["body"].to_pylist():
        words = body.split()
        for run in zip(*(words[i:] for i in range(4)), strict=False):
            assert " ".join(run) not in told
    assert "Wulan" not in told


def test_no_hash_can_be_guessed_from_address_and_dictionary(internal):
    """An attacker knows every address, and tries all short texts made of their words and of common ones."""
    made = published(internal, Rights()).folder
    rows = store.read_table(made / "data/default").to_pylist()
    answers = store.read_table(made / "data/annotations").to_pylist()
    hashes = {piece["hash"] for row in rows for piece in row["pieces"]}
    hashes |= {row["text_sha256"][:16] for row in rows if row["text_sha256"]}
    hashes |= {row["text_sha256"][:16] for row in answers if row["text_sha256"]}
    hashes |= {row["quote_hash"] for row in answers if row["quote_hash"]}
    slugs = {word for row in rows for word in row["url"].replace("/", " ").replace("-", " ").split()}
    words = sorted(slugs | {"JAKARTA", "Jakarta", "Warga", "pulang.", "Harga", "cabai", "naik", "Pasar", "Induk"})
    guesses = {" ".join(some) for n in (1, 2, 3) for some in itertools.permutations(words, n)} | {SHORT, "JAKARTA"}
    assert SHORT in guesses
    assert not {guess for guess in guesses if text_hash(guess) in hashes}
    # the check itself finds what is there: a text so long that nobody guesses it
    known = store.read_table(internal / "data/default", ["body"])["body"].to_pylist()
    assert any(text_hash(body) in hashes for body in known if len(body) >= PIECE)
    assert {row["text_sha256"] for row in rows if row["n_chars"] < PIECE} == {None}


def test_hashes_of_short_quotes_are_keyed(internal):
    one = store.read_table(published(internal, Rights()).folder / "data/annotations")["quote_hash"].to_pylist()
    assert text_hash("JAKARTA") not in one
    assert None not in one


def test_a_key_is_made_once_and_only_for_us(tmp_path):
    key = load_key(tmp_path / "state")
    assert load_key(tmp_path / "state") == key
    assert len(key) == 32
    assert (tmp_path / "state/release.key").stat().st_mode & 0o777 == 0o600
    assert KEY.hex() not in key.hex()


def test_excerpts_of_masked_texts_are_masked(folder, release):
    terms = Terms(text="excerpt", licence="CC-BY-4.0", excerpt=9)
    made = published(release(folder).folder, Rights(default=terms)).folder
    assert {len(row["body"]) for row in store.read_table(made / "data/default").to_pylist()} == {9}
