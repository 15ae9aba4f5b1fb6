"""Sites as data: which record speaks for a host."""

from __future__ import annotations

import gzip
import json
import pickle
from collections import Counter
from pathlib import Path

import pytest
from cssselect import parse

from curation import sites
from curation.boilerplate import names
from curation.config import Site
from curation.ingest.urls import site_of
from curation.sites import Sites, load_sites, shipped_sites
from curation.toml import load_file

SHIPPED = sorted(Path(sites.__file__).parent.glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_records(path):
    site = load_file(Site, path, names.in_site)
    assert site.outlet.strip() == site.outlet != ""
    assert site.hosts, "a record without hosts is never found"
    for host in site.hosts:
        assert host == host.lower().strip()
        assert not host.removeprefix(".").startswith(("www.", "m.", "amp."))
        assert "." in host.removeprefix(".")
        assert shipped_sites().find(host.removeprefix(".")) == site
    for selector in (*site.keep, *site.drop):
        assert parse(selector)
    for name in site.datelines:
        assert name.strip() == name != ""
    assert path.read_text(encoding="utf-8").startswith("# Selectors: "), "no word on where they were learned"


def test_every_host_of_the_real_input_has_an_outlet():
    path = Path(__file__).parents[2] / "../shared/data/articles.jsonl.gz"
    if not path.exists():
        pytest.skip("the real input is not here: ../shared/data")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        hosts = {site_of(json.loads(line)["url"]) for line in file} - {None}
    assert len(hosts) > 100
    assert [host for host in hosts if shipped_sites().find(host) is None] == []


def test_no_host_has_two_records():
    hosts = Counter(host for path in SHIPPED for host in load_file(Site, path).hosts)
    assert [host for host, count in hosts.items() if count > 1] == []


def found(*pairs):
    return Sites({host: Site(outlet=outlet) for host, outlet in pairs})


@pytest.mark.parametrize(
    ("host", "outlet"),
    [
        ("warta.example", "Warta"),
        ("bola.warta.example", "Bola"),
        ("liga.bola.warta.example", "Bola"),
        ("ekonomi.warta.example", "Warta"),
        ("detak.example", "Detak"),
        ("bola.detak.example", None),
        ("mywarta.example", None),
        ("warta.example.test", None),
        ("example", None),
        ("", None),
        (None, None),
    ],
)
def test_the_nearest_record_speaks(host, outlet):
    record = found((".warta.example", "Warta"), (".bola.warta.example", "Bola"), ("detak.example", "Detak")).find(host)
    assert (record and record.outlet) == outlet


def test_a_host_of_its_own_wins_over_a_domain():
    both = found((".warta.example", "Warta"), ("bola.warta.example", "Bola"))
    assert both.find("bola.warta.example").outlet == "Bola"


def test_records_of_a_workspace_win(tmp_path):
    shipped = shipped_sites()
    host = next(host for host in shipped.by_host if host.startswith("."))
    (tmp_path / "mine.toml").write_text(f"outlet = 'Mine'\nhosts = ['{host}', 'warta.example']\ndisable = ['layout']\n")
    here = load_sites(tmp_path)
    assert here.find(host.removeprefix(".")).outlet == "Mine"
    assert here.find("warta.example").disable == ("layout",)
    assert shipped.find("warta.example") is None
    assert {**here.by_host, host: None} == {**shipped.by_host, host: None, "warta.example": here.by_host[host]}


def test_no_folder_means_the_shipped_ones(tmp_path):
    assert load_sites() == shipped_sites()
    assert load_sites(tmp_path / "none") == shipped_sites()
    assert load_sites(tmp_path) == shipped_sites()


def test_records_travel_to_other_processes():
    assert pickle.loads(pickle.dumps(shipped_sites())) == shipped_sites()
