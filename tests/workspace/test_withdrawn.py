"""The ledger of what was withdrawn: only ever added to, without text or name, and good at recognising."""

from __future__ import annotations

import pytest

from curation import schema
from curation.errors import InputError, UsageError
from curation.workspace import withdrawn
from curation.workspace.withdrawn import Entry, Withdrawn, add_withdrawn, read_withdrawn, sha256, text_sha256

TEXT = "Warga Dusun Wetan menanam bakau di muara kali sejak pagi buta. " * 3
GONE = Entry(
    reason="person", date="2026-03-09", scope="url", id="0f" * 8, url_key_sha256=sha256("warta.example/bakau"),
    raw_sha256=text_sha256(TEXT), source_sha256="5" * 64,
)  # fmt: skip


def test_lines_are_added_and_never_changed(tmp_path):
    assert read_withdrawn(tmp_path).entries == ()
    add_withdrawn(tmp_path, [GONE])
    before = (tmp_path / "withdrawn.jsonl").read_bytes()
    add_withdrawn(tmp_path, [GONE])  # after a kill
    assert (tmp_path / "withdrawn.jsonl").read_bytes() == before
    other = Entry(reason="court", date="2026-04-01", scope="site", site_sha256=sha256("warta.example"))
    add_withdrawn(tmp_path, [other])
    assert (tmp_path / "withdrawn.jsonl").read_bytes().startswith(before)
    assert read_withdrawn(tmp_path).entries == (GONE, other)
    assert "warta" not in (tmp_path / "withdrawn.jsonl").read_text()


def test_a_damaged_ledger_stops_everything(tmp_path):
    (tmp_path / "withdrawn.jsonl").write_text('{"reason": "person"\n')
    with pytest.raises(InputError, match="backup"):
        read_withdrawn(tmp_path)


@pytest.mark.parametrize(
    ("by", "found"),
    [
        ({"id_": "0f" * 8}, True),
        ({"id_": "0e" * 8}, False),
        ({"id_": "0e" * 8, "url_key": "warta.example/bakau"}, True),
        ({"id_": "0e" * 8, "raw": TEXT}, True),
        ({"id_": "0e" * 8, "raw": TEXT + "."}, False),
        ({"id_": "0e" * 8, "source_sha256": "5" * 64}, True),
        ({"site": "warta.example"}, False),
    ],
)
def test_an_article_is_known_by_any_of_its_marks(by, found):
    assert (Withdrawn((GONE,)).find(**by) is GONE) == found


def test_a_stub_is_not_told_by_its_text():
    assert text_sha256("Halaman tidak ditemukan") is None
    assert text_sha256(None) is None


def test_a_site_is_withdrawn_with_what_lies_below_it_and_no_page_for_it():
    ledger = Withdrawn(
        (Entry(reason="publisher", date="2026-03-09", scope="site", site_sha256=sha256("warta.example")),)
    )
    assert ledger.find(site="daerah.warta.example")
    assert not ledger.find(site="lainwarta.example")
    assert not ledger.find(site="example")
    assert not ledger.find(url_key="warta.example")  # the front page of another kind of entry


def test_the_rows_of_a_table():
    common = {"outlet": "Warta", "batch": "b", "first_seen": "b", "authors": [], "tags": [], "source_ref": "b:1",
              "extractor": "none", "n_replaced": 0, "pages": 1}  # fmt: skip
    rows = [
        {**common, "id": "0e" * 8, "raw": TEXT, "source_sha256": "1" * 64},
        {**common, "id": "0d" * 8, "raw": "Lain.", "source_sha256": "2" * 64},
    ]
    table = schema.from_rows("articles", rows)
    assert Withdrawn((GONE,)).of(table) == [GONE, None]
    assert Withdrawn().of(table) == [None, None]


def test_nothing_goes_on_while_a_withdrawal_is_half_done(tmp_path):
    withdrawn.refuse_unfinished(tmp_path)
    withdrawn.begin(tmp_path, {"ids": []})
    with pytest.raises(UsageError, match="curation withdraw --yes"):
        withdrawn.refuse_unfinished(tmp_path)
    withdrawn.end(tmp_path)
    withdrawn.refuse_unfinished(tmp_path)
    assert withdrawn.unfinished(tmp_path) is None
