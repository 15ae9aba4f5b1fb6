"""Pairs in Python and on the command line: listed, near a limit, by other limits, side by side."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from lxml import html

from curation import config, schema, store
from curation.cli import cli
from curation.cli.pairs import pairs as command
from curation.dedup import kind
from curation.errors import ConfigError, UsageError
from curation.pipeline import Pipeline
from curation.verbs.borderline import BORDERLINE, borderline
from curation.verbs.files import run_on_files
from curation.verbs.pairs import KINDS, pair_tables, recount, with_limits
from curation.workspace import Workspace
from curation.workspace.inputs import find_inputs

DEDUP = config.load().dedup
PLACES = ["Ambon", "Sorong", "Ternate", "Jayapura", "Manado", "Palu", "Kendari", "Makassar", "Bitung", "Tual"]


def story(n: int, reworded: int = 0) -> str:
    """Twelve sentences of their own; from the end, some are told in other words."""
    told = [
        f"Warga {PLACES[(n + i) % 10]} ke-{n * 31 + i} membersihkan saluran dusun {n}-{i} bersama petugas sejak pagi."
        for i in range(12)
    ]
    other = [f"Menurut camat, kerja bakti nomor {n}{i} itu baru rampung menjelang petang." for i in range(12)]
    return "\n".join([*told[: 12 - reworded], *other[12 - reworded :]])


def price(day: str, *figures: int) -> str:
    """The same sentences about other figures."""
    lines = [
        f"Harga {item} di Pasar Wage tercatat Rp{figure}.500 per kilogram, kata pedagang yang ditemui di lapak."
        for item, figure in zip(("beras", "gula", "telur", "cabai", "bawang", "minyak"), figures, strict=True)
    ]
    end = "Petugas mencatat harga setiap pagi di tiga pasar, lalu menempelkannya pada papan."
    end += " Warga dapat bertanya kepada petugas jaga bila harga di lapak terasa jauh berbeda dari yang tertulis."
    return "\n".join([f"Daftar harga pangan {day} menurut dinas perdagangan kabupaten.", *lines, end])


#: how many of twelve sentences are reworded, from a copy to another story
REWORDED = (0, 1, 2, 3, 4, 5, 6, 7)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("masuk")
    rows = []
    for n, reworded in enumerate(REWORDED):
        for side, body in (("a", story(n)), ("b", story(n, reworded))):
            title = f"Kerja Bakti {n} <b>{side}</b>"
            date = f"2026-03-0{1 if side == 'a' else 2} 08:10 WIB"
            rows.append({"url": f"https://{side}.example/{n}", "judul": title, "tanggal": date, "isi": body})
    for n, figures in enumerate(((14, 17, 29, 60, 38, 16), (15, 18, 31, 72, 41, 19))):
        body = price(("senin", "selasa")[n], *figures)
        rows.append({"url": f"https://a.example/harga-{n}", "judul": f"Harga {n}", "isi": body})
    (folder / "malam.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folders(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What `curation clean` and `curation dedup` write."""
    cleaned, copies = tmp_path_factory.mktemp("bersih"), tmp_path_factory.mktemp("salinan")
    run_on_files(inputs / "malam.jsonl", cleaned, "clean", config.load())
    run_on_files(cleaned, copies, "dedup", config.load())
    return cleaned, copies


@pytest.fixture(scope="module")
def workspace(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The same in a workspace; a person told one pair apart."""
    made = Workspace(tmp_path_factory.mktemp("korpus"))
    made.config_file.write_text("", encoding="utf-8")
    (made.root / "decisions.csv").write_text(
        "document,decision,other,who,why\nhttps://a.example/1,not_duplicate,https://b.example/1,Dewi,beda acara\n",
        encoding="utf-8",
    )
    list(Pipeline(made, config.load()).run(find_inputs(["*.jsonl"], inputs)))
    return made


@pytest.fixture
def inside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(workspace.root)
    return workspace.root


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ("pairs", *arguments), catch_exceptions=False)


def found(folders: tuple[Path, Path]) -> tuple[pa.Table, pa.Table]:
    tables = pair_tables(None, folders)
    return tables.pairs(), tables.clusters()


# -- other limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "limits", [{"jaccard": 0.5, "containment": 0.7}, {"containment": 0.9}, {"jaccard": 0.95, "containment": 0.65}]
)
def test_a_recount_is_what_a_run_with_these_limits_gives(
    folders: tuple[Path, Path], tmp_path: Path, limits: dict[str, float]
) -> None:
    pairs, clusters = found(folders)
    change = recount(pairs, clusters, with_limits(DEDUP, **limits))
    given = tuple(f"dedup.{name}={value}" for name, value in limits.items())
    run_on_files(folders[0], tmp_path, "dedup", config.load(None, given))
    anew = store.read_table(tmp_path / "pairs.parquet")
    for name in KINDS:
        assert change.after[name] == anew["kind"].to_pylist().count(name)
    sizes = store.read_table(tmp_path / "clusters.parquet")
    assert change.after["documents kept"] == len(set(sizes["cluster_id"].to_pylist()))
    assert change.after["pairs that merge"] == sum(anew["merges"].to_pylist())
    was, now = ({(r["id_a"], r["id_b"]): r["kind"] for r in table.to_pylist()} for table in (pairs, anew))
    flipped = {key for key in was if was[key] != now[key]}
    kinds = {(row["id_a"], row["id_b"]): (row["kind_before"], row["kind"]) for row in change.flips.to_pylist()}
    assert {key for key, (one, other) in kinds.items() if one != other} == flipped
    assert change.flips.num_rows > 0


def test_the_same_limits_change_nothing(folders: tuple[Path, Path]) -> None:
    pairs, clusters = found(folders)
    change = recount(pairs, clusters, DEDUP)
    assert change.before == change.after
    assert change.flips.num_rows == 0


@pytest.mark.parametrize(
    ("name", "value"), [("jaccard", 0.1), ("containment", 0.2), ("jaccard", 1.1), ("jaccard", float("nan"))]
)
def test_limits_that_nothing_was_measured_for_are_refused(name: str, value: float) -> None:
    with pytest.raises(UsageError, match=rf"dedup\.{name} can't be .*Give a limit between 0\.\d+ and 1\."):
        with_limits(DEDUP, **{name: value})


# -- near a decision ----------------------------------------------------------------------------------


def test_what_is_said_to_flip_a_pair_flips_it(folders: tuple[Path, Path]) -> None:
    pairs, _ = found(folders)
    near = borderline(pairs, DEDUP, 100)
    assert near.schema == BORDERLINE
    tried = 0
    for row in near.to_pylist():
        option = re.search(r"--set dedup\.(\w+)=([\d.]+): (\w+), (one|two) article", row["flip"])
        if option is None:
            continue
        tried += 1
        judged = kind.judge(pairs, with_limits(DEDUP, **{option[1]: float(option[2])}))
        (then,) = [r for r in judged.to_pylist() if (r["id_a"], r["id_b"]) == (row["id_a"], row["id_b"])]
        assert (
            (then["kind"], then["merges"]) == (option[3], option[4] == "one") == (row["would_be"], row["would_merge"])
        )
        assert (then["kind"], then["merges"]) != (row["kind"], row["merges"])
    assert tried >= 2


def test_the_nearest_come_first_and_both_sides_evenly(folders: tuple[Path, Path]) -> None:
    pairs, _ = found(folders)
    rows = borderline(pairs, DEDUP, 4).to_pylist()
    assert [row["distance"] for row in rows] == sorted(row["distance"] for row in rows)
    assert [row["merges"] for row in rows].count(True) == 2
    every = borderline(pairs, DEDUP, 1000).to_pylist()
    assert len({(row["id_a"], row["id_b"]) for row in every}) == len(every) <= pairs.num_rows
    # exact copies stand near no limit
    assert "exact" not in {row["kind"] for row in every}
    for merges in (True, False):
        side = [row["distance"] for row in every if row["merges"] is merges]
        assert [row["distance"] for row in rows if row["merges"] is merges] == side[:2]


def pair(**more: object) -> pa.Table:
    row: dict[str, object] = {"id_a": "a", "id_b": "b", "jaccard": 0.75, "containment_a": 0.8, "containment_b": 0.8}
    row |= {"same_text": False, "same_page": False, "one_corrects": False, "starts_alike": True, "words": 300}
    row |= {"numbers": 9, "equal_numbers": 3, "swapped_numbers": 1, "swapped_names": 1, "replaced": 0, "aligned": 290}
    overlap = {name: more.get(name, row.get(name)) for name in schema.arrow_schema("overlaps").names}
    return kind.judge(schema.from_rows("overlaps", [overlap]), DEDUP)


THREE_SWAPS = {"swapped_numbers": 3, "swapped_names": 0}


@pytest.mark.parametrize(
    ("more", "limit", "would_be"),
    [
        ({}, "weight of swapped facts", "template"),
        ({"swapped_numbers": 2, "swapped_names": 0}, "weight of swapped facts", "near"),
        (
            {"words": 640, "swapped_numbers": 3, "swapped_names": 0, "aligned": 640},
            "words per swapped fact",
            "template",
        ),
        ({"jaccard": 0.5, "containment_a": 0.9, "replaced": 37, "aligned": 250}, "share of passages replaced", "near"),
        ({"jaccard": 0.5, "containment_a": 0.9, "aligned": 224}, "share of words aligned", "near"),
        ({"jaccard": 0.4, "containment_a": 0.63, "containment_b": 0.62}, "dedup.containment", "near"),
        ({"jaccard": 0.4, "containment_a": 0.7, "containment_b": 0.48}, "share of the longer text", "near"),
        ({"jaccard": 0.4, "containment_a": 0.79, "containment_b": 0.4}, "share of the shorter text", "contained"),
        ({"jaccard": 0.69, "containment_a": 0.6, "containment_b": 0.6}, "dedup.jaccard", "near"),
    ],
)
def test_the_limit_that_is_nearest_is_named(more: dict[str, float], limit: str, would_be: str) -> None:
    (row,) = borderline(pair(**more), DEDUP).to_pylist()
    assert (row["limit"], row["would_be"]) == (limit, would_be)


def test_an_empty_table_has_no_border() -> None:
    assert borderline(schema.empty("pairs"), DEDUP).num_rows == 0


# -- the command line ---------------------------------------------------------------------------------


def test_pairs_are_listed(folders: tuple[Path, Path]) -> None:
    cleaned, copies = map(str, folders)
    result = run("--in", copies, "--in", cleaned)
    assert re.match(
        r"\d+ pairs: \d+ near, .*1 exact; \d+ of them are one article\n\nnear +one article +J 0\.\d+", result.stdout
    )
    assert "Kerja Bakti 1 <b>a</b>" in result.stdout
    assert "\x1b" not in result.stdout
    typed = result.stderr.strip().removeprefix("Side by side: curation pairs ").split()
    assert "Kerja Bakti" in run(*typed).stdout
    # without texts there are the figures alone
    assert "Kerja Bakti" not in run("--in", copies).stdout
    rows = json.loads(run("--in", copies, "--json", "-n", "3").stdout)
    assert len(rows) == 3
    assert set(rows[0]) == set(schema.arrow_schema("pairs").names)
    kinds = json.loads(run("--in", copies, "--json", "--kind", "exact", "--kind", "template").stdout)
    assert [row["kind"] for row in kinds] == ["template", "exact"]
    assert run("--in", copies, "--kind", "contains").stdout == "No pairs.\n"


@pytest.mark.usefixtures("inside")
def test_two_documents_stand_side_by_side(tmp_path: Path) -> None:
    text = run("https://b.example/3", "https://a.example/3").stdout
    assert "Kerja Bakti 3 <b>a</b>" in text
    assert " │ " in text
    assert "words alike …" in text
    assert "words alike …" not in run("a.example/3", "b.example/3", "--all").stdout
    shown = json.loads(run("a.example/3", "b.example/3", "--json").stdout)
    assert {shown["a"]["url"], shown["b"]["url"]} == {"https://a.example/3", "https://b.example/3"}
    assert shown["pair"]["kind"]
    page = tmp_path / "pasangan.html"
    result = run("a.example/3", "b.example/3", "--html", str(page))
    assert (result.stdout, result.stderr) == ("", f"wrote {page}\n")
    assert html.fromstring(page.read_text(encoding="utf-8")).xpath("//h3")[0].text.startswith("Kerja Bakti 3 <b>")
    assert run("a.example/1", "a.example/7").stdout.startswith("no pair")
    # the pairs of one document
    assert {row["kind"] for row in json.loads(run("a.example/0", "--json").stdout)} == {"exact"}
    # by other limits it is another pair
    assert run("a.example/2", "b.example/2").stdout.startswith("near ")
    assert run("a.example/2", "b.example/2", "--set", "dedup.jaccard=0.95").stdout.startswith("rewrite ")


@pytest.mark.usefixtures("inside")
def test_borderline_pairs_go_on_one_page(tmp_path: Path) -> None:
    page = tmp_path / "batas.html"
    result = run("--borderline", "4", "--html", str(page))
    assert result.stdout.count("articles") >= 4
    assert "limit" in result.stdout
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    assert len(tree.xpath("//nav//li")) == len(tree.xpath("//section")) == 4
    rows = json.loads(run("--borderline", "4", "--json").stdout)
    assert list(rows[0]) == BORDERLINE.names
    assert json.loads(run("--borderline", "9", "--json", "--set", "dedup.containment=0.9").stdout) != rows


@pytest.mark.usefixtures("inside")
def test_other_limits_are_recounted() -> None:
    text = run("--set", "dedup.containment=0.95", "--set", "dedup.jaccard=0.95").stdout
    assert text.startswith("With dedup.jaccard=0.95, dedup.containment=0.95; of each cluster one document is kept:")
    assert re.search(r"^near +\d+ +\d+ +-\d+$", text, re.MULTILINE)
    assert re.search(r"^documents +18 +18$", text, re.MULTILINE)
    assert "near → rewrite  two articles" in text
    value = json.loads(run("--set", "dedup.containment=0.95", "--set", "dedup.jaccard=0.95", "--json").stdout)
    assert value["after"]["documents kept"] > value["before"]["documents kept"]
    assert len(value["examples"]) == value["flips"]
    same = run("--set", "dedup.jaccard=0.7")
    assert "No pair would change." in same.stdout


def test_what_a_person_told_apart_stays_apart(workspace: Workspace, folders: tuple[Path, Path]) -> None:
    tables = pair_tables(workspace)
    (apart,) = tables.told_apart()
    assert set(apart) == {tables.document("a.example/1"), tables.document("b.example/1")}
    change = recount(tables.pairs(), tables.clusters(), DEDUP, {apart})
    assert change.before == change.after
    assert change.after["documents kept"] == recount(*found(folders), DEDUP).after["documents kept"] + 1


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("a.example/3", "https://a.example/3"), "are the same document"),
        (("a.example/3", "b.example/33"), "no document is known by 'b.example/33'"),
        (("a.example/3", "b.example/3", "--borderline", "3"), "two documents are one pair"),
        (("--set", "dedup.jaccard=0.1"), r"dedup\.jaccard can't be 0\.1: below .* Give a limit between"),
        (("--set", "dedup.rows=4"), r"by dedup\.jaccard and dedup\.containment alone"),
    ],
)
def test_mistakes_are_told(arguments: tuple[str, ...], error: str) -> None:
    with pytest.raises(UsageError, match=error) as told:
        run(*arguments)
    assert told.value.exit_code == 2


def test_where_nothing_is_it_says_what_to_type(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"no workspace here.*--in DIR"):
        run()
    with pytest.raises(UsageError, match="curation dedup IN -o DIR"):
        run("--in", str(folders[0]))
    with pytest.raises(UsageError, match=r"no texts are here.*curation clean"):
        run("a.example/3", "b.example/3", "--in", str(folders[1]))
    (tmp_path / "curation.toml").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match=r"no pairs are here yet\. Run: curation run"):
        run()
    with pytest.raises(ConfigError, match="must lie between 0 and 1"):
        run("--set", "dedup.jaccard=7")


def test_kinds_are_all_listed() -> None:
    described = schema.table_schema("pairs").columns[5].description
    assert all(name in described for name in KINDS)
    option = next(one for one in command.params if one.name == "kinds")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == KINDS
