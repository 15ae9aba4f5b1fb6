from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curation.annotation.campaign import campaign, names
from curation.errors import UsageError


def test_it_begins_with_a_shipped_codebook_and_keeps_ones_own(tmp_path: Path) -> None:
    made = campaign(tmp_path, "sikap-2026")
    with pytest.raises(UsageError, match=r"no codebook.*stance, topic"):
        made.load_codebook()
    made.begin("topic")
    assert made.load_codebook().name == "topic"
    made.begin("stance")
    assert made.load_codebook().name == "topic"
    assert names(tmp_path) == ["sikap-2026"]


@pytest.mark.parametrize("name", ["", "../x", "a/b", "Sikap", "sikap 2026", "."])
def test_a_name_must_fit_every_file_system(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="can't be called"):
        campaign(tmp_path, name)


def test_two_campaigns_of_one_name_are_told_apart_and_copies_are_not(tmp_path: Path) -> None:
    one, other = (campaign(tmp_path / name, "topic") for name in ("a", "b"))
    one.begin("topic")
    other.begin("topic")
    assert one.identity != other.identity
    shutil.copytree(tmp_path / "a", tmp_path / "c")
    assert campaign(tmp_path / "c", "topic").identity == one.identity
