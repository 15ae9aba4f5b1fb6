"""The verbs of the Python API: pandas in gives pandas out, Arrow gives Arrow, and both say the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

import curation
from curation.errors import ConfigError, UsageError

BODY = " ".join(f"Warga Desa Rimbo nomor {n} memanen padi di lembah sejak pagi." for n in range(12))
ROWS = {
    "judul": ["Panen Padi", "Panen Padi Lagi", "Jalan Ditutup"],
    "isi": [
        f"AMBON - {BODY}\nBaca juga: Harga Beras Turun di Pasar Induk",
        f"{BODY}***",
        "Jalan ditutup.\n(abc/def)\nbanjir ambon",
    ],
    "tautan": [f"https://www.kabar.example/{n}" for n in range(3)],
}


@pytest.fixture(scope="module")
def arrow() -> curation.frame.Result:
    return curation.clean(pa.table(ROWS))


def test_pandas_and_arrow_say_the_same(arrow: curation.frame.Result) -> None:
    frames = curation.clean(pd.DataFrame(ROWS))
    assert isinstance(frames.documents, pd.DataFrame)
    assert isinstance(arrow.documents, pa.Table)
    bodies = [f"AMBON - {BODY}", BODY, "Jalan ditutup."]
    assert frames.documents["body"].tolist() == arrow.documents["body"].to_pylist() == bodies
    assert curation.judge(frames.documents).verdicts["keep"].tolist() == [True, True, False]
    clusters = curation.dedup(frames.documents, threshold=0.9).clusters
    assert sorted(clusters["size"].tolist()) == [1, 2, 2]
    assert curation.dedup(arrow.documents).clusters["size"].to_pylist() == clusters["size"].tolist()


def test_undo_gives_raw_without_being_given_raw(arrow: curation.frame.Result) -> None:
    raws = dict(zip(arrow.articles["id"].to_pylist(), arrow.articles["raw"].to_pylist(), strict=True))
    assert sorted(raws.values()) == sorted(ROWS["isi"])
    for row in arrow.documents.to_pylist():
        edits = arrow.edits.filter(pa.compute.equal(arrow.edits["id"], row["id"]))
        assert curation.undo(row["body"], edits) == raws[row["id"]]
        assert curation.undo(row["body"], edits.to_pandas()) == raws[row["id"]]


def test_settings_can_be_given(arrow: curation.frame.Result) -> None:
    kept = curation.clean(pa.table(ROWS), rules__disable=["end_mark"])
    assert kept.documents["body"][1].as_py().endswith("***")
    verdicts = curation.judge(arrow.documents, quality__word_count__min=1).verdicts
    assert "word_count" not in verdicts["reasons"][2].as_py()
    with pytest.raises(ConfigError, match="unknown key"):
        curation.clean(pa.table(ROWS), rules__disabel=["end_mark"])


def test_a_frame_of_ones_own_needs_little(arrow: curation.frame.Result) -> None:
    own = pd.DataFrame({"id": ["a", "b"], "body": [BODY, BODY]})
    assert curation.dedup(own).pairs["kind"].tolist() == ["exact"]
    assert curation.judge(own).verdicts["keep"].tolist() == [True, True]
    with pytest.raises(UsageError, match=r"lacks the column.*id"):
        curation.dedup(own.drop(columns="id"))
    with pytest.raises(UsageError, match="a pandas frame or an Arrow table"):
        curation.clean(7)


def test_a_result_shows_itself(arrow: curation.frame.Result) -> None:
    assert repr(arrow).startswith("Cleaned(articles: 3 rows, rejected: 0 rows")
    assert set(arrow.to_pandas()) == {"articles", "rejected", "documents", "edits", "metadata", "findings"}
    with pytest.raises(AttributeError, match="there are: articles"):
        arrow.nothing  # noqa: B018 (the attribute is what is tested)


def test_what_was_read_can_be_cleaned(tmp_path: Path, arrow: curation.frame.Result) -> None:
    path = tmp_path / "kabar.parquet"
    pa.parquet.write_table(pa.table(ROWS), path)
    articles = curation.read(path)
    assert set(ROWS["isi"]) == set(articles["raw"].to_pylist())
    for given in (articles, articles.to_pandas()):
        cleaned = curation.clean(given, rules__disable=["end_mark"])
        assert [len(table) for table in (cleaned.articles, cleaned.rejected)] == [3, 0]
        bodies = list(cleaned.documents["body"]) if cleaned.pandas else cleaned.documents["body"].to_pylist()
        assert bodies == [f"AMBON - {BODY}", f"{BODY}***", "Jalan ditutup."]
    assert arrow.documents["id"].to_pylist() == [row["id"] for row in arrow.articles.to_pylist()]


def test_a_raw_file_may_be_called_articles(tmp_path: Path) -> None:
    """A folder with it is no folder that an earlier verb wrote."""
    pa.parquet.write_table(pa.table(ROWS), tmp_path / "articles.parquet")
    assert sorted(curation.clean(tmp_path).articles["raw"].to_pylist()) == sorted(ROWS["isi"])


def test_one_article_can_be_explained(arrow: curation.frame.Cleaned) -> None:
    key = arrow.documents["id"][2].as_py()
    for name in (key, key[:8], ROWS["tautan"][2]):
        found = arrow.explain(name)
        assert (found.article["raw"], found.document["body"]) == (ROWS["isi"][2], "Jalan ditutup.")
        assert [edit.rule for edit in found.edits if not edit.is_quiet] == ["initials", "initials"]
        assert found.why.startswith("fails word_count")
    assert repr(found) == f"Explanation({key}, not_selected_yet)"
    assert "Text as it came" in str(found)
    strict = curation.clean(pa.table(ROWS), quality__word_count__min=1000).explain(ROWS["tautan"][0])
    assert "fails word_count" in strict.why
    with pytest.raises(UsageError, match="nothing is known by 'zz'"):
        arrow.explain("zz")


def test_what_was_rejected_says_why() -> None:
    cleaned = curation.clean(pa.table({"isi": ["Air surut di Ambon.", ""]}))
    (row,) = cleaned.rejected.to_pylist()
    assert cleaned.explain(row["source_ref"]).why.startswith("empty")


def test_the_verb_is_there_whatever_was_imported_first() -> None:
    import curation.dedup.shingle

    assert curation.dedup.shingle.SPEC
    assert curation.dedup(pa.table({"id": ["a"], "body": [BODY]})).clusters.num_rows == 1


# -- copies -------------------------------------------------------------------------------------------


def told(n: int, reworded: int) -> str:
    """Ten sentences of their own, the last of them in other words."""
    lines = [f"Petugas posko {n} mencatat warga dusun {n}-{i} yang pulang dari pengungsian tadi." for i in range(10)]
    other = [f"Kata relawan {n}{i}, antrean air bersih masih mengular sampai petang." for i in range(10)]
    return "\n".join([*lines[: 10 - reworded], *other[10 - reworded :]])


@pytest.fixture(scope="module")
def corpus() -> pd.DataFrame:
    rows = [(f"{n}{side}", told(n, reworded)) for n in range(6) for side, reworded in (("a", 0), ("b", n))]
    frame = pd.DataFrame(rows, columns=["id", "body"])
    return frame.assign(published_at=pd.date_range("2026-03-01", periods=len(frame), tz="UTC"), title="Posko")


def test_other_limits_give_what_they_would_have_given_at_once(corpus: pd.DataFrame) -> None:
    documents = pa.Table.from_pandas(corpus)
    copies = curation.dedup(documents)
    kept = set()
    for jaccard in (0.5, 0.6, 0.9):
        again, anew = copies.rethreshold(jaccard=jaccard), curation.dedup(documents, threshold=jaccard)
        assert again.pairs.equals(anew.pairs)
        assert again.clusters.equals(anew.clusters)
        # and back
        assert again.rethreshold(jaccard=0.7).pairs.equals(copies.pairs)
        kept.add(len(set(copies.rethreshold(jaccard=jaccard, containment=0.95).clusters["cluster_id"].to_pylist())))
    assert len(kept) == 3
    with pytest.raises(UsageError, match=r"dedup\.jaccard can't be 0\.1"):
        copies.rethreshold(jaccard=0.1)


def test_copies_near_a_limit_come_as_the_frame_that_was_given(corpus: pd.DataFrame) -> None:
    near = curation.dedup(corpus).borderline(3)
    assert isinstance(near, pd.DataFrame)
    assert near["distance"].is_monotonic_increasing
    assert near["flip"].str.contains("limit").all()
    arrow = curation.dedup(pa.Table.from_pandas(corpus)).borderline(3)
    assert arrow.to_pylist() == near.to_dict("records")


def test_copies_show_themselves_side_by_side(corpus: pd.DataFrame) -> None:
    copies = curation.dedup(corpus)
    assert repr(copies).startswith("Copies(pairs: ")
    assert set(copies.to_pandas()) == {"pairs", "clusters"}
    shown = copies.compare("1b", "1a")
    assert (shown.a["id"], shown.b["id"], shown.pair and shown.pair["kind"]) == ("1a", "1b", "near")
    assert "Kata relawan 19," in str(shown)
    assert copies.compare("0a", "5b").pair is None
    with pytest.raises(UsageError, match="no document has the id 'zz'"):
        copies.compare("0a", "zz")


def test_a_plain_script_needs_no_guard(tmp_path: Path) -> None:
    """More articles than one batch go to other processes, which must not run the script again."""
    script = tmp_path / "susun.py"
    lines = [
        "import curation, pandas as pd",
        "print('mulai')",
        "bodies = [f'Air di dusun {n} surut sejak pagi, kata kepala dusun {n}.' for n in range(2_100)]",
        "made = curation.clean(pd.DataFrame({'text': bodies}), engine__workers=2)",
        "print(len(made.documents), __file__.endswith('susun.py'))",
    ]
    script.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["mulai", "2100", "True"]
