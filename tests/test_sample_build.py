"""The sample corpus: up to date, large and varied enough, and honest about every input."""

import csv
import gzip
import json
import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"
RUN = 12


@pytest.fixture(scope="module")
def truth() -> list[dict[str, Any]]:
    with (SAMPLE / "truth.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def articles(truth: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [record for record in truth if record["expect"] == "article"]


def source_refs() -> list[str]:
    """Every input that raw/ holds."""
    refs = []
    for path in sorted((SAMPLE / "raw").iterdir()):
        if path.is_dir():
            refs += [f"{path.name}/{file.name}" for file in path.iterdir()]
            continue
        if path.suffix == ".csv":
            with path.open(encoding="cp1252", newline="") as lines:
                count = sum(1 for _ in csv.DictReader(lines))
        else:
            data = path.read_bytes()
            count = (gzip.decompress(data) if path.suffix == ".gz" else data).count(b"\n")
        refs += [f"{path.name}:{number}" for number in range(1, count + 1)]
    return refs


def runs(body: list[str]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(body).lower())
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def test_raw_files_and_truth_are_up_to_date() -> None:
    command = [sys.executable, "-B", str(SAMPLE / "build.py"), "--check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_input_has_exactly_one_truth_line(truth: list[dict[str, Any]]) -> None:
    assert Counter(record["source_ref"] for record in truth) == Counter(source_refs())


def test_size_and_variety(articles: list[dict[str, Any]]) -> None:
    assert len(articles) >= 100
    assert len({record["outlet"] for record in articles}) >= 8
    cases = Counter(record["case"] for record in articles)
    least = {
        "syndicated": 6,
        "update": 3,
        "template_gold": 4,
        "template_weather": 4,
        "gambling_spam": 2,
        "gambling_news": 4,
        "paywall": 2,
        "photo": 2,
        "malay": 1,
        "javanese": 2,
        "english": 1,
        "multipage": 1,
        "aggregator": 1,
    }
    assert {case: cases[case] for case in least if cases[case] < least[case]} == {}


def test_every_reason_of_rejection_occurs(truth: list[dict[str, Any]]) -> None:
    reasons = {record["reason"] for record in truth if record["expect"] == "rejected"}
    assert reasons == {"repeat", "empty", "malformed"}


def test_ordinary_articles_are_long_enough_and_say_something_of_their_own(articles: list[dict[str, Any]]) -> None:
    ordinary = [record for record in articles if record["case"] == "ordinary"]
    for record in ordinary:
        assert 4 <= len(record["body"]) <= 9, record["source_ref"]
        assert 85 <= len(" ".join(record["body"]).split()) <= 260, record["source_ref"]
    shown = [(record["source_ref"], record["cluster"], runs(record["body"])) for record in ordinary]
    shared = [
        (one, other)
        for (one, cluster, left), (other, other_cluster, right) in combinations(shown, 2)
        if left & right and (cluster is None or cluster != other_cluster)
    ]
    assert shared == []


def test_a_cluster_has_one_keeper_and_relations_point_to_earlier_inputs(truth: list[dict[str, Any]]) -> None:
    refs = [record["source_ref"] for record in truth]
    keepers = Counter(record["cluster"] for record in truth if record["cluster"] and record["selected"])
    assert set(keepers) == {record["cluster"] for record in truth if record["cluster"]}
    assert set(keepers.values()) == {1}
    for record in truth:
        if record["relation"]:
            assert refs.index(record["relation"]["of"]) < refs.index(record["source_ref"])


def test_only_invented_hosts() -> None:
    for path in SAMPLE.rglob("*"):
        if path.is_file() and path.suffix in {".toml", ".jsonl", ".csv", ".html", ".txt"}:
            text = path.read_bytes().decode("utf-8", errors="replace")
            hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"schema.org"}
            assert {host for host in hosts if not host.endswith(".example")} == set(), path.name
