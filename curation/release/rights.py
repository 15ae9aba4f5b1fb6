"""``rights.toml``: which texts a release may hold. Nothing is given away that the file does not name.

[default]
text = "withheld"

[[outlet]]
name = "Suluh Malam"
text = "full"
licence = "CC-BY-4.0"
source = "letter of 3 January 2025"
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.errors import ConfigError
from curation.toml import Section, key_lines, load_file

if TYPE_CHECKING:
    from pathlib import Path

Access = Literal["full", "excerpt", "withheld"]


class Terms(Section, frozen=True):
    """What may be published of a text, where no outlet's own entry says otherwise."""

    text: Access = "withheld"
    licence: str | None = None
    note: str | None = None
    #: code points of an excerpt
    excerpt: int = 200


class Grant(Section, frozen=True, kw_only=True):
    """What may be published of one outlet's texts, and where that is written."""

    #: as in the column `outlet`
    name: str
    text: Access
    licence: str | None = None
    #: the letter, page or contract that allows it
    source: str
    note: str | None = None
    excerpt: int = 200


class Rights(Section, frozen=True):
    """The terms of every text."""

    default: Terms = Terms()
    outlet: tuple[Grant, ...] = ()

    def digest(self) -> str:
        """sha256 of what the file says; layout and comments don't count."""
        return store.digest(msgspec.to_builtins(self))


def load_rights(path: Path) -> Rights:
    """The rights of a workspace.

    Raises:
        UsageError: the file can't be read.
        ConfigError: one line for each mistake, with file and line.
    """
    rights = load_file(Rights, path)
    lines = key_lines(path.read_text(encoding="utf-8"))
    problems: list[str] = []
    first: dict[str, int] = {}
    places: list[tuple[tuple[str, ...], Terms | Grant]] = [(("default",), rights.default)]
    places += [(("outlet", str(number)), grant) for number, grant in enumerate(rights.outlet)]
    for key, terms in places:
        where = f"{path}:{lines.get((*key, 'text'), lines.get(key, 1))}"
        if terms.text != "withheld" and not (terms.licence or "").strip():
            problems.append(f"{where}: text = '{terms.text}' needs a licence.")
        if terms.excerpt < 1:
            problems.append(f"{where}: an excerpt has at least one character.")
        if isinstance(terms, Grant):
            if terms.name in first:
                problems.append(f"{where}: '{terms.name}' has an entry in line {first[terms.name]} already.")
            first.setdefault(terms.name, lines[key])
            if not terms.source.strip():
                problems.append(f"{where}: say where the terms of '{terms.name}' are written: source = \"...\"")
    if problems:
        raise ConfigError(problems)
    return rights


def with_licences(table: pa.Table, rights: Rights) -> pa.Table:
    """The table `released` with each text's licence beside it; texts stay whole."""
    terms, which = _terms(table, rights)
    return _replaced(table, "licence", pc.take(pa.array([t.licence for t in terms], pa.string()), which))


def apply_rights(table: pa.Table, rights: Rights) -> pa.Table:
    """The table `released` with each body whole, cut or null as its outlet's terms say.

    >>> from curation import schema
    >>> row = {"id": "d1", "body": "Harga cabai turun.", "outlet": "Detak", "tags": [], "n_words": 3,
    ...        "text_sha256": "0", "cluster_id": "d1", "cluster_size": 1, "text_access": "full",
    ...        "split": "train", "topics": [], "stance": [], "label_status": "none"}
    >>> table = schema.from_rows("released", [row])
    >>> apply_rights(table, Rights()).select(["body", "text_access"]).to_pylist()
    [{'body': None, 'text_access': 'withheld'}]
    >>> terms = Terms(text="excerpt", licence="CC-BY-4.0", excerpt=5)
    >>> apply_rights(table, Rights(default=terms))["body"].to_pylist()
    ['Harga']
    """
    terms, which = _terms(table, rights)
    access = pc.take(pa.array([t.text for t in terms], pa.string()), which)
    licence = pc.take(pa.array([t.licence for t in terms], pa.string()), which)
    excerpt = pc.take(pa.array([t.excerpt for t in terms], pa.int32()), which)
    body = pc.if_else(pc.equal(access, "withheld"), pa.scalar(None, pa.string()), table["body"])
    for length in {t.excerpt for t in terms if t.text == "excerpt"}:
        cut = pc.and_(pc.equal(access, "excerpt"), pc.equal(excerpt, length))
        body = pc.if_else(cut, pc.utf8_slice_codeunits(body, 0, length), body)
    for name, column in (("body", body), ("text_access", access), ("licence", licence)):
        table = _replaced(table, name, column)
    return table


def _terms(table: pa.Table, rights: Rights) -> tuple[list[Terms | Grant], pa.ChunkedArray]:
    """All terms, and the number of those that hold for each row."""
    names = pa.array([grant.name for grant in rights.outlet], pa.string())
    which = pc.fill_null(pc.index_in(table["outlet"], value_set=names), len(rights.outlet))
    return [*rights.outlet, rights.default], which


def _replaced(table: pa.Table, name: str, column: pa.ChunkedArray) -> pa.Table:
    index = table.schema.get_field_index(name)
    return table.set_column(index, table.schema.field(index), column)
