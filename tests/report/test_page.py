"""The report is one page that needs nothing else, says everything in two languages, and escapes what it is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from curation import config
from curation.config import Config
from curation.report import render
from curation.verbs.report import write_report
from curation.verbs.report.page import page
from curation.verbs.report.story import gather
from curation.workspace import Workspace

SECTIONS = [
    "alerts",
    "funnel",
    "outlets",
    "timeline",
    "measures",
    "rejected",
    "rules",
    "chrome",
    "copies",
    "languages",
    "labelling",
    "releases",
    "checks",
    "decisions",
    "batches",
    "settings",
]
AT = datetime(2026, 3, 9, 12, tzinfo=UTC)


def report_html(workspace: Workspace, settings: Config, language: str = "en") -> str:
    return page(gather(workspace, settings, AT), language)


@pytest.fixture(scope="module")
def shown(invented: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> str:
    workspace = invented.make_workspace(tmp_path_factory.mktemp("page"))
    (workspace.root / "decisions.csv").write_text(
        "document,decision,other,who,why\nhttps://kabar.example/1,keep,,Dewi,<b>tetap</b> berita\n", encoding="utf-8"
    )
    return report_html(workspace, config.load(overrides=("release.name=Kabar <Uji>", "dedup.jaccard=0.8")))


def rows_of(text: str, section: str, language: str = "en") -> list[list[str]]:
    tree = html.fromstring(text)
    for other in tree.xpath(f"//span[@lang and @lang!='{language}']"):
        other.drop_tree()
    found = tree.xpath(f"//section[@id='{section}']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in found]


def test_it_has_every_section_with_its_figures(shown: str) -> None:
    assert html.fromstring(shown).xpath("//section/@id") == SECTIONS
    assert ["inputs", "11", "100%", ""] in rows_of(shown, "funnel")
    assert ["word_count + paywall", "1", "9%", ""] in rows_of(shown, "funnel")
    assert ["word_count", "Words of the body.", "≥ 60", "10.7", "40", "97", "1", "0"] in rows_of(shown, "measures")
    assert ["repeat", "2", "repeat"] in rows_of(shown, "rejected")
    assert ["Kabar", "7", "2", "1", "1", "1", "2", "43%"] in rows_of(shown, "outlets")
    assert ["Warta", "1", "1", "0", "0", "0", "0", "41%"] in rows_of(shown, "outlets")
    assert ["2026-03-01", "1", "0", "1"] in rows_of(shown, "timeline")
    rules = {row[0].split()[0]: row[1:] for row in rows_of(shown, "rules")}
    assert rules["baca_juga"][:3] == ["8", "8", "100%"]
    assert rules["baca_juga"][3].endswith("Baca juga: Hujan Reda")
    assert "Air surut.Warga pulang.⏎Ba → Air surut. Warga pulang.⏎Ba" in rules["glued_sentence"][3]
    copies = rows_of(shown, "copies")
    assert ["2", "1"] in copies
    assert ["near", "a near copy", "one article", "1"] in copies
    assert ["Kabar", "Warta", "1"] in copies
    assert any(row[1:] == ["2", "Kabar, Warta"] for row in copies)
    assert ["Indonesian", "8", "3"] in rows_of(shown, "languages")
    assert ["malam-2", "quarantined", "1", "1", "1 of 2 inputs are rejected"] in rows_of(shown, "batches")
    assert ["dedup.jaccard", "0.8"] in rows_of(shown, "settings")


def test_it_says_the_same_in_indonesian(shown: str) -> None:
    assert ["masukan", "11", "100%", ""] in rows_of(shown, "funnel", "id")
    assert ["word_count", "Jumlah kata isi berita.", "≥ 60", "10.7", "40", "97", "1", "0"] in rows_of(
        shown, "measures", "id"
    )
    assert ["hampir sama", "salinan yang hampir sama", "satu artikel", "1"] in rows_of(shown, "copies", "id")
    tree = html.fromstring(shown)
    english, indonesian = (tree.xpath(f"//span[@lang='{language}']") for language in ("en", "id"))
    assert len(english) == len(indonesian) > 150
    assert all(one.text_content().strip() for one in (*english, *indonesian))


def test_the_language_that_was_asked_for_is_shown_first(workspace: Workspace) -> None:
    story = gather(workspace, config.load(), AT)
    for language, chosen in (("en", "in-english"), ("id", "in-indonesian")):
        tree = html.fromstring(page(story, language))
        assert tree.get("lang") == language
        assert tree.xpath("//input[@name='language' and @checked]/@id") == [chosen]


def test_measures_show_the_articles_on_both_sides_of_a_limit(shown: str) -> None:
    near = html.fromstring(shown).get_element_by_id("m-word_count").xpath(".//li")
    values = [(item.get("class"), item.xpath("string(span[@class='value'])")) for item in near]
    assert values == [("out", "30"), ("out", "30"), ("out", "50"), ("in", "60"), ("in", "70"), ("in", "99")]
    assert "Air surut. Warga pulang." in near[0].text_content()


def test_copies_stand_side_by_side(shown: str) -> None:
    pair = html.fromstring(shown).xpath("//section[@id='copies']//details[@open]")[0]
    assert [mark.text_content() for mark in pair.xpath(".//del")] == ["Warga"]
    assert [mark.text_content() for mark in pair.xpath(".//ins")] == ["Nelayan"]


def test_what_it_is_given_is_escaped(shown: str) -> None:
    assert "<script" not in shown
    assert "Air Surut &lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "&lt;b&gt;tetap&lt;/b&gt; berita" in shown
    assert "<title>Kabar &lt;Uji&gt;" in shown


def test_it_needs_no_network_and_no_script(shown: str) -> None:
    tree = html.fromstring(shown)
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //*[@src]")
    assert all(target.startswith("#") for target in tree.xpath("//@href"))
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert "@import" not in shown
    assert "url(" not in shown
    assert "default-src 'none'" in shown


def test_it_can_be_read_by_a_screen_reader(shown: str) -> None:
    tree = html.fromstring(shown)
    assert [len(tree.xpath(f"//{landmark}")) for landmark in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for named in tree.xpath("//@aria-labelledby"):
        assert named in ids
    for target in tree.xpath("//@href"):
        assert target[1:] in ids
    levels = [int(head.tag[1]) for head in tree.xpath("//h1|//h2|//h3|//h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in tree.xpath("//table"):
        heads = table.xpath("thead/tr/th[not(@aria-hidden)]")
        assert heads
        assert all(head.get("scope") == "col" for head in heads)
        assert all(row.xpath("th[@scope='row']") for row in table.xpath("tbody/tr"))


def test_the_colours_can_be_told_apart() -> None:
    """WCAG AA: 4.5 to 1 for every text colour on the grounds that it stands on, light and dark."""
    for theme in ("light.css", "dark.css"):
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", render.source(theme)))
        for text, grounds in {
            "ink": ("ground", "card", "wash"),
            "soft": ("ground", "card"),
            "accent": ("ground", "card", "wash"),
            "loss": ("card", "wash"),
            "del": ("del-ground", "wash"),
            "ins": ("ins-ground",),
        }.items():
            for ground in grounds:
                assert contrast(colours[text], colours[ground]) >= 4.5, (theme, text, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_same_tables_give_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    settings = config.load()
    made = [write_report(workspace, settings, tmp_path / name, at=AT)[0] for name in ("a.html", "b.html")]
    assert made[0].read_bytes() == made[1].read_bytes()


def test_a_workspace_without_anything_has_a_report(tmp_path: Path) -> None:
    text = report_html(Workspace(tmp_path), config.load())
    assert html.fromstring(text).xpath("//section/@id") == SECTIONS


def test_it_stays_small_however_large_the_corpus(workspace: Workspace, invented: SimpleNamespace) -> None:
    nasty = '<&">' * 60
    articles = [
        invented.article(n, outlet=f"{nasty} {n % 300}", title=nasty, raw=f"Air surut.Warga pulang.\n{nasty} {n}")
        for n in range(100, 1100)
    ]
    invented.add_batch(workspace, "malam-9", articles, [f"{nasty}{n}" for n in range(20)])
    for n in range(200):
        invented.add_batch(workspace, f"kosong-{n}-{nasty}", state="quarantined", reason=nasty)
    ids = [row["id"] for row in articles]
    outcomes = dict.fromkeys(ids, ("selected", "selected"))
    invented.add_selection(workspace, outcomes, {key: ids[n % 40] for n, key in enumerate(ids)})
    decisions = "".join(f'https://kabar.example/{n},keep,,Dewi,"{nasty.replace(chr(34), "")}"\n' for n in range(500))
    (workspace.root / "decisions.csv").write_text("document,decision,other,who,why\n" + decisions, encoding="utf-8")
    text = report_html(workspace, config.load())
    assert len(text.encode()) < 700_000
    assert "The last 100 of 500." in text
