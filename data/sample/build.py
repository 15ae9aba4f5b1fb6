"""Render the sample corpus: clean articles in source/ become raw/ in each outlet's house style, plus truth.jsonl.

    python data/sample/build.py            write raw/ and truth.jsonl
    python data/sample/build.py --check    exit 1 and list the files that differ

The truth comes from the clean articles and never from the rendered text, so it holds by construction.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from source.styles import Article, Library, arjunapagi_pages, shown_date, zone_of

HERE = Path(__file__).resolve().parent
# Columns of each kind of batch, with the value that each holds.
COLUMNS = {
    "jsonl": {
        "id": "id",
        "url": "url",
        "title": "title",
        "date": "date",
        "category": "section",
        "text": "text",
        "author": "author",
    },
    "suluh": {"link": "url", "judul": "title", "isi": "text", "tanggal": "date", "sumber": "source"},
    "csv": {
        "tautan": "url",
        "judul": "title",
        "isi_berita": "text",
        "tanggal": "date",
        "kategori": "section",
        "penulis": "author",
    },
}
# Why a good tool leaves an article out, by case; a case that is not here is kept.
UNWANTED = {
    "paywall": "reasons:paywall",
    "truncated": "reasons:truncated",
    "photo": "reasons:word_count",
    "gambling_spam": "reasons:gambling",
    "malay": "reasons:language",
    "javanese": "reasons:language",
    "english": "reasons:language",
}


def row(library: Library, article: Article, columns: str) -> dict[str, str]:
    """One row of a tabular batch."""
    outlet = library.outlets[article.outlet]
    url = library.url(article)
    values = {
        "id": f"{zlib.crc32((url + article.title).encode()):08x}",
        "url": url,
        "title": article.title,
        "date": shown_date(article.published, outlet["date"]),
        "section": article.section,
        "text": library.text(article),
        "author": ", ".join(article.authors),
        "source": outlet["name"],
    }
    return {name: values[key] for name, key in COLUMNS[columns].items()}


def json_line(values: dict[str, str]) -> str:
    """One JSON line; a lone surrogate stays an escape."""
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", json.dumps(values, ensure_ascii=False))


def table_bytes(library: Library, batch: dict[str, Any]) -> bytes:
    """A JSONL, gzipped JSONL or CSV batch."""
    if batch["columns"] == "csv":
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(COLUMNS["csv"]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row(library, library.articles[key], "csv") for key in batch["rows"])
        return out.getvalue().encode("cp1252")
    lines = [
        library.broken[key]["line"]
        if key in library.broken
        else json_line(row(library, library.articles[key], batch["columns"]))
        for key in batch["rows"]
    ]
    data = "".join(line + "\n" for line in lines).encode()
    return gzip.compress(data, mtime=0) if batch["path"].endswith(".gz") else data


def folder_files(library: Library, batch: dict[str, Any]) -> Iterable[tuple[str, bytes]]:
    """The files of a folder batch."""
    for key in batch["rows"]:
        if key in library.broken:
            yield library.broken[key]["file"], b""
        elif batch["columns"] == "html":
            yield from arjunapagi_pages(library, library.articles[key])
        else:
            article = library.articles[key]
            yield article.file, library.text(article).encode()


def refs_of(library: Library) -> tuple[list[tuple[str, str, str]], dict[str, str]]:
    """Every input as (source_ref, batch, key), and the first source_ref of each key."""
    inputs: list[tuple[str, str, str]] = []
    first: dict[str, str] = {}
    for batch in library.batches:
        path = batch["path"]
        folder = path.endswith("/")
        name = path.rstrip("/") if folder else path.split(".")[0]
        for number, key in enumerate(batch["rows"], start=1):
            source = library.broken.get(key) or vars(library.articles[key])
            ref = f"{path}{source['file']}" if folder else f"{path}:{number}"
            inputs.append((ref, name, key))
            first.setdefault(key, ref)
    return inputs, first


def truth_lines(library: Library) -> list[dict[str, Any]]:
    """One record per input."""
    inputs, first = refs_of(library)
    parents = {a.copy_of or a.update_of for a in library.articles.values()}
    replaced = {a.update_of for a in library.articles.values()}
    records = []
    for ref, batch, key in inputs:
        if key in library.broken:
            records.append(rejected(ref, batch, library.broken[key]["reason"], library.broken[key].get("title")))
            continue
        article = library.articles[key]
        outlet = library.outlets[article.outlet]
        if first[key] != ref:
            record = rejected(ref, batch, "repeat", article.title)
            records.append(record | {"outlet": outlet["name"], "relation": {"kind": "exact", "of": first[key]}})
            continue
        parent = article.copy_of or article.update_of
        kind = article.relation_kind or ("near" if article.copy_of else "update")
        duplicate = bool(article.copy_of) or article.id in replaced
        dateline = article.city if "{city}" in outlet["lead"] else ""
        if article.masthead_only:
            dateline = f"WARTADAERAH-{article.edition.upper()}.COM"
        moment = article.published if outlet["date"] != "none" else None
        record = {
            "source_ref": ref,
            "batch": batch,
            "case": article.case,
            "expect": "article",
            "reason": None,
            "title": article.title,
            # a page without an address is known by the publisher that it names
            "outlet": outlet["name"] if outlet["date"] != "none" else article.masthead or outlet["name"],
            "publisher": article.masthead or outlet["name"],
            "published_at": moment.astimezone(UTC).isoformat() if moment else None,
            "zone": zone_as_printed(moment, outlet) if moment else None,
            "dateline": dateline or None,
            "syndicated_from": article.syndicated_from or None,
            "authors": article.authors if outlet.get("authored", True) else [],
            "body": library.printed_body(article) if article.body_exact else None,
            "language": article.language,
            "cluster": library.root(article).id if parent or article.id in parents else None,
            "relation": {"kind": kind, "of": first[parent]} if parent else None,
            "selected": not duplicate and article.case not in UNWANTED,
            "why": "duplicate" if duplicate else UNWANTED.get(article.case, "selected"),
        }
        records.append(record)
        if article.page_break:
            later = ref.replace(".html", "-2.html")
            blank = dict.fromkeys(("body", "cluster", "relation"))
            records.append(
                record | blank | {"source_ref": later, "expect": "joined", "selected": False, "why": "joined"}
            )
    return records


def zone_as_printed(moment: datetime, outlet: dict[str, Any]) -> str:
    """The zone's name where the outlet prints one; the offset where the page holds an ISO date."""
    machine_readable = outlet["date"] == "iso" or outlet["name"] == "Arjuna Pagi"
    return moment.isoformat()[-6:] if machine_readable else zone_of(moment)


def rejected(ref: str, batch: str, reason: str, title: str | None) -> dict[str, Any]:
    """The record of an input that no article comes from."""
    names = "outlet publisher published_at zone dateline syndicated_from authors body language cluster relation"
    head = {
        "source_ref": ref,
        "batch": batch,
        "case": "repeat" if reason == "repeat" else "broken",
        "expect": "rejected",
        "reason": reason,
        "title": title,
    }
    return head | dict.fromkeys(names.split()) | {"authors": [], "selected": False, "why": f"reasons:{reason}"}


def built(source: Path) -> dict[str, bytes]:
    """Every output file, by path below the sample folder."""
    library = Library(source)
    files: dict[str, bytes] = {}
    for batch in library.batches:
        if batch["path"].endswith("/"):
            for name, data in folder_files(library, batch):
                files[f"raw/{batch['path']}{name}"] = data
        else:
            files[f"raw/{batch['path']}"] = table_bytes(library, batch)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in truth_lines(library))
    files["truth.jsonl"] = "".join(lines).encode()
    return files


def differing(files: dict[str, bytes], target: Path) -> list[str]:
    """Outputs that are missing, different or left over."""
    present = {path.relative_to(target).as_posix() for path in (target / "raw").rglob("*") if path.is_file()}
    wrong = {name for name, data in files.items() if not same(target / name, data)}
    return sorted(wrong | (present - files.keys()))


def same(path: Path, data: bytes) -> bool:
    """Equal content; gzip files are compared unpacked, because zlib versions pack differently."""
    if not path.is_file():
        return False
    found = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(found) == gzip.decompress(data)
    return found == data


def main(arguments: list[str] | None = None) -> int:
    """Write or check the outputs."""
    parser = argparse.ArgumentParser(description="Render the sample corpus.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file differs")
    options = parser.parse_args(arguments)
    files = built(HERE / "source")
    if options.check:
        wrong = differing(files, HERE)
        print("\n".join(wrong) if wrong else f"{len(files)} files are up to date")
        return 1 if wrong else 0
    for name in differing(files, HERE):
        path = HERE / name
        if name not in files:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    print(f"{len(files)} files in {HERE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
