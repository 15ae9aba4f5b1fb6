from __future__ import annotations

import pytest

from curation.errors import ConfigError
from curation.release.papers.card import load_card


def test_blanks_and_todo_are_refused_with_their_lines(workspace):
    path = workspace(2) / "card.toml"
    text = path.read_text().replace('"Kecil."', '"""\nTODO: tulis di sini.\n"""').replace('"Ditulis sendiri."', '" "')
    path.write_text(text.replace('["Lestari, Dewi", "Pusat Bahasa Contoh"]', "[]"))
    with pytest.raises(ConfigError) as caught:
        load_card(path)
    assert caught.value.problems == [
        f"{path}:5: 'collection' is blank. A release needs it.",
        f"{path}:7: 'limitations' still says TODO. Write what holds for your corpus.",
        f"{path}:11: 'citation_authors' is blank. A release needs it.",
    ]


def test_an_address_may_be_left_out_but_not_be_blank_or_none(workspace):
    path = workspace(2) / "card.toml"
    assert load_card(path).url == ""
    text = path.read_text()
    path.write_text(f'{text}url = "https://doi.org/10.5281/zenodo.0000000"\n')
    assert load_card(path).url == "https://doi.org/10.5281/zenodo.0000000"
    for given, told in (
        ("", "'url' is blank"),
        ("doi.org/10", "'doi.org/10' is no address"),
        ("TODO", "'url' still says TODO"),
    ):
        path.write_text(f'{text}url = "{given}"\n')
        with pytest.raises(ConfigError, match=f"card.toml:10: {told}"):
            load_card(path)


def test_what_is_missing_is_named(tmp_path):
    path = tmp_path / "card.toml"
    path.write_text('title = "Korpus"\n')
    with pytest.raises(ConfigError, match="the key 'citation_authors' is missing"):
        load_card(path)
