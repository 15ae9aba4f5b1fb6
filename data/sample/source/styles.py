"""The clean articles, the outlets, and the chrome that each outlet and its scraper put around a text."""

from __future__ import annotations

import html
import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

DAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni"]
MONTHS += ["Juli", "Agustus", "September", "Oktober", "November", "Desember"]
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
LINK = re.compile(r"\[\[(.+?)\]\]")
UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})  # bytes that cp1252 leaves without a character


@dataclass
class Article:
    """One clean article as written in source/*.toml, with the hints its house style needs."""

    id: str
    outlet: str
    title: str
    paragraphs: list[str] = field(default_factory=list)
    published: datetime | None = None
    section: str = ""
    authors: list[str] = field(default_factory=list)
    city: str = ""
    case: str = "ordinary"
    language: str = "id"
    related: list[str] = field(default_factory=list)  # linked titles, article ids, or "bare" and "video"
    editor: str = ""
    initials: str = ""
    tags: list[str] = field(default_factory=list)
    video: str = ""
    host: str = ""
    edition: str = ""
    masthead_only: bool = False  # no city in the dateline
    notice: bool = False  # a republication notice that names the outlet itself
    promo: bool = False
    credit: str = ""
    file: str = ""
    caption: str = ""
    charset: str = ""
    page_break: int = 0  # paragraphs on page 1; 0: one page
    truncate_after: int = 0  # whole paragraphs before the cut; 0: whole
    nav: str = ""
    masthead: str = ""  # aggregator pages: the outlet whose page is shown
    extra: list[dict[str, Any]] = field(default_factory=list)  # further short articles on the same page
    copy_of: str = ""
    omit: list[int] = field(default_factory=list)  # paragraphs of the original that the copy leaves out
    update_of: str = ""
    relation_kind: str = ""
    syndicated_from: str = ""
    mangle: str = ""
    body_exact: bool = True

    @property
    def body(self) -> list[str]:
        """The clean paragraphs without link marks."""
        return [plain(paragraph) for paragraph in self.paragraphs]


class Library:
    """All articles and outlets, and the text of each article in its outlet's style."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.outlets: dict[str, dict[str, Any]] = read_toml(source / "outlets.toml")
        manifest = read_toml(source / "batches.toml")
        self.batches: list[dict[str, Any]] = manifest["batch"]
        self.broken: dict[str, dict[str, Any]] = {entry["id"]: entry for entry in manifest["broken"]}
        self.articles: dict[str, Article] = {}
        for path in sorted(source.glob("*.toml")):
            data = read_toml(path)
            for entry in data.get("article", []):
                article = Article(**{"outlet": data.get("outlet", ""), **entry})
                if article.id in self.articles:
                    raise ValueError(f"{path.name}: {article.id} is used twice")
                self.articles[article.id] = article
        for article in self.articles.values():
            if article.copy_of:
                self.fill_copy(article, self.articles[article.copy_of])

    def fill_copy(self, copy: Article, original: Article) -> None:
        """Give a copy the text of its original; paragraphs of its own stand in for the first ones."""
        kept = range(len(copy.paragraphs), len(original.paragraphs))
        copy.paragraphs = copy.paragraphs + [original.paragraphs[n] for n in kept if n not in copy.omit]
        copy.language = original.language
        if copy.outlet == "kumpulanwarta":
            copy.city = original.city
            copy.masthead = copy.masthead or self.outlets[original.outlet]["name"]
        if copy.outlet == "wartadaerah":
            copy.syndicated_from = self.site(original)

    def site(self, article: Article) -> str:
        """The outlet's name as its own texts print it."""
        return str(self.outlets[article.outlet]["site"]).format(edition=article.edition)

    def url(self, article: Article) -> str:
        """The address; an update keeps that of the article it replaces."""
        if article.update_of:
            return self.url(self.articles[article.update_of])
        host = article.host or str(self.outlets[article.outlet]["host"]).format(edition=article.edition)
        day = f"{article.published:%Y/%m/%d}/" if article.published else ""
        return f"https://{host}/{slug(article.section)}/{day}{slug(article.title)}"

    def linked(self, article: Article) -> list[str]:
        """Titles of the articles it links to."""
        keys = [key for key in article.related if key not in ("bare", "video")]
        return [self.articles[key].title if key in self.articles else key for key in keys]

    def lead(self, article: Article) -> str:
        """What stands before the first sentence; an aggregator shows the lead of the page it copied."""
        if not article.city:
            return ""
        shown = self.articles[article.copy_of] if article.outlet == "kumpulanwarta" and article.copy_of else article
        pattern = str(self.outlets[shown.outlet]["lead"])
        if article.masthead_only:
            pattern = pattern.replace(", {city}", "")
        return pattern.format(city=article.city, EDITION=article.edition.upper())

    def printed_body(self, article: Article) -> list[str]:
        """The clean paragraphs, the dateline in front: all of the article but another house's mark on a copy."""
        copied_mark = article.city and article.city.casefold() == article.masthead.casefold()
        lead = "" if copied_mark else " ".join(self.lead(article).split())
        first, *rest = article.body
        return [f"{lead} {first}" if lead else first, *rest]

    def text(self, article: Article) -> str:
        """The text field of a row, with its chrome."""
        style = STYLES.get(article.outlet, plain_style)
        return mangled(style(self, article), article.mangle)

    def root(self, article: Article) -> Article:
        """The first article of a chain of copies and updates."""
        parent = article.copy_of or article.update_of
        return self.root(self.articles[parent]) if parent else article


def read_toml(path: Path) -> dict[str, Any]:
    """One TOML file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """The text without link marks."""
    return LINK.sub(r"\1", text)


def slug(text: str) -> str:
    """The text as part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("é", "e")).strip("-")


def zone_of(moment: datetime) -> str:
    """WIB, WITA or WIT, by the offset."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment} has no offset")
    return ZONES[int(offset.total_seconds()) // 3600]


def shown_date(moment: datetime | None, style: str) -> str:
    """A time as the outlet prints it."""
    if moment is None:
        return ""
    zone = zone_of(moment)
    day, month = DAYS[moment.weekday()], MONTHS[moment.month - 1]
    return {
        "slashed": f"{moment:%d/%m/%Y, %H:%M} {zone}",
        "short_month": f"{day}, {moment:%d} {month[:3]} {moment:%Y %H:%M} {zone}",
        "dashed": f"{day}, {moment:%d} {month} {moment:%Y - %H:%M} {zone}",
        "comma": f"{moment:%d} {month} {moment:%Y, %H:%M} {zone}",
        "long": f"{day}, {moment.day} {month} {moment:%Y %H:%M} {zone}",
        "plain": f"{moment.day} {month} {moment:%Y %H:%M} {zone}",
        "numeric": f"{moment:%d-%m-%Y %H:%M} {zone}",
        "iso": moment.isoformat(),
    }[style]


def mangled(text: str, kind: str) -> str:
    """Damage a text the way scrapers do."""
    if kind == "mojibake":
        return "".join(bytes([b]).decode("cp1252" if b not in UNDEFINED else "latin-1") for b in text.encode())
    if kind == "surrogate":
        return text.replace(". ", ". \ud83d ", 1)
    if kind == "nul":
        return text.replace(". ", ".\0 ", 2)
    return text


def woven(library: Library, article: Article, inserts: dict[int, list[str]]) -> list[str]:
    """The paragraphs, dateline in front, with lines of chrome after the paragraphs whose index is given."""
    lines: list[str] = []
    for number, paragraph in enumerate(article.body):
        lines.append(library.lead(article) + paragraph if number == 0 else paragraph)
        lines += inserts.get(number, [])
    return lines


def read_also(library: Library, article: Article, label: str) -> dict[int, list[str]]:
    """Links to other articles after the second and the fourth paragraph."""
    return {1 + 2 * n: [label + title] for n, title in enumerate(library.linked(article))}


def plain_style(library: Library, article: Article) -> str:
    """Dateline and paragraphs, no chrome."""
    return "\n".join(woven(library, article, {}))


def nusakabar(library: Library, article: Article) -> str:
    """A date line, links on their own lines, credits and a promotion at the end."""
    lines = [f"Nusakabar.com- {shown_date(article.published, 'slashed')}"]
    lines += woven(library, article, read_also(library, article, "Baca juga: "))
    lines += [f"Penulis: {', '.join(article.authors)}", f"Editor: {article.editor}"]
    lines.append(
        "Dapatkan update berita pilihan setiap hari dari Nusakabar.com. Mari bergabung di Grup Telegram "
        '"Nusakabar News Update", caranya klik tautan https://telegram.nusakabar.example/grup, lalu tekan gabung.'
    )
    return "\n".join(lines)


def detak(library: Library, article: Article) -> str:
    """Every link and bold tag starts and ends a line, so sentences are split."""
    inserts = read_also(library, article, "Baca juga:\n")
    inserts[0] = ["ADVERTISEMENT", "SCROLL TO CONTINUE WITH CONTENT"]
    lines = []
    for number, paragraph in enumerate(article.paragraphs):
        parts = [part.strip() for part in LINK.split(paragraph)]
        joined = "\n".join(part for part in parts if part)
        lines.append(library.lead(article) + joined if number == 0 else joined)
        lines += inserts.get(number, [])
    if article.video:
        lines += [f"Simak Video '{article.video}':", "[Gambas:Video Detak]"]
    return "\n".join([*lines, f"({article.initials})", *article.tags])


def suluhmalam(library: Library, article: Article) -> str:
    """One line; every paragraph boundary is glued, and a linked title has nothing after it."""
    links = read_also(library, article, "Baca juga: ")
    text = library.lead(article)
    for number, paragraph in enumerate(article.body):
        text += paragraph + "".join(f"{link} " for link in links.get(number, []))
    return f"{text}({article.initials})"


def liputansenja(library: Library, article: Article) -> str:
    """Advertisement markers and link labels that have lost their titles."""
    inserts = {0: ["Advertisement"]}
    if "bare" in article.related:
        inserts[1] = ["Baca Juga"]
    lines = woven(library, article, inserts)
    if "video" in article.related:
        lines.append("Simak Video Pilihan Ini:")
    if article.credit:
        lines.append(article.credit)
    lines.append("* Ikuti kabar terbaru kami di Google News dan saluran WhatsApp Liputansenja")
    return "\n".join(lines)


def wartadaerah(library: Library, article: Article) -> str:
    """A reporter's line in front; end mark, republication notice and promotion at the end."""
    place = article.edition.title()
    lines = woven(library, article, read_also(library, article, "Baca juga: "))
    if not article.copy_of:
        lines.insert(0, f"Laporan Wartawan Warta Daerah {place}, {article.authors[0]}")
    if article.promo:
        lines.append("(*)")
    else:
        lines[-1] += " (*)"
    if article.notice or article.copy_of:
        shown = library.articles[article.copy_of] if article.copy_of else article
        notice = f"Artikel ini telah tayang di {library.site(shown)} dengan judul {shown.title}"
        lines.append(f"{notice}, {library.url(shown)}")
    if article.promo:
        lines.append(f"Baca berita WARTA DAERAH {place.upper()} lainnya di Google News")
    return "\n".join(lines)


def kbn(library: Library, article: Article) -> str:
    """Agency style: city and agency in front, all credits on one line at the end."""
    credit = f"Pewarta: {', '.join(article.authors)} Editor: {article.editor} Copyright © KBN 2026"
    return "\n".join([*woven(library, article, {}), credit])


def pesisir(library: Library, article: Article) -> str:
    """Clean paragraphs, then the editor and the reporter's name."""
    lines = woven(library, article, {})
    return "\n".join([*lines, f"Editor : {article.editor}", f"({', '.join(article.authors)})"])


def kumpulanwarta(library: Library, article: Article) -> str:
    """A whole page; a copy keeps the links and the end mark of the outlet it was taken from."""
    original = library.articles[article.copy_of] if article.copy_of else article
    glued = original.outlet == "suluhmalam"
    lines = woven(library, article, {} if glued else read_also(library, original, "Baca Juga: "))
    if glued:
        lines[-1] += f"({original.initials})"
    elif article.masthead == "Arjuna Pagi":
        lines[-1] += "***"
    for part in article.extra:
        lines += [part["title"], *part["paragraphs"]]
    template = Template((library.source / "kumpulanwarta.txt").read_text(encoding="utf-8"))
    body = "\n\n".join("    " + line for line in lines)
    return template.substitute(nav=article.nav, title=article.title, masthead=article.masthead, body=body)


STYLES = {
    "nusakabar": nusakabar,
    "detak": detak,
    "suluhmalam": suluhmalam,
    "liputansenja": liputansenja,
    "wartadaerah": wartadaerah,
    "kbn": kbn,
    "pesisir": pesisir,
    "kumpulanwarta": kumpulanwarta,
}


def arjunapagi_pages(library: Library, article: Article) -> list[tuple[str, bytes]]:
    """The HTML files of one Arjuna Pagi article, one per page."""
    template = Template((library.source / "arjunapagi.html").read_text(encoding="utf-8"))
    url, count = library.url(article), len(article.paragraphs)
    first = article.page_break or count
    links = read_also(library, article, "")
    linked = "".join(f'<li><a href="/{slug(title)}">{title}</a></li>' for title in library.linked(article))
    files = []
    for page, span in enumerate([range(first), range(first, count)][: 1 + (first < count)], start=1):
        blocks = []
        for number in span:
            text = html.escape(article.paragraphs[number], quote=False)
            text = LINK.sub(lambda match: f'<a href="/tag/{slug(match[1])}">{match[1]}</a>', text)
            lead = library.lead(article) if number == 0 else ""
            blocks.append(f"<p>{lead}{text}{'***' if number == count - 1 else ''}</p>")
            blocks += [f'<p>Baca Juga: <a href="/{slug(t)}">{t}</a></p>' for t in links.get(number, [])]
        other = url if page == 2 else f"{url}?page=2"
        paged = first < count
        news = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "datePublished": article.published.isoformat() if article.published else None,
            "author": {"@type": "Person", "name": article.authors[0]},
        }
        text = template.substitute(
            charset="" if article.charset else '<meta charset="utf-8">\n',
            title=html.escape(article.title),
            url=f"{url}?page=2" if page == 2 else url,
            paging=f'<link rel="{"prev" if page == 2 else "next"}" href="{other}">\n' if paged else "",
            jsonld=json.dumps(news, ensure_ascii=False, indent=1),
            section=article.section,
            section_slug=slug(article.section),
            author=article.authors[0],
            iso=news["datePublished"],
            shown=shown_date(article.published, "plain"),
            caption=html.escape(article.caption),
            body="\n".join(blocks),
            pages=f'<div class="halaman">Halaman: <a href="{url}">1</a> <a href="{url}?page=2">2</a></div>\n'
            if paged
            else "",
            tags="".join(f'<li><a href="/tag/{slug(tag)}">{tag}</a></li>' for tag in article.tags),
            linked=linked,
        )
        if article.truncate_after:
            text = text[: text.index('<a href="/tag/', text.index(blocks[article.truncate_after])) + 10]
        name = article.file if page == 1 else article.file.replace(".html", f"-{page}.html")
        files.append((name, text.encode(article.charset or "utf-8")))
    return files
