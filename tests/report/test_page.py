"""The report is one page that needs nothing else, says everything, and escapes what it is given."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from lxml import html

from curation import config
from curation.report.page import report_html, write_report
from curation.workspace import Workspace

SECTIONS = ("funnel", "reasons", "outlets", "rules", "clusters", "decisions", "batches", "settings")


@pytest.fixture
def page(workspace: Workspace) -> str:
    (workspace.root / "decisions.csv").write_text(
        "document,decision,other,who,why\nhttps://kabar.example/1,keep,,Dewi,<b>tetap</b> berita\n", encoding="utf-8"
    )
    return report_html(workspace, config.load(overrides=("release.name=Kabar <Uji>", "dedup.jaccard=0.8")))


def rows_of(page: str, section: str) -> list[list[str]]:
    found = html.fromstring(page).xpath(f"//section[@id='{section}']//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in found]


def test_it_has_every_section_with_its_figures(page: str) -> None:
    assert html.fromstring(page).xpath("//section/@id") == list(SECTIONS)
    assert ["inputs", "11", "100%", ""] in rows_of(page, "funnel")
    assert ["word_count + paywall", "1", "9%", ""] in rows_of(page, "funnel")
    assert ["word_count", "Words of the body.", "at least 60", "1", "0"] in rows_of(page, "reasons")
    assert ["repeat", "2", "repeat"] in rows_of(page, "reasons")
    assert ["Kabar", "7", "2", "1", "1", "1", "2", "43%"] in rows_of(page, "outlets")
    assert ["Warta", "1", "1", "0", "0", "0", "0", "43%"] in rows_of(page, "outlets")
    rules = {row[0].split()[0]: row[1:] for row in rows_of(page, "rules")}
    assert rules["baca_juga"][:3] == ["8", "8", "100%"]
    assert rules["baca_juga"][3].endswith("Baca juga: Hujan Reda")
    assert "Air surut.Warga pulang.⏎Ba → Air surut. Warga pulang.⏎Ba" in rules["glued_sentence"][3]
    assert rows_of(page, "clusters")[0] == ["2", "1"]
    assert rows_of(page, "clusters")[1][1:] == ["2", "Kabar, Warta"]
    assert ["malam-2", "quarantined", "1", "1", "1 of 2 inputs are rejected"] in rows_of(page, "batches")
    assert ["dedup.jaccard", "0.8"] in rows_of(page, "settings")


def test_what_it_is_given_is_escaped(page: str) -> None:
    assert "<script" not in page
    assert "Air Surut &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;tetap&lt;/b&gt; berita" in page
    assert "<title>Kabar &lt;Uji&gt;" in page


def test_it_needs_no_network_and_no_script(page: str) -> None:
    tree = html.fromstring(page)
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //*[@src]")
    assert all(target.startswith("#") for target in tree.xpath("//@href"))
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert "@import" not in page
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_it_can_be_read_by_a_screen_reader(page: str) -> None:
    tree = html.fromstring(page)
    assert tree.get("lang") == "en"
    assert [len(tree.xpath(f"//{landmark}")) for landmark in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for section in tree.xpath("//section"):
        assert tree.get_element_by_id(section.get("aria-labelledby")).tag == "h2"
    for target in tree.xpath("//nav//@href"):
        assert target[1:] in ids
    for table in tree.xpath("//table"):
        heads = table.xpath("thead/tr/th[not(@aria-hidden)]")
        assert heads
        assert all(head.get("scope") == "col" for head in heads)
        assert all(row.xpath("th[@scope='row']") for row in table.xpath("tbody/tr"))


def test_the_colours_can_be_told_apart() -> None:
    """WCAG AA: 4.5 to 1 for every text colour on the grounds that it stands on, light and dark."""
    style = (Path(report_html.__code__.co_filename).parent / "templates" / "style.css").read_text(encoding="utf-8")
    themes = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    assert len(themes) == 2
    for theme in themes:
        colours = dict(re.findall(r"--([\w-]+): (#\w{6})", theme))
        for text, grounds in {
            "ink": ("ground", "card", "wash"),
            "soft": ("ground", "card"),
            "accent": ("ground", "card"),
            "loss": ("card",),
            "del": ("del-ground",),
            "ins": ("ins-ground",),
        }.items():
            for ground in grounds:
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_same_tables_give_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    settings = config.load()
    one, two = (write_report(workspace, settings, tmp_path / name).read_bytes() for name in ("a.html", "b.html"))
    assert one == two


def test_a_workspace_without_anything_has_a_report(tmp_path: Path) -> None:
    page = report_html(Workspace(tmp_path), config.load())
    assert html.fromstring(page).xpath("//section/@id") == list(SECTIONS)


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
    page = report_html(workspace, config.load())
    assert len(page.encode()) < 500_000
    assert "The last 100 of 500." in page
