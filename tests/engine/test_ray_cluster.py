"""Ray on two nodes: what is lost with a worker, a node or the driver is done again, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from curation import store
from curation.config import Engine
from curation.engine import engine_for

sys.path.insert(0, str(Path(__file__).parent))
import ray_driver
from cluster import PATIENCE, Cluster, wait_until

sys.path.pop(0)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster():
    with Cluster() as running:
        yield running


@pytest.fixture(autouse=True)
def _two_nodes(cluster):
    while cluster.count() < 3:
        cluster.add()


@pytest.fixture
def folder(tmp_path):
    ray_driver.write_inputs(tmp_path)
    return tmp_path


class Driver:
    """A driver at work on the cluster's head."""

    def __init__(self, cluster, verb, folder):
        self.cluster, self.folder = cluster, folder
        self.process = cluster.run(
            *(cluster.python, ray_driver.__file__, verb, str(folder), cluster.address),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        cluster.others.append(self.process)

    def held(self):
        """The node and process that wait to be killed, at the moment when the work can't go on without them."""
        wait_until(lambda: (self.folder / "held").exists() or self.process.poll() is not None, "nobody is held")
        address, pid, _ = (self.folder / "held").read_text().split()
        node = f"node{int(address.rpartition('.')[2]) - 1}" if self.cluster.namespaces else self._node_of(int(pid))
        assert int(pid) in self.cluster.pids(node)
        return node, int(pid)

    def _node_of(self, pid):
        return next(node for node in self.cluster.nodes if pid in self.cluster.pids(node))

    def free(self):
        (self.folder / "free").touch()

    def end(self):
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


def calls(folder):
    return [file.read_text().split() for file in (folder / "calls").iterdir()]


def local(tmp_path, verb):
    folder = tmp_path / "local"
    ray_driver.write_inputs(folder)
    ray_driver.run(verb, folder, engine_for(Engine(workers=1), folder / "scratch"), hold=False)
    return folder


def content(folder):
    return store.Stage(folder / "stage").content()


def files(folder):
    return {file.name: store.file_digest(file) for file in (folder / "grouped").iterdir()}


def test_both_nodes_work_and_the_manifest_is_that_of_one_machine(cluster, folder):
    (folder / "free").touch()
    code, said = Driver(cluster, "map", folder).end()
    assert code == 0, said
    assert cluster.count() == 3
    assert len({address for _, address, *_ in calls(folder)}) == (2 if cluster.namespaces else 1)
    assert content(folder) == content(local(folder, "map"))


@pytest.mark.parametrize(("verb", "made"), [("map", content), ("groups", files)], ids=["map", "reduce"])
def test_a_worker_killed(cluster, folder, verb, made):
    driver = Driver(cluster, verb, folder)
    _, pid = driver.held()
    os.kill(pid, signal.SIGKILL)
    driver.free()
    code, said = driver.end()
    assert code == 0, said
    assert "a worker was lost" in said
    assert len(calls(folder)) == ray_driver.PARTS + 1
    assert made(folder) == made(local(folder, verb))


def test_a_node_lost_in_map(cluster, folder):
    driver = Driver(cluster, "map", folder)
    node, _ = driver.held()
    assert cluster.lose(node) > 1
    assert cluster.count() == 2
    driver.free()
    code, said = driver.end()
    assert code == 0, said
    assert len(calls(folder)) == ray_driver.PARTS + 1
    assert content(folder) == content(local(folder, "map"))


def test_a_node_lost_in_mid_shuffle(cluster, folder):
    """One node has written its half of the files, reduces are under way: nothing of the map is done again."""
    driver = Driver(cluster, "groups", folder)
    node, _ = driver.held()
    written = sorted((folder / "scratch").glob("groups-*/*.parquet"))
    assert len(written) == 12
    assert cluster.lose(node) > 1
    assert cluster.count() == 2
    driver.free()
    code, said = driver.end()
    assert code == 0, said
    assert len(calls(folder)) == ray_driver.PARTS + 1
    assert files(folder) == files(local(folder, "groups"))
    assert not list((folder / "scratch").glob("groups-*"))


def test_a_killed_driver_goes_on_where_it_was(cluster, folder):
    driver = Driver(cluster, "map", folder)
    driver.held()

    def done():
        return len(list((folder / "stage.partial" / "marks").iterdir()))

    wait_until(lambda: done() >= ray_driver.PARTS - 1, "the other node has not done the rest")
    driver.process.kill()
    driver.end()
    kept, begun = done(), len(calls(folder))
    assert kept < ray_driver.PARTS
    assert begun - kept <= 2  # one a worker
    driver.free()
    code, said = Driver(cluster, "map", folder).end()
    assert code == 0, said
    assert len(calls(folder)) - ray_driver.PARTS == begun - kept  # what was begun and not marked, and no more
    assert content(folder) == content(local(folder, "map"))


def test_a_node_that_does_not_see_the_folder_is_named(cluster, folder):
    if not cluster.namespaces:
        pytest.skip("a folder can be hidden from a node in a namespace only")
    blind = cluster.add(blind_to=folder)
    (folder / "free").touch()
    code, said = Driver(cluster, "map", folder).end()
    cluster.lose(blind)
    assert code == 1
    address = f"10.77.0.{1 + int(blind.removeprefix('node'))}"
    assert f"node {address}: {folder}/scratch: does not see the folder of the workspace. Mount it on every" in said


def test_a_wrong_password(cluster, folder):
    cluster.environment["RAY_AUTH_TOKEN"], right = "f" * 64, cluster.environment["RAY_AUTH_TOKEN"]
    try:
        code, said = Driver(cluster, "map", folder).end()
    finally:
        cluster.environment["RAY_AUTH_TOKEN"] = right
    assert code == 1
    assert f"{cluster.address}: no Ray cluster can be joined" in said
    assert right not in said


def run(*settings):
    return sys.executable, "-m", "curation", "run", "-q", *(word for one in settings for word in ("--set", one))


def contents(folder):
    found = sorted([*folder.glob("state/batches/*/*/manifest.json"), *folder.glob("work/*/manifest.json")])
    return {str(file.relative_to(folder)): json.loads(file.read_text())["content"] for file in found}


def test_a_whole_run_with_a_node_lost_makes_the_manifests_of_one_machine(cluster, tmp_path):
    articles = sorted((Path(__file__).parents[2] / "data" / "sample" / "raw").glob("2026-03-0[1-4]-*"))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "curation.toml").write_text(
            f"[input]\npaths = {json.dumps([*map(str, articles)])}\n[checks]\nmax_rejected = 1.0\n"
        )
    subprocess.run(run("engine.workers=1"), cwd=tmp_path / "one", check=True, timeout=PATIENCE * 3)
    settings = ("engine.name=ray", f"engine.address={cluster.address}")
    driver = cluster.run(*run(*settings), cwd=tmp_path / "two", stdout=-1, stderr=-1, text=True)
    cluster.others.append(driver)
    first = tmp_path / "two" / "state" / "batches" / articles[0].name.partition(".")[0]
    wait_until(
        lambda: (first / "ingest" / "manifest.json").exists() or driver.poll() is not None, "nothing is ingested"
    )
    assert driver.poll() is None
    assert cluster.lose(next(node for node in cluster.nodes if node != "head")) > 1
    printed, said = driver.communicate(timeout=PATIENCE * 4)
    assert driver.returncode == 0, said
    assert printed == ""
    assert cluster.count() == 2
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert len(contents(tmp_path / "one")) >= 4 * 5 + 2
