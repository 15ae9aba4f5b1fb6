from __future__ import annotations

import json
import threading

import pytest
import yaml

from curation import store
from curation.check.tables import check_released
from curation.errors import DataError, UsageError
from curation.release import manifest
from curation.release.rights import Rights
from curation.release.verify import verify


def tree(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): store.file_digest(path) for path in files}


def test_the_layout_of_a_release(workspace, release):
    folder = workspace()
    published = release(folder)
    assert published.is_new
    assert published.folder == folder / "releases/pasar/1.0.0"
    assert sorted(tree(published.folder)) == [
        "CHANGES.md",
        "CITATION.cff",
        "MANIFEST.json",
        "README.md",
        "SHA256SUMS",
        "checks/index.html",
        "checks/released.json",
        "croissant.json",
        "data/annotations/annotations.parquet",
        "data/default/train-2025.parquet",
        "data/default/train-undated.parquet",
        "data/labels/labels.parquet",
    ]
    assert published.folder.stat().st_mode & 0o777 == 0o755
    assert sorted(path.name for path in published.folder.parent.iterdir()) == [".lock", "1.0.0", "latest"]
    assert (published.folder.parent / "latest").resolve() == published.folder.resolve()
    assert verify(published.folder, deep=True) == []


def test_the_manifest_tells_what_is_there(workspace, release):
    published = release(workspace())
    told = json.loads((published.folder / "MANIFEST.json").read_text())
    assert (told["name"], told["version"], told["date"]) == ("pasar", "1.0.0", "2025-07-01")
    assert told["logical_digest"] == published.logical_digest
    assert {config: table["rows"] for config, table in told["tables"].items()} == {
        "default": 16, "annotations": 4, "labels": 4
    }  # fmt: skip
    assert told["counts"] == {"articles": 16, "words": 16 * 13}
    assert set(told["environment"]) == {"python", "pyarrow", "curation", "parquet"}
    assert told["inputs"] == {"b1": "1"}


def test_texts_are_whole_and_no_paper_quotes_them(workspace, release):
    published = release(workspace(), rights=Rights())
    assert not any("Pasar Induk" in path.read_text() for path in published.folder.glob("*.*"))
    default = store.read_table(published.folder / "data/default")
    assert default["body"].null_count == 0
    assert set(default["text_access"].to_pylist()) == {"full"}
    assert store.read_table(published.folder / "data/annotations")["quote"].null_count == 0


def test_the_card_has_figures_words_and_front_matter(workspace, release):
    text = (release(workspace()).folder / "README.md").read_text()
    _, front, body = text.split("---\n", 2)
    matter = yaml.safe_load(front)
    assert matter["language"] == ["id"]
    assert matter["license"] == "cc-by-4.0"
    assert matter["size_categories"] == ["n<1K"]
    assert [config["config_name"] for config in matter["configs"]] == ["default", "annotations", "labels"]
    assert "# Korpus Pasar\n" in body
    assert 'Berita "harga" pasar: untuk uji coba.' in body
    for row in ("| Detak | 6 |", "| inputs | 23 |", "| rejected: repeat | 3 |", "| duplicate | 4 |",
                "| selected | 16 |", "| baca_juga | 20 |", "| full | 16 |"):  # fmt: skip
        assert row in body
    assert "| no known date | 1 | 6.2% |" in body


def test_the_citation_is_yaml(workspace, release):
    cited = yaml.safe_load((release(workspace()).folder / "CITATION.cff").read_text())
    assert cited["authors"] == [
        {"family-names": "Lestari", "given-names": "Dewi"},
        {"name": "Pusat Bahasa Contoh"},
    ]
    assert (cited["version"], str(cited["date-released"])) == ("1.0.0", "2025-07-01")


def test_the_same_again_changes_nothing(workspace, release):
    folder = workspace()
    first = release(folder)
    before = tree(first.folder)
    again = release(folder, date="2026-01-01")  # another day alone is no other content
    assert (again.folder, again.is_new) == (first.folder, False)
    assert tree(first.folder) == before
    assert release(folder, version=None).folder == first.folder


def test_other_content_under_the_same_number_is_refused(workspace, release):
    folder = workspace()
    release(folder)
    before = tree(folder / "releases")
    with pytest.raises(DataError, match=r"a version never changes\. Publish this without --version"):
        release(folder, rights=Rights())
    assert tree(folder / "releases") == before
    assert release(folder, rights=Rights(), version=None).version == "1.0.1"


def test_a_damaged_version_is_not_taken_for_another(workspace, release):
    folder = workspace()
    (release(folder).folder / "MANIFEST.json").write_text("{")
    with pytest.raises(DataError, match="damaged: its manifest can't be read"):
        release(folder)


def test_latest_is_the_highest_version(workspace, release):
    folder = workspace()
    release(folder, "1.10.0")
    release(folder, "1.9.0")
    assert (folder / "releases/pasar/latest").readlink().name == "1.10.0"
    release(folder, "2.0.0")
    assert (folder / "releases/pasar/latest").readlink().name == "2.0.0"


def test_a_release_that_fails_its_checks_leaves_nothing(workspace, release):
    folder = workspace()
    table = store.read_table(folder / "released.parquet")
    store.write_table(folder / "released.parquet", table.take(list(range(table.num_rows))[::-1]))
    with pytest.raises(DataError, match=r"did not pass its checks:\nreleased: FAILED(.|\n)*in_order") as caught:
        release(folder)
    assert caught.value.exit_code == 1
    assert [path.name for path in (folder / "releases/pasar").iterdir()] == [".lock"]


def test_the_check_sees_the_staged_file(workspace, release):
    seen = []

    def check(place, **known):
        seen.append(place)
        return check_released(place, **known)

    release(workspace(), check=check)
    assert seen[0].parts[-3:] == (".staging", "data", "default")


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0-rc", "01.0.0", "../1.0.0"])
def test_a_version_is_three_numbers(workspace, release, version):
    with pytest.raises(UsageError, match="is no version"):
        release(workspace(2), version)


def test_the_date_never_comes_from_the_clock():
    assert manifest.release_date("2025-07-01", {"SOURCE_DATE_EPOCH": "0"}) == "2025-07-01"
    assert manifest.release_date(None, {"SOURCE_DATE_EPOCH": "0"}) == "1970-01-01"
    with pytest.raises(UsageError, match="set SOURCE_DATE_EPOCH"):
        manifest.release_date(None, {})
    for wrong in ("2025-13-01", "20250701", "today"):
        with pytest.raises(UsageError, match="is no date"):
            manifest.release_date(wrong, {})


def test_two_publishers_do_not_meet(workspace, release):
    """The second waits for the first, then finds its work done."""
    folder = workspace()
    inside, results = threading.Event(), []

    def slow(place, **known):
        inside.set()
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        return check_released(place, **known)

    waiting = threading.Thread(target=lambda: results.append(release(folder)))
    first = release(folder, check=slow)
    waiting.join()
    assert inside.is_set()
    assert (first.is_new, results[0].is_new) == (True, False)
