"""A corpus on one machine and on a Ray cluster of two nodes: the same tables?

    python benchmarks/cluster.py ARTICLES.jsonl [--lose SECONDS]

`curation run` brings one workspace up to the selection with the local engine and another one with Ray, on a head and
two nodes with one processor each (`tests/engine/cluster.py`: network namespaces where they can be made). Then the
manifests of all stages are compared: each holds the digests of all of its files. With --lose, one node is lost so many
seconds after the start; its cable is cut, and another node comes in its place.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "engine"))
from cluster import Cluster  # noqa: E402

COMMAND = (sys.executable, "-m", "curation", "run", "--json", "--timings")


def workspace(folder: Path, articles: Path) -> Path:
    """A workspace whose one input these articles are."""
    folder.mkdir()
    (folder / "curation.toml").write_text(f'[input]\npaths = ["{articles.resolve()}"]\n', encoding="utf-8")
    return folder


def manifests(folder: Path) -> dict[str, str]:
    """What each stage holds."""
    found = sorted([*folder.glob("state/batches/*/*/manifest.json"), *folder.glob("work/*/manifest.json")])
    return {str(file.parent.relative_to(folder)): json.loads(file.read_text())["content"] for file in found}


def local(folder: Path) -> dict[str, Any]:
    """Run on this machine."""
    started = time.monotonic()
    subprocess.run([*COMMAND, "--set", "engine.workers=2"], cwd=folder, check=True, stdout=subprocess.PIPE)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"clock": time.monotonic() - started, "cpu": used.ru_utime + used.ru_stime}


def ray(folder: Path, lose: float | None) -> dict[str, Any]:
    """Run on a head and two nodes."""
    with Cluster() as cluster:
        nodes = [cluster.add(), cluster.add()]
        assert cluster.count() == 3
        started = time.monotonic()
        settings = ("--set", "engine.name=ray", "--set", f"engine.address={cluster.address}")
        driver = cluster.run(*COMMAND, *settings, cwd=folder, stdout=subprocess.PIPE, text=True)
        killed = 0
        if lose is not None:
            time.sleep(lose)
            assert driver.poll() is None
            killed = cluster.lose(nodes[0])
            cluster.add()
        told, _ = driver.communicate()
        assert driver.returncode == 0
        return {"clock": time.monotonic() - started, "killed": killed, "namespaces": cluster.namespaces, "told": told}


def main() -> None:
    """Run both and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--lose", type=float)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        one, two = (workspace(Path(scratch) / name, arguments.articles) for name in ("one", "two"))
        here = local(one)
        print(f"local: {here['cpu']:.0f} CPU seconds, {here['clock']:.0f} by the clock", flush=True)
        there = ray(two, arguments.lose)
        print(f"Ray: {there['clock']:.0f} by the clock, {there['killed']} processes lost with their node")
        print("network namespaces" if there["namespaces"] else "no network namespaces")
        expected, found = manifests(one), manifests(two)
        for stage in sorted(expected.keys() | found.keys()):
            same = expected.get(stage) == found.get(stage)
            print(f"{'same' if same else 'DIFFERENT':10}{stage}  {expected.get(stage, '')[:16]}")
        sys.exit(expected != found)


if __name__ == "__main__":
    main()
