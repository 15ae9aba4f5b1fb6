from __future__ import annotations

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation import config, schema
from curation.quality.documents import Documents
from curation.quality.published import PUBLISHED
from curation.quality.published.kernels.characters import characters
from curation.quality.published.kernels.tokens import Tokens, tokenise
from curation.quality.published.values import values
from curation.quality.verdicts import verdicts
from tests.quality import published_reference as reference

Spans = list[tuple[int, int]]

#: what the recipes look for, so that texts of it are full of lines, repeats, marks and phrases
PIECES = [
    *(
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "\r\n",
        "\u2028",
        ". ",
        "...",
        "…",
        "? ",
        '."',
        "'",
        ", ",
        "-",
        "- ",
        "• ",
        "#",
        "—",
        "’",
    ),
    *(
        "Air",
        "air",
        "surut",
        "warga di tepi sungai itu",
        "yang",
        "dan",
        "of",
        "the",
        "12.500",
        "17:35",
        "2-1",
        "İ",
        "ß",
    ),
    *(
        "[12]",
        "[]",
        "[edit]",
        "[citation needed]",
        "[1",
        "{",
        "lorem ipsum",
        "JavaScript",
        "use cookies",
        "Terms of Use",
    ),
    *(
        "https://a.id",
        "www",
        "bokep",
        "bo kep",
        "mempertanggungjawabkan" * 2,
        "」",
        "。",
        "\u00a0",
        "😀",
        "\u0301",
        "x" * 1001,
    ),
]
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=200),
    st.text("ab. \n", max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)


def given_tokens(texts: list[str], spans: list[Spans]) -> Tokens:
    """Tokens of any tokenizer, from their places in each text."""
    begin = np.cumsum([0, *map(len, texts)])
    places = [(a + at, b + at) for at, some in zip(begin, spans, strict=False) for a, b in some]
    starts, stops = np.array(places, np.int64).reshape(-1, 2).T
    return Tokens(starts.copy(), stops.copy(), np.cumsum([0, *map(len, spans)]))


def ours(texts: list[str], spans: list[Spans] | None = None) -> list[dict[str, float | None]]:
    made = characters(pa.array(texts, pa.string()))
    found = values(made, tokenise(made) if spans is None else given_tokens(texts, spans))
    columns = {name: [None if np.isnan(one) else one for one in column] for name, column in found.items()}
    return [{name: column[i] for name, column in columns.items()} for i in range(len(texts))]


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_values_equal_the_plain_reference(texts: list[str]) -> None:
    assert ours(texts) == [reference.measured(text, reference.tokens_of(text)) for text in texts]


@settings(max_examples=200, deadline=None)
@given(st.data(), TEXTS)
def test_values_equal_the_plain_reference_with_any_tokens(data: st.DataObject, text: str) -> None:
    spans = []
    for start, stop in _runs(text):
        cuts = data.draw(st.sets(st.integers(start, stop))) | {start, stop}
        spans += [(a, b) for a, b in zip(sorted(cuts), sorted(cuts)[1:], strict=False)]
    assert ours([text], [spans]) == [reference.measured(text, spans)]


#: texts on both sides of a rule's bound
EDGES = [
    "the be to of and that have with dan yang di pada dari ini dengan adalah untuk dalam Dalam oftheb dengann",
    f"Air surut {'x' * 1000}.\nAir surut {'x' * 1001}.",
    f"{'y' * 30} ({'y' * 30}) {'y' * 31} {'-' * 31} air surut",
    f"{'z' * 30}\n{'z' * 31}\n{'z' * 30}",
    "Air surut.\nAir mulai surut.\nAir mulai surut...\nAir mulai surut [12].[edit]\nAir [x] surut.[citation needed]",
    "Lorem ipsum JavaScript {a}.\nJavaScript {a} mati.\nIsi {a} use cookies.\nWe USE COOKIES here.\n{ } \u212aata?",
    "Kata dia: \u201cAir surut.\u201d Lalu pulang!? (Ya.) Begitu.\nBenar. 5 orang. $5 saja. ...lalu. Ya.",
    "\n\nAir surut.\n\n\nAir surut.\n \nAir surut.\r\n\r\nAir surut.\n",
    "bokep BOKEP (bokep) bo kep bokeps kon\ntol kon tol",
    "http://a.id Www www.a .com a.com href // a//b HTTP air\tsurut \t\n di",
    "a b a b c d c d a b",
    "Air .. surut .... lalu ...... 17:35 12,5 a,b 1:a ke-3 di-PHK Jum'at S.H. reda.Kata 07.30 v2.a",
]


@pytest.mark.parametrize("text", EDGES)
def test_bounds_of_the_rules(text: str) -> None:
    assert ours([text]) == [reference.measured(text, reference.tokens_of(text))]


def _runs(text: str) -> Spans:
    """What stands between blanks."""
    found, start = [], None
    for i, one in enumerate(f"{text} "):
        if one.isspace():
            if start is not None:
                found.append((start, i))
            start = None
        elif start is None:
            start = i
    return found


@settings(deadline=None)
@given(TEXTS)
def test_tokens_are_all_of_the_text_but_blanks(text: str) -> None:
    made = characters(pa.array([text], pa.string()))
    found = tokenise(made)
    assert list(zip(found.starts.tolist(), found.stops.tolist(), strict=True)) == reference.tokens_of(text)
    assert "".join(text[a:b] for a, b in zip(found.starts, found.stops, strict=True)) == "".join(text.split())


def measured(*bodies: str) -> pa.Table:
    """The columns of this shelf."""
    body = pa.array(bodies, pa.string())
    batch = Documents(pa.table({"body": body}))
    ids = pa.array([f"{i:02d}" for i in range(len(bodies))])
    return pa.table({"id": ids, **{one.name: one(batch) for one in PUBLISHED}})


def test_every_value_is_a_measure_of_its_name() -> None:
    texts = ["Air surut. Warga yang mengungsi pulang dari balai desa.\nHujan reda.", ""]
    table = measured(*texts)
    names = [one.name for one in PUBLISHED]
    assert table.select(names).to_pylist() == [{name: row[name] for name in names} for row in ours(texts)]
    assert set(names) == set(ours([""])[0])
    assert schema.table_schema("measures").names()[-len(names) :] == names


NEWS = (
    "Pada hari Senin warga Rantaubatu bergotong royong membersihkan selokan pasar yang tersumbat sampah. Lurah "
    "setempat mengatakan pekerjaan itu selesai dalam dua jam.\n"
    "Air sempat menggenangi kios pedagang ikan sejak hujan deras pekan lalu. Belasan karung lumpur diangkut dengan "
    "gerobak ke tempat pembuangan di ujung jalan.\n"
    "Menurut para pedagang, genangan membuat pembeli enggan datang. Mereka berharap pemerintah kota segera memperbaiki "
    "gorong-gorong yang retak sebelum musim penghujan tiba."
)


@pytest.mark.parametrize(
    ("profile", "text", "reasons"),
    [
        ("fineweb2-ind", NEWS, []),
        ("c4", NEWS, []),
        ("sailcraft-id", NEWS, []),
        ("gopher", NEWS, ["gopher_stop_words"]),
        ("c4", f"{NEWS}\nIsi surat itu hanya {{nama}} saja.", ["c4_braces"]),
        ("c4", NEWS.replace(".", " ;"), ["c4_sentences"]),
        ("sailcraft-id", "Situs bokep.", ["sailcraft_words", "sailcraft_flagged"]),
        ("fineweb2-ind", NEWS.partition("\n")[0], ["tokens"]),
    ],
)
def test_profiles(profile: str, text: str, reasons: list[str]) -> None:
    limits = config.load(None, (f"quality.profile={profile}",)).quality.limits
    assert verdicts(measured(text), limits)["reasons"].to_pylist() == [reasons]


def test_a_page_twice_is_repetition_to_gopher_and_fineweb2() -> None:
    for profile in ("gopher", "fineweb2-ind"):
        limits = config.load(None, (f"quality.profile={profile}",)).quality.limits
        [reasons] = verdicts(measured(f"{NEWS}\n{NEWS}"), limits)["reasons"].to_pylist()
        assert {"duplicate_lines", "duplicate_5_gram", "duplicate_10_gram"} <= set(reasons)


def test_same_values_without_a_compiler() -> None:
    """In a process of its own, since modules keep what they were compiled to."""
    code = f"""
import sys
sys.modules["numba"] = None
import pyarrow as pa
from curation.quality.published.kernels.characters import characters
from curation.quality.published.kernels.tokens import tokenise
from curation.quality.published.values import values
texts = characters(pa.array([{NEWS!r}, "Air surut... #banjir — bokep", ""]))
found = values(texts, tokenise(texts))
print(repr({{name: one.tolist() for name, one in found.items()}}))
"""
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    texts = characters(pa.array([NEWS, "Air surut... #banjir — bokep", ""]))
    found = values(texts, tokenise(texts))
    assert run.stdout.strip() == repr({name: one.tolist() for name, one in found.items()})


def test_nothing_heavy_is_imported_with_the_measures() -> None:
    code = "import sys, curation.quality; assert 'numba' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
