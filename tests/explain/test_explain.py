"""One document, whole: how it is found, what is told of it, and that nothing is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation import config
from curation.errors import UsageError
from curation.explain.explanation import Explanation, explain, explain_file
from curation.explain.marked import marked_text
from curation.explain.pieces import pieces
from curation.explain.text import explanation_text
from curation.workspace import Workspace

URL = "https://www.kabardesa.example/banjir"
COPY = "https://wartahilir.example/air-surut"
SHORT = "https://kabardesa.example/pendek"


def key_of(workspace: Workspace, url: str) -> str:
    return str(explain(workspace, url).article["id"])


def test_every_name_of_a_document_finds_it(workspace: Workspace) -> None:
    key = key_of(workspace, URL)
    names = [
        key,
        key[:6],
        "http://m.kabardesa.example/banjir?utm_source=x",
        "kabardesa.example/banjir",
        "malam-1.jsonl:1",
    ]
    assert {explain(workspace, name).article["id"] for name in names} == {key}


def test_all_that_was_done_is_told(workspace: Workspace) -> None:
    found = explain(workspace, URL)
    assert (found.outcome, found.why) == ("selected", "selected")
    told = [(edit.rule, edit.line, edit.whole_lines, edit.removed) for edit in found.edits if not edit.is_quiet]
    assert told == [
        ("baca_juga", 2, True, "Baca juga: Harga Beras Turun di Pasar Induk"),
        ("role", 8, True, "Editor: Ratri"),
    ]
    assert all(edit.summary for edit in found.edits)
    assert ("dateline", "AMBON") in {(row["field"], row["value"]) for row in found.metadata}
    assert {m.verdict for m in found.measures} <= {"ok", "no limit"}
    assert "ok" in {m.verdict for m in found.measures}
    text = explanation_text(found)
    for edit in found.edits:
        assert edit.is_quiet or edit.removed.strip() in text
    assert "line 2       baca_juga" in text
    assert 'Remove "Baca juga:"' in text


@pytest.mark.parametrize("url", [URL, COPY, SHORT])
def test_the_pieces_make_raw_and_body(workspace: Workspace, url: str) -> None:
    found = explain(workspace, url)
    for values in (False, True):
        made = list(pieces(found, values=values))
        assert "".join(piece.text for piece in made if piece.kind != "inserted") == found.article["raw"]
        assert "".join(piece.text for piece in made if piece.kind != "removed") == found.document["body"]


def test_a_repair_is_shown_in_its_context(workspace: Workspace) -> None:
    text = explanation_text(explain(workspace, COPY))
    assert " Senin pagi.Kepala desa" in text
    assert " Senin pagi. Kepala desa" in text


def test_copies_know_each_other_from_both_sides(workspace: Workspace) -> None:
    one, other = explain(workspace, URL), explain(workspace, COPY)
    assert one.cluster_size == other.cluster_size == 2
    assert one.pairs == other.pairs
    assert {row["id"] for row in one.members} == {one.article["id"], other.article["id"]}
    assert [row["keeper"] for row in one.members] == [True, False]
    assert other.outcome == "duplicate"
    text = explanation_text(other)
    assert f"duplicate of {one.article['id']}" in text
    assert "Cluster of 2" in text
    assert f"{one.article['id']}  near" in text


def test_a_decision_comes_with_its_author_and_the_limit_that_it_overrules(workspace: Workspace) -> None:
    found = explain(workspace, SHORT)
    assert found.outcome == "selected"
    assert [decision.who for decision in found.decisions] == ["Dewi"]
    assert {m.name: m.verdict for m in found.measures}["word_count"] == "too low"
    text = explanation_text(found)
    assert "selected: kept by Dewi: tetap berita" in text
    assert "at least 60     too low" in text


def test_limits_of_this_call_are_the_ones_shown(workspace: Workspace) -> None:
    found = explain(workspace, SHORT, config.load(overrides=("quality.word_count.min=1",)))
    assert {m.name: (m.min, m.verdict) for m in found.measures}["word_count"] == (1.0, "ok")


def test_what_was_rejected_says_why(workspace: Workspace) -> None:
    repeat = explain(workspace, "malam-1.jsonl:4")
    assert repeat.outcome == "rejected"
    assert key_of(workspace, URL) in repeat.why
    broken = explanation_text(explain(workspace, "malam-2.jsonl:2"))
    assert broken.startswith("rejected: malformed: ")
    assert "malam-2" in broken


def test_a_document_in_quarantine_is_shown_as_it_would_be_cleaned(workspace: Workspace) -> None:
    found = explain(workspace, "https://kabardesa.example/lain")
    assert found.outcome == "quarantined"
    assert "malam-2" in found.why
    assert found.document["body"] == "Air surut."
    assert "Not cleaned yet" in explanation_text(found)


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (URL + "-muara", URL),
        ("malam-1.jsonl:77", "malam-1.jsonl:"),
        ("entah di mana", "Give an id, a URL"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(workspace: Workspace, key: str, answer: str) -> None:
    with pytest.raises(UsageError, match="is known by") as error:
        explain(workspace, key)
    assert answer in str(error.value.remedy)


def test_a_mistyped_id_is_answered_with_the_right_one(workspace: Workspace) -> None:
    key = key_of(workspace, URL)
    wrong = key[:-1] + ("0" if key[-1] != "0" else "1")
    with pytest.raises(UsageError, match=f"Did you mean {key}"):
        explain(workspace, wrong)


def test_a_workspace_that_never_ran_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="curation run"):
        explain(Workspace(tmp_path), "abc")


def test_a_folder_of_tables_is_enough(folder: Path, workspace: Workspace) -> None:
    found = explain(folder, key_of(workspace, URL)[:8])
    assert (found.outcome, found.why) == ("not_selected_yet", "passes every check")
    assert found.edits == explain(workspace, URL).edits
    assert found.measures == explain(workspace, URL).measures
    assert explain(folder, SHORT).why.startswith("fails word_count")


def test_a_raw_file_is_cleaned_on_the_spot(inputs: Path, workspace: Workspace) -> None:
    found = explain_file(inputs / "malam-1.jsonl")
    assert found.edits == explain(workspace, URL).edits
    assert "more than one article" in found.note
    assert "curation explain ID --in DIR" in found.note
    assert explain(workspace, str(inputs / "malam-1.jsonl")).note == found.note


def test_a_single_article_in_a_file_needs_no_choice(tmp_path: Path) -> None:
    page = tmp_path / "kabar.txt"
    page.write_text("Air surut.\nBaca juga: Harga Beras Turun\nWarga pulang.", encoding="utf-8")
    found = explain_file(page)
    assert "more than one" not in found.note
    assert found.document["body"].split() == ["Air", "surut.", "Warga", "pulang."]


def test_all_of_it_is_json(workspace: Workspace) -> None:
    for key in (URL, COPY, "malam-1.jsonl:4"):
        found = json.loads(json.dumps(explain(workspace, key).to_dict(), default=str))
        assert set(found) == set(Explanation.__dataclass_fields__)
    assert found["rejected"]["reason"] == "repeat"


def test_marked_raw_names_what_went_and_what_came(workspace: Workspace) -> None:
    marked = marked_text(explain(workspace, COPY))
    assert "Senin pagi.{+ +}Kepala desa" in marked
    assert "[-Baca juga: Harga Beras Turun di Pasar Induk-]" in marked_text(explain(workspace, URL))


def test_all_tells_every_edit(workspace: Workspace) -> None:
    found = explain(workspace, URL)
    lines = explanation_text(found, all=True).splitlines()
    for edit in found.edits:
        assert any(edit.rule in line.split() and "line" in line for line in lines)
