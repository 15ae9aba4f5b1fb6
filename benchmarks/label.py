"""Tasks to a Label Studio server and answers back: rates, memory, and how both grow.

    python benchmarks/label.py [2500 5000 10000]

Starts a server of its own (see ``make label-studio``) in a temporary folder and stops it. Each push and pull is a
process of its own, so that its peak memory is its own (Linux only). Answers come by import, with their author: giving
ten thousand of them one by one would measure nothing but the server.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from curation import schema
from curation.annotation import campaign as campaigns
from curation.annotation import server
from curation.annotation.project.push import batches
from curation.annotation.project.record import Record
from curation.annotation.project.remote import connect
from curation.annotation.tasks import task_key, tasks_json
from curation.verbs.labelling import write_round

PROGRAM = Path(__file__).parents[1] / ".cache" / f"label-studio-{server.VERSION}"
WORDS = "warga pasar kota jalan sungai tarif parkir dinas kepala pagi hujan pedagang trotoar bus 😀 sepeda lampu"
LETTERS = 7_000


class Cost(NamedTuple):
    """What one command took."""

    seconds: float
    cpu: float
    peak: int  # MiB


def documents(n: int) -> list[dict[str, Any]]:
    """Invented articles of about 7 KB."""
    chance, words = random.Random(1), WORDS.split()
    made = []
    for number in range(n):
        body = f"Laporan {number}. " + " ".join(chance.choices(words, k=LETTERS // 7))
        made.append(
            {
                "id": f"{number:016x}",
                "title": f"Laporan {number}",
                "body": body,
                "outlet": "Detak",
                "published_at": datetime(2026, 3, 2, tzinfo=UTC),
                "zone": "WIB",
                "tags": [],
                "n_words": len(body.split()),
                "text_sha256": hashlib.sha256(body.encode()).hexdigest(),
            }
        )
    return made


def make_campaign(root: Path, n: int) -> str:
    """A campaign of the shipped topic codebook with `n` tasks."""
    campaign = campaigns.campaign(root, f"ukur-{n}")
    campaign.begin("topic")
    book = campaign.load_codebook()
    articles = documents(n)
    rows = [
        {
            "campaign": campaign.name,
            "round": "main",
            "task_key": task_key(article["id"], None, book.name),
            "document_id": article["id"],
            "cluster_id": article["id"],
            "text_sha256": article["text_sha256"],
            "target": None,
            "stratum": "Detak",
            "inclusion_probability": 1.0,
            "role": "normal",
        }
        for article in articles
    ]
    tasks = schema.from_rows("tasks", rows)
    write_round(campaign, book, tasks, tasks_json(tasks, schema.from_rows("documents", articles), book))
    return campaign.name


def answer_all(root: Path, name: str, environment: dict[str, str]) -> None:
    """Put the tasks of a campaign's project there again, each with an answer."""
    campaign = campaigns.campaign(root, name)
    (project,) = Record(campaign.folder).projects
    question = next(q for q in campaign.load_codebook().question if q.required)
    result = {"from_name": question.name, "to_name": "text", "type": "choices"}
    value = {"choices": [question.label[0].value]}
    answer = {"completed_by": {"email": server.EMAIL}, "result": [{**result, "value": value}]}
    tasks = json.loads(campaign.tasks_json.read_text(encoding="utf-8"))
    with connect(environment) as remote:
        remote.remove(project.id, [held.id for held in remote.held(project.id)])
        for batch in batches({**task, "annotations": [answer]} for task in tasks):
            remote.add(project.id, batch)


#: runs one command, then tells the peak of its own memory: what the kernel tells the parent holds the parent's, too
ONE = """
import atexit
from pathlib import Path
from curation.cli import main
atexit.register(lambda: print("\\n" + Path("/proc/self/status").read_text()))
main()
"""


def run(root: Path, environment: dict[str, str], *arguments: str) -> Cost:
    """Run one command, and say what it took."""
    command = [sys.executable, "-c", ONE, "label", *arguments, "-q"]
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    said = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)}: exit {process.returncode}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak_of(said))


def peak_of(status: str) -> int:
    """MiB that a process has held at most, from its ``/proc/PID/status``."""
    return next(int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("VmHWM"))


def measure(sizes: Iterable[int]) -> None:
    """Print a line for each size."""
    server.install(PROGRAM)
    with tempfile.TemporaryDirectory() as folder:
        root, data = Path(folder) / "workspace", Path(folder) / "data"
        root.mkdir()
        (root / "curation.toml").touch()
        server.first_data(PROGRAM, data)
        with server.start(PROGRAM, data=data) as running:
            environment = {"LABEL_STUDIO_URL": running.url, "LABEL_STUDIO_API_KEY": running.token}
            print(f"{'':>7} {'':<10} {'seconds':>8} {'a second':>9} {'own CPU':>8} {'peak MiB':>9} {'server MiB':>11}")
            for n in sizes:
                name = make_campaign(root, n)
                for step in ("push", "push again", "pull", "pull again"):
                    if step == "pull":
                        answer_all(root, name, environment)
                    cost = run(root, environment, step.split()[0], name)
                    rate = f"{n / cost.seconds:>9,.0f}"
                    peak = peak_of(Path(f"/proc/{running.process.pid}/status").read_text())
                    print(
                        f"{n:>7,} {step:<10} {cost.seconds:>8.1f} {rate} {cost.cpu:>8.1f} {cost.peak:>9,} {peak:>11,}"
                    )
                    sys.stdout.flush()


if __name__ == "__main__":
    measure([int(argument) for argument in sys.argv[1:]] or [2_500, 5_000, 10_000])
