"""The command: it tells before it does, and says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from curation import store
from curation.errors import InputError, UsageError
from curation.verbs.takedown import asked as asking
from curation.workspace import Workspace
from tests.verbs.takedown.conftest import (
    DAY,
    FILE,
    LABELLED,
    PAGE,
    curation,
)


def test_without_yes_nothing_is_done(workspace: Workspace) -> None:
    def files() -> dict[str, str]:
        return {
            str(path): store.file_digest(path)
            for path in workspace.root.rglob("*")
            if path.is_file() and path.name != "lock"
        }

    before = files()
    done = curation(workspace, "withdraw", "--id", FILE, "--id", LABELLED)
    assert done.returncode == 0
    for words in ("articles to withdraw: 2", "that stay: 1", "100% shared", "releases/berita-contoh/1.0.0", "--yes"):
        assert words in done.stderr, done.stderr
    assert files() == before
    told = json.loads(curation(workspace, "withdraw", "--id", FILE, "--json").stdout)
    assert [row["id"] for row in told["documents"]] == [FILE]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "it is not told what to withdraw"),
        (("--id", "0" * 16), 1, "none of these is here"),
        (("--file", "tidak-ada.txt"), 1, "can't be read"),
        (("--id", PAGE, "--date", "9 Maret"), 2, "is no date"),
        (("--id", PAGE, "--reason", "bosan"), 2, "bosan"),
    ],
)
def test_mistakes_are_told(workspace: Workspace, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = curation(workspace, "withdraw", *arguments)
    assert (done.returncode, words in done.stderr) == (code, True), done.stderr


def test_a_list_of_names(tmp_path: Path) -> None:
    path = tmp_path / "daftar.txt"
    path.write_text(f"\ufeff{PAGE}  # surat 7\n\n# lagi\nhttps://warta.example/a#isi\n", encoding="utf-8")
    assert asking.read_file(path) == ([PAGE], ["https://warta.example/a#isi"])
    path.write_text("Budi dari Malang\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"daftar\.txt:1"):
        asking.read_file(path)
    with pytest.raises(InputError, match="can't be read"):
        asking.read_file(tmp_path / "tidak-ada.txt")


def test_deposits_are_named(workspace: Workspace) -> None:
    with (workspace.root / "card.toml").open("a") as file:
        file.write('\ndeposits = ["https://repositori.example/rekaman/7"]\n')
    done = curation(workspace, "withdraw", "--id", PAGE, "--date", DAY, "--yes")
    assert done.returncode == 0, done.stderr
    assert "tell them of it: https://repositori.example/rekaman/7" in done.stderr
