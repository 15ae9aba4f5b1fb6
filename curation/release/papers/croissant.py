"""``croissant.json``: files, tables and columns of a version in the Croissant 1.0 format, which data set searches read.

Columns and their meaning come from ``schemas/``, so that they can't say other things than the data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from curation import schema
from curation.release.papers.citation import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from curation.release.papers.card import Card

CONFORMS = "http://mlcommons.org/croissant/1.0"
PARQUET = "application/x-parquet"
#: licences as SPDX spells them, by their names in small letters, which hubs use
LICENCES = {
    name.lower(): name
    for name in ("Apache-2.0", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "MIT")
}

_TERMS = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format",
    "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
    "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{term: f"cr:{term}" for term in _TERMS},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}


def croissant(
    card: Card,
    edition: Mapping[str, str],
    tables: Mapping[str, tuple[str, int]],
    files: Iterable[Mapping[str, Any]],
    *,
    splits: Sequence[str],
    digest: str,
) -> dict[str, Any]:
    """The description of a version.

    Args:
        card: the human parts.
        edition: name, version, date and flavour.
        tables: name and rows of each configuration's table.
        files: path, sha256 and bytes of each data file.
        splits: those that hold documents.
        digest: the logical digest.
    """
    licence = LICENCES.get(card.licence.lower())
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS,
        "name": edition["name"],
        "alternateName": card.title,
        "description": f"{card.summary}\n\n{edition['flavour'].capitalize()}.",
        "version": edition["version"],
        "datePublished": edition["date"],
        "inLanguage": "id",
        "license": f"https://spdx.org/licenses/{licence}" if licence else card.licence,
        "creator": [_creator(author) for author in card.citation_authors],
        "citeAs": in_words(card.title, card.citation_authors, edition["version"], edition["date"], digest, card.url),
        **({"url": card.url} if card.url else {}),
        "distribution": [*map(_file, files), *map(_file_set, tables)],
        "recordSet": [_splits(splits), *(_record_set(config, *table) for config, table in tables.items())],
    }


def _creator(author: str) -> dict[str, str]:
    family, comma, given = author.partition(",")
    if comma:
        return {"@type": "sc:Person", "name": f"{given.strip()} {family.strip()}"}
    return {"@type": "sc:Organization", "name": author}


def _file(file: Mapping[str, Any]) -> dict[str, str]:
    path = str(file["path"])
    return {
        "@type": "cr:FileObject",
        "@id": path,
        "name": path,
        "contentUrl": path,
        "contentSize": f"{file['bytes']} B",
        "encodingFormat": PARQUET,
        "sha256": str(file["sha256"]),
    }


def _file_set(config: str) -> dict[str, str]:
    """All files of a configuration. It names no container: its pattern counts from the folder of this description."""
    return {
        "@type": "cr:FileSet",
        "@id": f"files-{config}",
        "name": f"files-{config}",
        "description": f"all files of {config}",
        "encodingFormat": PARQUET,
        "includes": f"data/{config}/*.parquet",
    }


def _splits(splits: Sequence[str]) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "description": "the values of default/split",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [_field("splits/name", "name of a split", pa.string())],
        "data": [{"splits/name": split} for split in splits],
    }


def _record_set(config: str, table: str, rows: int) -> dict[str, Any]:
    spec = schema.table_schema(table)
    fields = []
    for column in spec.columns:
        kind = schema.TYPES[column.type]
        field = _field(f"{config}/{column.name}", column.description, kind)
        if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
            field["subField"] = [_part(config, column.name, part) for part in kind.value_type]
        else:
            field["source"] = _source(config, column.name)
        if (config, column.name) == ("default", "split"):
            field["references"] = {"field": {"@id": "splits/name"}}
        fields.append(field)
    return {
        "@type": "cr:RecordSet",
        "@id": config,
        "name": config,
        "description": f"{spec.grain}; {rows:,} rows",
        **({"key": {"@id": f"{config}/id"}} if config == "default" else {}),
        "field": fields,
    }


def _field(id_: str, description: str, kind: pa.DataType) -> dict[str, Any]:
    is_list = pa.types.is_list(kind)
    inner = kind.value_type if is_list else kind
    return {
        "@type": "cr:Field",
        "@id": id_,
        "name": id_.partition("/")[2],
        "description": description,
        **({} if pa.types.is_struct(inner) else {"dataType": _type(inner)}),
        **({"repeated": True} if is_list else {}),
    }


def _part(config: str, column: str, part: pa.Field) -> dict[str, Any]:
    """One value of each entry of a list."""
    return {
        **_field(f"{config}/{column}/{part.name}", f"{part.name} of each entry", part.type),
        "source": {**_source(config, column), "transform": {"jsonPath": part.name}},
    }


def _source(config: str, column: str) -> dict[str, Any]:
    return {"fileSet": {"@id": f"files-{config}"}, "extract": {"column": column}}


def _type(kind: pa.DataType) -> str:
    """The type of schema.org.

    >>> _type(pa.int32()), _type(pa.timestamp("us", tz="UTC"))
    ('sc:Integer', 'sc:DateTime')
    """
    if pa.types.is_boolean(kind):
        return "sc:Boolean"
    if pa.types.is_integer(kind):
        return "sc:Integer"
    if pa.types.is_floating(kind):
        return "sc:Float"
    return "sc:DateTime" if pa.types.is_timestamp(kind) else "sc:Text"
