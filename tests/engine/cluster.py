"""A real Ray cluster on one machine, to lose nodes of: each in a network namespace where those can be made.

The head has no CPU and runs the driver, so all work is done by the other nodes. Where namespaces can't be made (no
root, no ``ip``), the nodes are raylets side by side on 127.0.0.1; losing one is then the end of its processes alone.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
#: seconds that anything may take on a busy machine
PATIENCE = 120

_WATCH = """
import sys, time
from ray._raylet import GcsClient
client = GcsClient(address=sys.argv[1])
while True:
    nodes = client.get_all_node_info(timeout=10).values()
    print(sum(node.state == 0 for node in nodes), flush=True)
    time.sleep(0.2)
"""


class Cluster:
    """A head and some nodes with one CPU each; everything ends with :meth:`close`."""

    def __init__(self, python: str = sys.executable) -> None:
        self.python = python
        self.name = f"curation-{secrets.token_hex(3)}"
        self.namespaces = _can_make_namespaces(self.name)
        self.temporary = Path(tempfile.mkdtemp(prefix="ray-"))  # not pytest's: paths of sockets must be short
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(HERE),
            "PYTHONWARNINGS": "ignore",
            "RAY_USAGE_STATS_ENABLED": "0",
            "RAY_worker_niceness": "0",  # by default workers give way to whatever else the machine does
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN": secrets.token_hex(32),
            # a node that has fallen silent counts as lost after some seconds instead of half a minute
            "RAY_health_check_initial_delay_ms": "1000",
            "RAY_health_check_period_ms": "1000",
            "RAY_health_check_timeout_ms": "3000",
            "RAY_health_check_failure_threshold": "3",
        }
        self.nodes: dict[str, subprocess.Popen[bytes]] = {}
        self.others: list[subprocess.Popen[bytes]] = []
        self.number = 0
        self.address = ""

    def __enter__(self) -> Cluster:
        try:
            if self.namespaces:
                _ip("netns", "add", f"{self.name}-switch")
                _ip("-n", f"{self.name}-switch", "link", "add", "bridge", "type", "bridge")
                _ip("-n", f"{self.name}-switch", "link", "set", "bridge", "up")
            port = 6379 if self.namespaces else _free_port()
            self.address = f"{self._join('head')}:{port}"
            self._start("head", "--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false")
            self._watch = self.temporary / "watch"
            with self._watch.open("wb") as out:
                self.others.append(self.run(self.python, "-c", _WATCH, self.address, stdout=out))
            self.wait_for_nodes(1)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, blind_to: Path | None = None) -> str:
        """Bring in one more node with one CPU, and wait until the head knows it.

        With namespaces a node can be made that doesn't see a folder.
        """
        before = self.count()
        self.number += 1
        node = f"node{self.number}"
        self._join(node)
        self._start(node, f"--address={self.address}", "--num-cpus=1", blind_to=blind_to)
        self.wait_for_nodes(before + 1)
        return node

    def run(self, *command: str, **options: object) -> subprocess.Popen[bytes]:
        """Start a command on the head."""
        return subprocess.Popen([*self._inside("head"), *command], env=self.environment, **options)

    def count(self) -> int:
        """How many nodes the head believes to be alive, itself included."""
        said = self._watch.read_text().split()
        return int(said[-1]) if said else 0

    def wait_for_nodes(self, number: int) -> None:
        wait_until(lambda: self.count() == number, f"{number} nodes, not {self.count()}")

    def pids(self, node: str) -> list[int]:
        """All processes of a node."""
        found = _descendants(self.nodes[node].pid)
        if self.namespaces:
            found |= {int(pid) for pid in _ip("netns", "pids", f"{self.name}-{node}").split()}
        return sorted(found)

    def lose(self, node: str) -> int:
        """Cut a node's cable and end all of its processes at once; returns how many there were."""
        before, pids = self.count(), self.pids(node)
        if self.namespaces:
            _ip("-n", f"{self.name}-switch", "link", "set", node, "down")
        self._end(node)
        assert not any(_parent(pid) for pid in pids)
        self.wait_for_nodes(before - 1)
        return len(pids)

    def close(self) -> None:
        for process in self.others:
            process.kill()
            process.wait()
        for node in [*self.nodes]:
            self._end(node)
        if self.namespaces:
            for name in _ip("netns", "list").split():
                if name.startswith(f"{self.name}-"):
                    _ip("netns", "delete", name)
        shutil.rmtree(self.temporary, ignore_errors=True)

    def _end(self, node: str) -> None:
        # a raylet that is still alive starts new workers: until nothing is left
        while pids := self.pids(node):
            for pid in pids:
                _kill(pid)
            if self.nodes[node].poll() is None:
                self.nodes[node].wait()
            time.sleep(0.05)
        del self.nodes[node]

    def _start(self, node: str, *options: str, blind_to: Path | None = None) -> None:
        hide = ["sh", "-c", f'mount -t tmpfs none "{blind_to}" && exec "$@"', "sh"] if blind_to else []
        ray = Path(self.python).with_name("ray")
        log = (self.temporary / f"{node}.log").open("wb")
        with log:
            self.nodes[node] = subprocess.Popen(
                [
                    *(*self._inside(node), *hide, str(ray), "start", "--block", "--disable-usage-stats"),
                    *(f"--node-ip-address={self._address(node)}", "--include-log-monitor=false"),
                    *(f"--temp-dir={self.temporary}", f"--object-store-memory={100 << 20}", *options),
                ],
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def _inside(self, node: str) -> list[str]:
        return ["ip", "netns", "exec", f"{self.name}-{node}"] if self.namespaces else []

    def _address(self, node: str) -> str:
        return f"10.77.0.{1 + int(node.removeprefix('node').replace('head', '0'))}" if self.namespaces else "127.0.0.1"

    def _join(self, node: str) -> str:
        """Connect a new node to the switch; returns its address."""
        address = self._address(node)
        if self.namespaces:
            inside, switch = f"{self.name}-{node}", f"{self.name}-switch"
            _ip("netns", "add", inside)
            _ip("-n", switch, "link", "add", node, "type", "veth", "peer", "name", "eth0", "netns", inside)
            _ip("-n", switch, "link", "set", node, "up", "master", "bridge")
            _ip("-n", inside, "address", "add", f"{address}/24", "dev", "eth0")
            _ip("-n", inside, "link", "set", "eth0", "up")
            _ip("-n", inside, "link", "set", "lo", "up")
        return address


def wait_until(condition, what: str, seconds: float = PATIENCE) -> None:
    """Wait for something, with an end."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"after {seconds} s: {what}"
        time.sleep(0.05)


def _can_make_namespaces(name: str) -> bool:
    if os.geteuid() != 0 or not shutil.which("ip"):
        return False
    try:
        _ip("netns", "add", f"{name}-try")
        _ip("netns", "exec", f"{name}-try", "true")
        _ip("netns", "delete", f"{name}-try")
    except subprocess.CalledProcessError:
        return False
    return True


def _ip(*words: str) -> str:
    return subprocess.run(["ip", *words], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def _parent(pid: int) -> int:
    """The parent of a process; 0 where it is no more, or a zombie."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state in "ZX" else int(parent)


def _descendants(pid: int) -> set[int]:
    """A process and all that descend from it, as far as they live."""
    everybody = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    parents = {one: parent for one in everybody if (parent := _parent(one))}
    found = {pid} & parents.keys()
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
