"""The command line as people and CI meet it: real processes, exit codes, one clear sentence for each mistake."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "data" / "seed.txt"
PAGE = """Beranda

    Air Sungai Batang Lolo Surut, Warga Pulang - Kabar Lembah

    3 menit baca

    Air Sungai Batang Lolo Surut, Warga Pulang

    KABAR PAGI – Air sungai mulai surut sejak Senin pagi, kata Kepala Desa Rimbo Tengah, Yusniar Malik.

    Baca Juga: Jembatan Darurat Dibuka untuk Sepeda Motor

    Warga kembali ke rumah setelah tiga malam mengungsi di balai desa bersama anak-anak mereka.***

    Komentar
"""


def curation(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "curation", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "air-surut.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.mark.parametrize("code", ["import curation", "import curation.cli"])
def test_nothing_heavy_is_imported_at_start(code: str) -> None:
    heavy = ["pyarrow", "numpy", "pandas", "duckdb", "great_expectations", "label_studio_sdk", "rich", "jinja2"]
    check = f"import sys; {code}; print([name for name in {heavy} if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", check], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_names_every_verb() -> None:
    done = curation("--help")
    assert done.returncode == 0
    for verb in ("init", "run", "clean", "judge", "dedup", "explain", "label", "check", "publish", "report"):
        assert re.search(rf"^  {verb} ", done.stdout, re.MULTILINE), verb


def test_clean_reads_the_page_and_explain_tells_what_went(page: Path, tmp_path: Path) -> None:
    done = curation("clean", page, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    row = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()[0]
    assert row["title"] == "Air Sungai Batang Lolo Surut, Warga Pulang"
    assert row["publisher"] == row["outlet"] == "Kabar Lembah"
    assert row["body"].split("\n\n") == [
        "Air sungai mulai surut sejak Senin pagi, kata Kepala Desa Rimbo Tengah, Yusniar Malik.",
        "Warga kembali ke rumah setelah tiga malam mengungsi di balai desa bersama anak-anak mereka.",
    ]
    told = curation("explain", row["id"], "--in", tmp_path / "out")
    assert told.returncode == 0, told.stderr
    for line, rule in (
        ("Jembatan Darurat Dibuka", "baca_juga"),
        ("3 menit baca", "reading_tools"),
        ("***", "end_mark"),
    ):
        assert line in told.stdout
        assert rule in told.stdout


@pytest.mark.skipif(not SEED.exists(), reason="../shared/data/seed.txt is not here: the real seed page is NOT tested")
def test_the_seed_page_comes_out_exact(tmp_path: Path) -> None:
    def straight(text: str) -> str:
        return text.translate(str.maketrans("“”‘’", "\"\"''"))

    assert curation("clean", SEED, "-o", tmp_path).returncode == 0
    expected = json.loads(SEED.with_name("seed_expected.json").read_text(encoding="utf-8"))
    row = pq.read_table(tmp_path / "documents.parquet").to_pylist()[0]
    for field in ("title", "publisher", "dateline", "syndicated_from"):
        assert row[field] == expected[field]
    assert [straight(block) for block in row["body"].split("\n\n")] == list(map(straight, expected["blocks"]))
    metadata = pq.read_table(tmp_path / "metadata.parquet").to_pylist()
    assert [m["value"] for m in metadata if m["field"] == "attribution"] == expected["attribution"]


def bad_inputs(folder: Path) -> dict[str, tuple[Path, int, str]]:
    (folder / "kosong").mkdir()
    (folder / "nol.jsonl").touch()
    (folder / "rusak.jsonl.gz").write_bytes(b"this is no gzip")
    (folder / "rusak.parquet").write_bytes(b"PAR1 nor this Parquet")
    (folder / "biner.dat").write_bytes(bytes(range(256)))
    (folder / "kolom.jsonl").write_text('{"kepala": "x"}\n', encoding="utf-8")
    return {
        "missing": (folder / "tidak-ada.jsonl", 2, "no such file or folder"),
        "empty folder": (folder / "kosong", 1, "there is nothing in it"),
        "zero bytes": (folder / "nol.jsonl", 1, "there is nothing in it"),
        "corrupt gzip": (folder / "rusak.jsonl.gz", 1, "no article can be read"),
        "wrong Parquet": (folder / "rusak.parquet", 1, "not a readable Parquet file"),
        "unknown kind": (folder / "biner.dat", 1, "not a kind of file that curation reads"),
        "no text column": (folder / "kolom.jsonl", 1, "no column is recognised as the article's text"),
    }


@pytest.mark.parametrize(
    "case", ["missing", "empty folder", "zero bytes", "corrupt gzip", "wrong Parquet", "unknown kind", "no text column"]
)
def test_a_bad_input_gets_one_clear_sentence(tmp_path: Path, case: str) -> None:
    path, code, sentence = bad_inputs(tmp_path)[case]
    done = curation("clean", path, "-o", tmp_path / "out", "-q")
    assert done.returncode == code
    assert sentence in done.stderr
    assert str(path) in done.stderr or path.name in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_cut_gzip_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    rows = [json.dumps({"isi": f"Berita ke-{n} dari Desa Rimbo Tengah. {os.urandom(40).hex()}"}) for n in range(500)]
    whole = gzip.compress("\n".join(rows).encode())
    path = tmp_path / "malam.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    done = curation("clean", path, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    articles = pq.read_table(tmp_path / "out" / "articles.parquet")
    rejected = pq.read_table(tmp_path / "out" / "rejected.parquet").to_pylist()
    assert 0 < articles.num_rows < 500
    assert [row["reason"] for row in rejected] == ["unreadable"]
    assert "rejected.parquet says why" in done.stderr


def test_three_mistakes_in_the_settings_are_three_lines(tmp_path: Path) -> None:
    path = tmp_path / "curation.toml"
    path.write_text("[dedup]\njacard = 0.7\n\n[quality.word_cout]\nmin = 50\n\n[checks]\nmax_rejected = 'banyak'\n")
    done = curation("run", cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["curation.toml:2", "curation.toml:4", "curation.toml:8"]
    assert "Did you mean 'jaccard'?" in lines[0]
    assert "Did you mean 'word_count'?" in lines[1]
    assert "expected 'float'" in lines[2]


def test_a_mistyped_verb_and_a_missing_workspace_are_told(tmp_path: Path) -> None:
    assert "Did you mean 'explain'?" in curation("explian").stderr
    done = curation("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "curation init DIR" in done.stderr


def test_json_goes_to_stdout_and_nothing_else(page: Path, tmp_path: Path) -> None:
    done = curation("clean", page, "-o", tmp_path / "out", "--json")
    assert json.loads(done.stdout)["rows"]["documents"] == 1
    assert done.stderr == ""


def test_dedup_takes_what_clean_wrote(tmp_path: Path) -> None:
    body = " ".join(f"kalimat nomor {n} tentang panen padi di lembah." for n in range(30))
    rows = [{"url": f"https://www.kabar.example/{n}", "judul": f"Panen {n}", "isi": body} for n in range(2)]
    (tmp_path / "panen.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert curation("clean", tmp_path / "panen.jsonl", "-o", tmp_path / "bersih").returncode == 0
    done = curation("dedup", tmp_path / "bersih", "-o", tmp_path / "kembar")
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "kembar" / "pairs.parquet")["kind"].to_pylist() == ["exact"]
    judged = curation("judge", tmp_path / "bersih", "-o", tmp_path / "nilai", "--set", "quality.word_count.min=500")
    assert judged.returncode == 0, judged.stderr
    reasons = pq.read_table(tmp_path / "nilai" / "verdicts.parquet")["reasons"].to_pylist()
    assert all("word_count" in row for row in reasons)


def test_init_shows_what_it_understood_and_is_safe_to_repeat(tmp_path: Path) -> None:
    source = tmp_path / "unduhan.csv"
    source.write_text(
        "tautan,judul,isi_berita,tanggal\n"
        'https://www.kabar.example/1,Air Surut,Air sungai surut sejak pagi.,"Senin, 2 Maret 2026 10:15 WIB"\n',
        encoding="utf-8",
    )
    done = curation("init", tmp_path / "korpus", "--from", source)
    assert done.returncode == 0, done.stderr
    assert "2026-03-02 03:15 UTC" in done.stderr
    assert "Air Surut" in done.stderr
    assert f"cd {tmp_path / 'korpus'} && curation run" in done.stderr
    settings = tmp_path / "korpus" / "curation.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# mine\n", encoding="utf-8")
    assert curation("init", tmp_path / "korpus", "--from", source).returncode == 0
    assert settings.read_text(encoding="utf-8").endswith("# mine\n")


def test_two_runs_at_once_do_not_meet(tmp_path: Path) -> None:
    from curation.workspace import Workspace

    curation("init", tmp_path / "korpus")
    with Workspace(tmp_path / "korpus").lock():
        (tmp_path / "korpus" / "a.txt").write_text(PAGE, encoding="utf-8")
        done = curation("run", "--input", "a.txt", cwd=tmp_path / "korpus")
    assert done.returncode == 2
    assert "another run is at work" in done.stderr


def test_timings_of_a_run(page: Path, tmp_path: Path) -> None:
    curation("init", tmp_path / "korpus", "--from", page)
    done = curation("run", "--input", page, "--timings", cwd=tmp_path / "korpus")
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    table = lines[lines.index(next(line for line in lines if line.startswith("stage "))) :]
    assert table[0].split() == ["stage", "batch", "seconds", "CPU", "s", "memory"]
    stages = [line.split()[0] for line in table if line and not line.startswith(" ")]
    assert stages[1:8] == ["ingest", "clean", "judge", "sign", "match", "dedup", "select"]
    done = curation("run", "--input", page, "--timings", "--force", "--json", cwd=tmp_path / "korpus")
    spent = {stage["stage"]: stage["spent"] for stage in json.loads(done.stdout)["stages"]}
    assert spent["clean"]["cpu"] > 0
    assert {"finding lines", "language", "headline"} <= set(spent["clean"]["by"])
    assert {"word_count", "private data"} <= set(spent["judge"]["by"])
    assert sum(spent["judge"]["by"].values()) <= spent["judge"]["cpu"]
    if sys.platform == "linux":
        assert all(one["peak"] > 50 << 20 for one in spent.values())


def test_make_works_on_a_file_alone(page: Path, tmp_path: Path) -> None:
    makefile = ROOT / "curation" / "template" / "Makefile"
    command = ["make", "-f", str(makefile), "clean-text", f"IN={page}", f"OUT={tmp_path / 'out'}"]
    done = subprocess.run(
        [*command, f"CURATION={sys.executable} -m curation"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "out" / "documents.parquet").num_rows == 1


def test_other_settings_do_not_move_the_workspace(page: Path, tmp_path: Path) -> None:
    curation("init", tmp_path / "korpus", "--from", page)
    strict = tmp_path / "setelan" / "ketat.toml"
    strict.parent.mkdir()
    strict.write_text("[quality.word_count]\nmin = 500\n", encoding="utf-8")
    assert curation("run", "--input", page, "-c", strict, cwd=tmp_path / "korpus").returncode == 0
    assert (tmp_path / "korpus" / "state").is_dir()
    assert not (tmp_path / "setelan" / "state").exists()
    # a curation.toml of another folder is that folder's workspace
    assert curation("status", "-c", tmp_path / "korpus" / "curation.toml", cwd=tmp_path).returncode == 0


def test_init_does_not_flood_the_terminal_when_it_copies_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "asal" / "raw").mkdir(parents=True)
    (tmp_path / "asal" / "curation.toml").touch()
    for number in range(20):
        (tmp_path / "asal" / "raw" / f"{number}.txt").write_text("Air surut.", encoding="utf-8")
    done = curation("init", tmp_path / "korpus", "--from", tmp_path / "asal")
    wrote = [line for line in done.stderr.splitlines() if line.startswith("wrote")]
    assert (len(wrote), wrote[-1]) == (9, f"wrote 14 more files in {tmp_path / 'korpus'}")


def test_batch_list_names_the_inputs_for_which_a_batch_is_in_quarantine(tmp_path: Path) -> None:
    rows = tmp_path / "malam.jsonl"
    rows.write_text('{"judul": "Air Surut", "isi": "Air surut."}\n' + "{\n" * 12, encoding="utf-8")
    curation("init", tmp_path / "korpus", "--from", rows)
    assert curation("run", "--until", "ingest", cwd=tmp_path / "korpus").returncode == 1
    listed = curation("batch", "list", cwd=tmp_path / "korpus").stdout.splitlines()
    assert listed[1] == "  malam.jsonl:2  malformed"
    assert listed[-2:] == ["  and 2 more", "  One of them: curation explain malam.jsonl:2"]
