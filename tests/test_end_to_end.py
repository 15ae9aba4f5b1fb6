"""What the benchmarks from JSON lines to a release measure with: costs of processes, scores against the truth."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
COUNT, SEED = 1_200, 5
#: a process and one below it; each holds 50 MB that nobody shares, and computes for half a CPU second
BUSY = """
import subprocess, sys, time
if len(sys.argv) == 1:
    child = subprocess.Popen([sys.executable, __file__, "child"])
held = bytearray(b"x" * 50_000_000)
while time.process_time() < 0.5:
    pass
if len(sys.argv) == 1:
    child.wait()
    print("first", file=sys.stderr, flush=True)
    time.sleep(0.5)
    print("second", file=sys.stderr, flush=True)
    print("told")
    sys.exit(int(len(held) == 0))
time.sleep(0.5)
"""


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BENCHMARKS))
        import chain_score
        import newsroom
        import watch

        yield SimpleNamespace(score=chain_score, newsroom=newsroom, watch=watch)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="looks at /proc")
def test_a_tree_of_processes_is_watched(bench: SimpleNamespace, tmp_path: Path):
    script = tmp_path / "busy.py"
    script.write_text(BUSY)
    found = bench.watch.watch([sys.executable, script], part=lambda line: line.strip())
    assert found.printed == "told\n"
    assert list(found.parts) == ["first", "second"]
    assert found.cost.cpu >= 1.0
    assert found.parts["first"].cpu >= 0.9
    assert found.parts["second"].cpu < 0.3
    assert found.parts["second"].clock >= 0.5
    assert found.cost.peak >= 100_000_000 > found.parts["second"].peak >= 50_000_000


def test_a_command_that_fails_says_why(bench: SimpleNamespace):
    with pytest.raises(bench.watch.FailedError, match=r"(?s)ended with 3.*no ink"):
        bench.watch.watch([sys.executable, "-c", "import sys; print('no ink', file=sys.stderr); sys.exit(3)"])


def test_json_lines_are_the_newsrooms_pages(bench: SimpleNamespace, tmp_path: Path):
    path = tmp_path / "articles.jsonl"
    command = [sys.executable, str(BENCHMARKS / "newsroom_jsonl.py"), str(path)]
    subprocess.run([*command, "--count", str(COUNT), "--seed", str(SEED)], check=True, stdout=subprocess.DEVNULL)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    [batch] = bench.newsroom.Newsroom(COUNT, SEED, with_chrome=True).batches(0, COUNT)
    assert [row["id"] for row in rows] == batch.dirty["id"].to_pylist()
    assert [row["text"] for row in rows] == batch.dirty["body"].to_pylist()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["articles.jsonl"]


def test_scores_of_corpora_that_are_known(bench: SimpleNamespace):
    room = bench.newsroom.Newsroom(COUNT, SEED, with_chrome=True)
    [batch] = room.batches(0, COUNT)
    ids, relations = (room.truth(0, COUNT)[name].to_pylist() for name in ("id", "relation"))
    clean = dict(zip(ids, batch.documents["body"].to_pylist(), strict=True))
    raw = dict(zip(ids, batch.dirty["body"].to_pylist(), strict=True))

    everything = bench.score.score(raw, COUNT, SEED)
    assert (everything.chrome_left, everything.text_lost) == (1.0, pytest.approx(0.0, abs=0.02))
    assert (everything.copies_removed, everything.articles_lost) == (0.0, 0.0)

    kept = {
        id_: clean[id_] for id_, relation in zip(ids, relations, strict=True) if relation not in bench.score.COPIES[1:]
    }
    perfect = bench.score.score(kept, COUNT, SEED)
    assert (perfect.chrome_left, perfect.text_lost, perfect.copies_removed, perfect.articles_lost) == (0, 0, 1, 0)

    nothing = bench.score.score({}, COUNT, SEED)
    assert (nothing.kept, nothing.copies_removed, nothing.articles_lost) == (0, 1.0, 1.0)
