"""Settings: every mistake is told at once, with file, line and what would have been right."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import config
from curation.boilerplate import RULES, names
from curation.config import Config, Limit, Site, load
from curation.errors import ConfigError, UsageError
from curation.sites import load_sites
from curation.toml import key_lines, load_file

THREE_MISTAKES = """\
# settings
[dedup]
jacard = 0.8
bands = "many"

[quality.word_cuont]
min = 80
"""


def written(tmp_path, text, name="curation.toml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(path=None, *overrides, mistakes=None):
    with pytest.raises(ConfigError) as caught:
        load(path, overrides, mistakes)
    return caught.value.problems


def run(*arguments, cwd):
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "curation", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


# -- mistakes in the file ---------------------------------------------------------------------------


def test_three_mistakes_three_lines(tmp_path):
    path = written(tmp_path, THREE_MISTAKES)
    assert problems(path) == [
        f"{path}:3: unknown key 'jacard' in [dedup]. Did you mean 'jaccard'?",
        f"{path}:4: 'bands': expected 'int', got 'str'.",
        f"{path}:6: unknown measure 'word_cuont'. Did you mean 'word_count'?",
    ]


def test_three_mistakes_on_the_command_line(tmp_path):
    written(tmp_path, THREE_MISTAKES, "mine.toml")
    done = run("run", "-c", "mine.toml", cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert done.returncode == 2
    assert [line.split(": ")[1] for line in lines] == ["mine.toml:3", "mine.toml:4", "mine.toml:6"]
    assert done.stdout == ""
    assert not (tmp_path / "state").exists()


def test_all_mistakes_of_many_are_told(tmp_path):
    path = written(tmp_path, "[engnie]\n[dedup]\njaccard = 7\n[quality]\nprofile = 'x'\n[input]\npaths = 3\n")
    assert [problem.split(": ")[0] for problem in problems(path)] == [f"{path}:{n}" for n in (1, 3, 5, 7)]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("[dedup\njaccard = 1\n", 1, "not valid TOML"),
        ("[dedup]\njaccard = 0.5\nbands = \n", 3, "not valid TOML"),
        ("[dedup]\nbands = 3\nbands = 4\n", 3, "not valid TOML"),
        ("[dedup]\njaccard = 1.01\n", 2, "'jaccard' must lie between 0 and 1."),
        ("[checks]\nmax_rejected = -0.1\n", 2, "'max_rejected' must lie between 0 and 1."),
        ("[engine]\nname = 'lokal'\n", 2, "'name' can't be 'lokal'. Did you mean 'local'?"),
        ("[quality]\nprofile = 'indonesian-new'\n", 2, "Did you mean 'indonesian-news'?"),
        ("[quality.word_count]\nmni = 3\n", 2, "unknown key 'mni' in [quality.word_count]. Did you mean 'min'?"),
        ("[quality]\nword_count.min = 'x'\n", 2, "'min': expected 'float | null', got 'str'."),
        ("[quality.id]\nmin = 1\n", 1, "unknown measure 'id'."),
        ("[input]\npaths = ['a', 3]\n", 2, "'paths': expected 'str', got 'int'."),
        ("[scope]\nterms = 'banjir'\n", 2, "'terms': expected 'array', got 'str'."),
        ("[scope]\nsince = '2026-1-5'\n", 2, "'since': invalid rfc3339 encoded date."),
        ("[scope]\nuntil = 'Maret 2026'\n", 2, "'until': "),
        ("dedup = 3\n", 1, "'dedup': expected 'object', got 'int'."),
        ("[rules]\ndisable = 'layout'\n", 2, "'disable': expected 'array', got 'str'."),
    ],
)
def test_one_mistake(tmp_path, text, line, told):
    path = written(tmp_path, text)
    (problem,) = problems(path)
    assert problem.startswith(f"{path}:{line}: ")
    assert told in problem


def test_a_missing_file_says_what_to_type(tmp_path):
    with pytest.raises(UsageError, match=r"no such file.*curation init DIR"):
        load(tmp_path / "curation.toml")


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "curation.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="can't be read"):
        load(path)


# -- what is right --------------------------------------------------------------------------------


def test_no_file_means_the_defaults():
    found = load()
    assert found.dedup == Config().dedup
    assert set(found.quality.limits) <= set(config.schema.table_schema("measures").names())


def test_the_template_shows_settings_that_exist(tmp_path):
    template = Path(config.__file__).parent / "template" / "curation.toml"
    text = template.read_text(encoding="utf-8").format(paths="", columns="", name='"corpus"')
    assert load(written(tmp_path, text)) == load()
    # what is commented out shows the default; rules, scope, lines to keep, gates and masks have none to show
    shown = "\n".join(re.sub(r"^# (?=\w+ = |\[)", "", line) for line in text.splitlines())
    assert shown.count("#") < text.count("#") - 10
    found = load(written(tmp_path, shown), mistakes=names.in_settings)
    assert found.rules.disable
    assert found.scope.terms
    assert found.chrome.keep
    assert found.checks.audit_dropped
    assert found.checks.audit_merged
    assert found.release.mask
    assert (found.checks.max_rejected, found.release.name) == (load().checks.max_rejected, "corpus")
    shown_only = {"rules": None, "scope": None, "chrome": None, "checks": None, "release": None}
    assert vars_of(found) | shown_only == vars_of(load()) | shown_only


def vars_of(settings):
    return {name: getattr(settings, name) for name in settings.__struct_fields__}


def test_the_profile_lies_under_the_file(tmp_path):
    shipped = load().quality.limits
    found = load(written(tmp_path, "[quality.word_count]\nmax = 5000\n[quality.stop_words]\nmin = 0.5\n"))
    limits = found.quality.limits
    assert limits["word_count"] == Limit(min=shipped["word_count"].min, max=5000)
    assert limits["stop_words"] == Limit(min=0.5, max=shipped["stop_words"].max)
    assert {k: v for k, v in limits.items() if k not in ("word_count", "stop_words")} == {
        k: v for k, v in shipped.items() if k not in ("word_count", "stop_words")
    }


def test_every_shipped_profile_loads():
    assert "indonesian-news" in config.profile_names()
    for name in config.profile_names():
        assert load(None, (f"quality.profile={name}",)).quality.limits


# -- --set ----------------------------------------------------------------------------------------


def test_set_wins_over_the_file(tmp_path):
    path = written(tmp_path, "[dedup]\njaccard = 0.8\n[quality.word_count]\nmin = 100\n")
    found = load(path, ("dedup.jaccard=0.9", "quality.word_count.min=80", "scope.terms=['banjir']", "release.name=air"))
    assert found.dedup.jaccard == 0.9
    assert found.quality.limits["word_count"].min == 80
    assert found.scope.terms == ("banjir",)
    assert found.release.name == "air"


@pytest.mark.parametrize("written_as", ["2026-01-05", '"2026-01-05"'])
def test_a_date_with_quotes_and_without(tmp_path, written_as):
    path = written(tmp_path, f"[scope]\nsince = {written_as}\n")
    assert load(path, (f"scope.until={written_as}",)).scope == config.Scope(
        since=dt.date(2026, 1, 5), until=dt.date(2026, 1, 5)
    )


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("dedup.jaccard", "--set dedup.jaccard: write it as key=value"),
        ("dedup.jacard=0.8", "--set dedup.jacard: unknown key 'jacard' in [dedup]. Did you mean 'jaccard'?"),
        ("dedup.bands=banyak", "--set dedup.bands: 'bands': expected 'int', got 'str'."),
        ("quality.word_cuont.min=1", "--set quality.word_cuont.min: unknown measure 'word_cuont'. Did you mean"),
        ("dedup.jaccard.x=1", "--set dedup.jaccard.x: 'jaccard' is a value, not a table"),
        ("deddup.jaccard=1", "unknown key 'deddup' in the file. Did you mean 'dedup'?"),
    ],
)
def test_set_mistakes(tmp_path, override, told):
    path = written(tmp_path, "[dedup]\njaccard = 0.8\n")
    (problem,) = problems(path, override)
    assert told in problem
    assert problem.startswith("--set")


def test_mistakes_of_file_and_set_come_together(tmp_path):
    path = written(tmp_path, "[dedup]\njacard = 0.8\n")
    found = problems(path, "engine.wokers=2")
    assert [problem.partition(": ")[0] for problem in found] == [f"{path}:2", "--set engine.wokers"]


# -- rule names -----------------------------------------------------------------------------------


def test_an_unknown_rule_is_told_with_the_other_mistakes(tmp_path):
    path = written(tmp_path, "[dedup]\njacard = 1\n\n[rules]\ndisable = ['baca_jua', 'layout', 'zzzz']\n")
    found = problems(path, mistakes=names.in_settings)
    assert found[0].startswith(f"{path}:2: unknown key 'jacard'")
    assert found[1] == f"{path}:5: unknown rule 'baca_jua'. Did you mean 'baca_juga'?"
    assert found[2].startswith(f"{path}:5: unknown rule 'zzzz'. Known: {RULES[0].name}, ")


def test_an_unknown_rule_on_the_command_line(tmp_path):
    told = problems(None, 'rules.disable=["baca_jua"]', mistakes=names.in_settings)
    assert told == ["--set rules.disable: unknown rule 'baca_jua'. Did you mean 'baca_juga'?"]
    written(tmp_path, "[rules]\ndisable = ['baca_jua']\n")
    done = run("run", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr == "curation: curation.toml:2: unknown rule 'baca_jua'. Did you mean 'baca_juga'?\n"


def test_known_rules_and_none_are_fine(tmp_path):
    path = written(tmp_path, "[rules]\ndisable = ['baca_juga', 'layout']\n")
    assert load(path, mistakes=names.in_settings).rules.disable == ("baca_juga", "layout")
    assert load(None, mistakes=names.in_settings) == load()


def test_unknown_rules_of_sites_are_told(tmp_path):
    sites = tmp_path / "sites"
    sites.mkdir()
    first = written(sites, "outlet = 'Warta'\nhosts = ['warta.example']\ndisable = ['dateline']\n", "warta.toml")
    second = written(sites, "outlet = 'Detak'\nhots = ['detak.example']\n", "detak.toml")
    with pytest.raises(ConfigError) as caught:
        load_sites(sites, names.in_site)
    detak, warta = caught.value.problems
    assert detak == f"{second}:2: unknown key 'hots' in the file. Did you mean 'hosts'?"
    assert warta.startswith(f"{first}:3: unknown rule 'dateline'.")


def test_a_run_in_a_workspace_refuses_a_site_with_an_unknown_rule(tmp_path):
    (tmp_path / "sites").mkdir()
    written(tmp_path, "[input]\npaths = ['a.jsonl']\n")
    written(tmp_path, '{"title": "Air", "text": "Air surut."}\n', "a.jsonl")
    written(tmp_path / "sites", "outlet = 'Warta'\ndisable = ['layot']\n", "warta.toml")
    done = run("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "sites/warta.toml:2: unknown rule 'layot'. Did you mean 'layout'?" in done.stderr


# -- other files ----------------------------------------------------------------------------------


def test_a_missing_key_is_told(tmp_path):
    path = written(tmp_path, "hosts = ['warta.example']\n", "warta.toml")
    with pytest.raises(ConfigError) as caught:
        load_file(Site, path)
    assert caught.value.problems == [f"{path}: the key 'outlet' is missing."]


# -- where a key stands -----------------------------------------------------------------------------

NAMES = st.text("abcdefgh_-", min_size=1, max_size=6)


@given(
    st.lists(
        st.tuples(
            st.lists(NAMES, min_size=1, max_size=3).map(".".join),
            st.lists(st.tuples(NAMES, st.sampled_from(["1", "'x = y'", "[1,\n 2]", '"""\nz = 1\n"""'])), max_size=3),
            st.sampled_from(["", "# note = 1\n", "\n\n"]),
        ),
        max_size=5,
    )
)
def test_key_lines_finds_every_key(tables):
    text, expected = "", {}
    for header, pairs, space in tables:
        text += space
        path = tuple(header.split("."))
        expected.setdefault(path, text.count("\n") + 1)
        text += f"[{header}]\n"
        for name, value in pairs:
            expected.setdefault((*path, name), text.count("\n") + 1)
            text += f"{name} = {value}\n"
    assert key_lines(text) == expected
