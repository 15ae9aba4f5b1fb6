"""doctor says what is wrong and what to type, quickly, and never a secret."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from curation import config, store
from curation.verbs.nightly import doctor
from curation.verbs.nightly.doctor import Finding
from curation.verbs.nightly.life import inside
from curation.verbs.start import make_workspace
from curation.workspace import Batch, Workspace

ROOT = Path(__file__).parents[3]


def call(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LABEL_STUDIO")}
    return subprocess.run(
        [sys.executable, "-m", "curation", "doctor", *arguments],
        cwd=root,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    make_workspace(tmp_path / "berita", None)
    return Workspace(tmp_path / "berita")


def look(workspace: Workspace) -> dict[str, Finding]:
    return {finding.check: finding for finding in inside(workspace, config.load(workspace.config_file))}


# -- the command --------------------------------------------------------------------------------------


def test_a_good_workspace_is_ok_and_told_as_json(workspace: Workspace) -> None:
    done = call(workspace.root, "--json")
    assert done.returncode == 0, done.stdout
    told = json.loads(done.stdout)
    states = {check["check"]: check["state"] for check in told["checks"]}
    assert states.keys() >= {"python", "packages", "cores", "memory", "disk", "folders", "clock", "settings", "lock"}
    assert told["state"] in ("ok", "look")
    assert {states[name] for name in ("python", "packages", "folders", "settings", "lock", "leftovers")} == {"ok"}
    assert not workspace.state.exists()  # nothing is written


def test_what_is_broken_exits_1_and_says_what_to_type(workspace: Workspace) -> None:
    workspace.config_file.write_text("[dedup]\njacard = 0.7\n[checks]\nmax_rejected = 'x'\n", encoding="utf-8")
    done = call(workspace.root)
    assert done.returncode == 1
    assert "broken  settings      curation.toml:2: " in done.stdout
    assert "Did you mean 'jaccard'?" in done.stdout
    assert "curation.toml:4: " in done.stdout
    assert "-> Correct the settings, then: curation doctor" in done.stdout


def test_without_a_workspace_the_machine_is_looked_at(tmp_path: Path) -> None:
    done = call(tmp_path)
    assert done.returncode == 0
    assert "curation init DIR --from FILE" in done.stdout
    assert done.stdout.startswith("ok      python ")


def test_it_is_quick_and_loads_nothing_that_takes_long(workspace: Workspace) -> None:
    heavy = ("pandas", "numba", "duckdb", "great_expectations", "label_studio_sdk", "scipy", "lxml", "rich")
    code = (
        "import sys, atexit, time\n"
        f"atexit.register(lambda: print('LOADED', time.process_time(), *(set(sys.modules) & {set(heavy)})))\n"
        "sys.argv = ['curation', 'doctor']\nfrom curation.cli import main\nmain()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace.root, env=environment, capture_output=True, text=True, check=True
    )
    _, seconds, *loaded = done.stdout.splitlines()[-1].split()
    assert loaded == []
    assert float(seconds) < 1  # of the processor's time: other tests may run meanwhile


# -- a machine ----------------------------------------------------------------------------------------


def test_little_memory_is_told(tmp_path: Path) -> None:
    meminfo, limit = tmp_path / "meminfo", tmp_path / "memory.max"
    meminfo.write_text("MemTotal:       16000000 kB\nMemAvailable:    8000000 kB\n")
    assert doctor._memory(2 << 30, meminfo, limit).state == "ok"
    assert doctor._memory(10 << 30, meminfo, limit).state == "look"
    limit.write_text("1073741824\n")  # a container's
    told = doctor._memory(2 << 30, meminfo, limit)
    assert (told.state, told.found) == ("look", "1.0 GB free of 1.0 GB; these settings may take 2.0 GB")
    limit.write_text("max\n")
    assert doctor._memory(2 << 30, meminfo, limit).state == "ok"


@pytest.mark.parametrize(
    ("free", "state"), [(50 << 20, "broken"), (500 << 20, "look"), (1 << 40, "ok")], ids=["none", "little", "enough"]
)
def test_little_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 40, 0, free))  # type: ignore[attr-defined]
    assert doctor._disk(tmp_path / "berita").state == state


def test_too_many_workers_and_an_old_python_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cores = next(doctor.place(tmp_path, workers=10_000))
    assert (cores.state, cores.next) == ("look", "Set [engine] workers = 0 in curation.toml.")
    monkeypatch.setattr(sys, "version_info", (3, 10, 1, "final", 0))
    assert doctor._python().state == "broken"


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["pyarrow>=21", "tidak-ada>=1", "redis>=5; extra == 'redis'"]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: asked)
    [told] = doctor._packages()
    assert (told.state, told.found, told.next) == ("broken", "missing: tidak-ada", "pip install tidak-ada")


def test_kernels_that_are_not_compiled_yet_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert doctor._kernels().state == "look"
    (tmp_path / "words-3.py311.nbi").touch()
    assert doctor._kernels() == Finding("kernels", "ok", f"compiled functions are cached in {tmp_path}")


def test_an_output_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    done = call(tmp_path, PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert "look    encoding" in done.stdout
    assert "export PYTHONUTF8=1" in done.stdout


def test_a_folder_that_cannot_be_written_is_told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.state.mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != workspace.state)  # root may write everywhere
    told = doctor._writable(workspace.root)
    assert (told.state, told.found) == ("broken", "not writable: state")


def test_a_clock_behind_the_state_is_told(workspace: Workspace) -> None:
    workspace.state.mkdir()
    file = workspace.state / "batches.json"
    file.write_text("[]")
    assert doctor._clock(workspace.root).state == "ok"
    later = time.time() + 86_400
    os.utime(file, (later, later))
    assert doctor._clock(workspace.root).state == "look"


# -- Label Studio -------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[str]:
    """Something that answers /health as Label Studio does, and 404 elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_label_studio_is_asked_only_where_it_is_named(server: str) -> None:
    assert list(doctor.label_studio({})) == []
    key = {"LABEL_STUDIO_API_KEY": "rahasia-sekali"}
    states = {
        f"http://{server}": "ok",
        f"http://sinta:kunci@{server}/": "ok",
        f"http://{server}/lain": "look",
        "http://127.0.0.1:9": "look",
        "127.0.0.1:8080": "broken",
        "http://[": "broken",
    }
    for address, state in states.items():
        [told] = doctor.label_studio({"LABEL_STUDIO_URL": address, **key})
        assert (address, told.state) == (address, state)
        shown = f"{told.found} {told.next}"
        assert "rahasia" not in shown
        assert "kunci" not in shown
        assert (told.next == "") == (state == "ok")
    [without] = doctor.label_studio({"LABEL_STUDIO_URL": f"http://{server}"})
    assert without.state == "look"
    assert "LABEL_STUDIO_API_KEY is not set" in without.found


# -- a workspace --------------------------------------------------------------------------------------


def test_a_run_at_work_is_told_and_its_parts_are_no_leftovers(workspace: Workspace) -> None:
    (workspace.state / "batches" / "malam" / "clean.partial").mkdir(parents=True)
    with workspace.lock():
        found = look(workspace)
        assert found["lock"].state == "look"
        assert "leftovers" not in found
    found = look(workspace)
    assert found["lock"].state == "ok"
    assert found["leftovers"].state == "look"
    assert "state/batches/malam/clean.partial" in found["leftovers"].found
    with workspace.lock():  # asking for the lock did not keep it
        pass


def test_a_quarantined_batch_is_told_and_its_unread_input_is_no_leftover(workspace: Workspace) -> None:
    workspace.set_batch(Batch("rusak", "quarantined", "tak terbaca"))
    (workspace.state / "batches" / "rusak" / "ingest.partial").mkdir(parents=True)
    found = look(workspace)
    assert found["leftovers"].state == "ok"
    assert found["batches"].state == "look"
    assert "mend it and run it again, or: curation batch drop rusak --why" in found["batches"].next
    draft = workspace.batch_stage("rusak", "ingest").begin("x")
    draft.commit()
    assert "curation batch accept rusak --why" in look(workspace)["batches"].next


def test_a_state_that_came_back_in_part_is_broken(workspace: Workspace) -> None:
    for name in ("malam-1", "malam-2"):
        workspace.set_batch(Batch(name, "accepted"))
        draft = workspace.batch_stage(name, "ingest").begin("x")
        draft.commit()
    assert look(workspace)["batches"].state == "ok"
    shutil.rmtree(workspace.state / "batches" / "malam-1")
    found = look(workspace)["state"]
    assert (found.state, found.found) == ("broken", "accepted batches without their articles: malam-1")
    store.write_atomically(workspace.state / "batches.json", b"[{")
    assert look(workspace)["batches"].state == "broken"


def test_mistakes_in_other_files_are_told(workspace: Workspace) -> None:
    (workspace.root / "decisions.csv").write_text("document,decision,other,who,why\nx,hapus,,Sinta,z\n")
    (workspace.root / "sites").mkdir()
    (workspace.root / "sites" / "kabar.toml").write_text("outlet = 'Kabar'\nhost = ['kabar.example']\n")
    found = look(workspace)
    assert found["decisions.csv"].state == found["sites"].state == "broken"
    assert "decisions.csv:2" in found["decisions.csv"].found
    assert "Did you mean 'hosts'?" in found["sites"].found
    assert found["card.toml"].state == "look"  # a new card's blanks hinder publishing alone
    assert "(6 more like this)" in found["card.toml"].found
    assert found["files"].found == "valid: rights.toml"


def test_a_pinned_chrome_table_that_is_missing_is_broken(workspace: Workspace) -> None:
    with workspace.config_file.open("a", encoding="utf-8") as file:
        file.write("\n")
    text = workspace.config_file.read_text(encoding="utf-8").replace("# version = 0", "version = 2")
    workspace.config_file.write_text(text, encoding="utf-8")
    assert look(workspace)["chrome"].state == "broken"
    for version in (2, 3):
        store.write_atomically(workspace.chrome_file(version), b"")
    told = look(workspace)["chrome"]
    assert (told.state, told.found) == ("look", "version 2 is pinned, the newest is 3")
    workspace.chrome_file(3).unlink()
    assert look(workspace)["chrome"].state == "ok"
