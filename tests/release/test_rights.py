from __future__ import annotations

import pytest

from curation import schema, store
from curation.errors import ConfigError, UsageError
from curation.release.rights import Rights, apply_rights, load_rights


def test_text_is_withheld_unless_the_file_grants_it(workspace):
    folder = workspace(6)
    rights = load_rights(folder / "rights.toml")
    table = store.read_table(folder / "released.parquet")
    given = apply_rights(table, rights)
    assert given.schema == table.schema
    for before, after in zip(table.to_pylist(), given.to_pylist(), strict=True):
        access, licence, body = {
            "Detak": ("full", "CC-BY-4.0", before["body"]),
            "Suluh Malam": ("excerpt", "CC-BY-NC-4.0", before["body"][:20]),
            "Warta Daerah": ("withheld", None, None),
        }[before["outlet"]]
        assert (after["text_access"], after["licence"], after["body"]) == (access, licence, body)
        assert after["text_sha256"] == before["text_sha256"]


def test_without_any_file_nothing_is_given(workspace):
    table = store.read_table(workspace(6) / "released.parquet")
    assert apply_rights(table, Rights())["body"].null_count == table.num_rows
    assert apply_rights(schema.empty("released"), Rights()).num_rows == 0


def test_every_mistake_is_told_with_its_line(tmp_path):
    path = tmp_path / "rights.toml"
    path.write_text('[default]\ntext = "ful"\n\n[[outlet]]\nname = "Detak"\ntekst = "full"\nsource = "x"\n')
    with pytest.raises(ConfigError) as caught:
        load_rights(path)
    assert caught.value.problems == [
        f"{path}:2: 'text' can't be 'ful'. Did you mean 'full'?",
        f"{path}:4: the key 'text' is missing.",
        f"{path}:6: unknown key 'tekst' in [outlet]. Did you mean 'text'?",
    ]


def test_text_needs_a_licence_a_source_and_one_entry(tmp_path):
    path = tmp_path / "rights.toml"
    path.write_text(
        '[default]\ntext = "full"\n'
        '[[outlet]]\nname = "Detak"\ntext = "full"\nlicence = "CC-BY-4.0"\nsource = " "\n'
        '[[outlet]]\nname = "Detak"\ntext = "excerpt"\nlicence = "x"\nexcerpt = 0\nsource = "surat"\n'
    )
    with pytest.raises(ConfigError) as caught:
        load_rights(path)
    assert caught.value.problems == [
        f"{path}:2: text = 'full' needs a licence.",
        f"{path}:5: say where the terms of 'Detak' are written: source = \"...\"",
        f"{path}:10: an excerpt has at least one character.",
        f"{path}:10: 'Detak' has an entry in line 3 already.",
    ]


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"rights\.toml: no such file"):
        load_rights(tmp_path / "rights.toml")


def test_the_digest_is_of_what_is_said_not_of_the_layout(tmp_path):
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text('[default]\ntext = "withheld"\n')
    two.write_text("# nothing is given\n")
    assert load_rights(one).digest() == load_rights(two).digest()
    two.write_text('[default]\ntext = "full"\nlicence = "CC0-1.0"\n')
    assert load_rights(one).digest() != load_rights(two).digest()
