"""One index of signatures for several teams: datasketch's MinHash LSH on a Redis server.

It holds signatures and ids, no texts. What it finds are candidates: the texts stand elsewhere, so nothing here
verifies them.

Under its name stands what datasketch keeps there: for each band the documents by band value, for each document
the list of its band values. The list is written last, so a document whose list is complete is complete.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from curation import store
from curation.dedup.shingle import SPEC
from curation.dedup.signature import from_bytes, sign
from curation.errors import CurationError, InputError, UsageError
from curation.verbs.files import run_on_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from curation.config import Config
    from curation.progress import Done
    from curation.workspace import Workspace

    Signatures = npt.NDArray[np.uint32]

#: the environment variable that holds the address; it has a password, so it stands nowhere else
ADDRESS = "CURATION_INDEX"
NAME = "curation"
#: bands of the index, whatever a workspace uses for itself: all who share it must agree
BANDS, ROWS = 25, 5
#: documents that are written, or looked up, at a time
CHUNK = 2_000

CANDIDATES = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("index_id", pa.string(), nullable=False),
        pa.field("jaccard_estimate", pa.float64()),
    ]
)


@dataclass(frozen=True)
class Address:
    """Where the server is; shown without user and password."""

    host: str
    port: int
    db: int
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    ssl: bool = False

    def __str__(self) -> str:
        return f"{self.host}:{self.port}/{self.db}"


@dataclass(frozen=True)
class Pushed:
    """What a batch brought into the index, in documents."""

    batch: str
    new: int
    #: stood there with another text
    replaced: int
    unchanged: int
    #: have no words, so no signature
    without_words: int


def read_address() -> Address:
    """The server's address, from the environment.

    Raises:
        UsageError: it is missing or no address; the message does not repeat it.
    """
    form = "redis://user:password@host:6379/0 (rediss:// for TLS; % escapes for special characters)"
    given = os.environ.get(ADDRESS, "")
    if not given:
        raise UsageError(f"{ADDRESS} is not set", remedy=f"Set it to the shared index's address: {form}.")
    try:
        parts = urlsplit(given)
        port, db = parts.port or 6379, int(parts.path.strip("/") or 0)
        if parts.scheme in {"redis", "rediss"} and parts.hostname and not parts.query and not parts.fragment:
            user, password = (unquote(one) if one else None for one in (parts.username, parts.password))
            return Address(parts.hostname, port, db, user, password, parts.scheme == "rediss")
    except ValueError:  # says what it stumbled over, which may be the password
        pass
    raise UsageError("not an address of a Redis server", where=ADDRESS, remedy=f"It has the form {form}.")


class SharedIndex:
    """An index on a server, open for reading and writing.

    Args:
        address: of the server.
        name: of the index on it; several may stand side by side.
        create: make it where there is none.

    Raises:
        UsageError: the package redis is missing, there is no such index, or it was made with another spec.
        CurationError: the server can't be reached or refuses.
    """

    def __init__(self, address: Address, name: str, *, create: bool) -> None:
        try:
            import redis
        except ImportError:
            raise UsageError(
                "the shared index needs the package redis", remedy='Install it with: pip install "curation[redis]"'
            ) from None
        from curation.dedup.datasketch import lsh_index

        self.address = address
        self.name = name
        settings = {**vars(address), "socket_connect_timeout": 10, "socket_timeout": 60}
        self._lsh = lsh_index({"type": "redis", "basename": name.encode(), "redis": settings}, BANDS, ROWS)
        with self._errors_told():
            self._agree(redis.Redis(**settings), create)

    def put(self, ids: Sequence[str], signatures: Signatures) -> tuple[int, int]:
        """Write documents; what stands there the same is left alone.

        Returns:
            How many are new, and how many replaced another text of theirs.
        """
        new = replaced = 0
        tables, lists = self._lsh.hashtables, self._lsh.keys
        with self._errors_told():
            keys = [one.encode() for one in ids]
            known = lists.getmany(*keys)
            for key, bands, before in zip(keys, _band_values(signatures), known, strict=True):
                if bands == before:
                    continue
                new, replaced = new + (not before), replaced + bool(before)
                for band, table in enumerate(tables):
                    if before and before[band] != bands[band]:
                        table.remove_val(before[band], key, buffer=True)
                    table.insert(bands[band], key, buffer=True)
                lists.remove(key, buffer=True)  # in one transaction with the next line: never twice in a list
                lists.insert(key, *bands, buffer=True)
            # datasketch's insertion session would write the lists first: a kill would leave documents that seem
            # complete and are not found
            for table in (*tables, lists):
                table.empty_buffer()
        return new, replaced

    def candidates(self, ids: Sequence[str], signatures: Signatures) -> pa.Table:
        """The other documents that share a band with each, as a table of :data:`CANDIDATES`.

        ``jaccard_estimate`` is the share of equal values among the 125 that the bands hold; its standard error is
        0.045 at most. It is null where the index holds no list of the document.
        """
        values = list(_band_values(signatures))
        with self._errors_told():
            found: list[set[bytes]] = [set() for _ in ids]
            for band, table in enumerate(self._lsh.hashtables):
                for one, members in zip(found, table.getmany(*(bands[band] for bands in values)), strict=True):
                    one |= members
            theirs = self._values_of(sorted(set().union(*found)))
        rows = []
        for id_, ours, keys in zip(ids, signatures[:, : BANDS * ROWS], found, strict=True):
            for key in keys - {id_.encode()}:
                other = theirs.get(key)
                estimate = None if other is None else float(np.mean(ours == other))
                rows.append({"id": id_, "index_id": self._text(key), "jaccard_estimate": estimate})
        table = pa.Table.from_pylist(rows, schema=CANDIDATES)
        return table.sort_by([("id", "ascending"), ("jaccard_estimate", "descending"), ("index_id", "ascending")])

    def _values_of(self, keys: list[bytes]) -> dict[bytes, Signatures]:
        """The first 125 values of documents' signatures."""
        values = {}
        for start in range(0, len(keys), CHUNK):
            part = keys[start : start + CHUNK]
            for key, bands in zip(part, self._lsh.keys.getmany(*part), strict=True):
                if len(bands) == BANDS:
                    values[key] = np.frombuffer(b"".join(bands), ">u4").astype(np.uint32)
        return values

    def _text(self, key: bytes) -> str:
        try:
            return key.decode()
        except UnicodeDecodeError:  # unpickling it would run whatever its writer put there
            raise InputError(
                "holds ids that were written with pickle",
                where=f"index '{self.name}' at {self.address}",
                remedy="Who wrote them must do so with MinHashLSH(..., prepickle=False) and ids as bytes.",
            ) from None

    def _agree(self, client: Any, create: bool) -> None:
        """Hold our spec against the index's, which a new one gets."""
        ours = f"{SPEC}, {BANDS} bands of {ROWS} values"
        place = f"{self.name}_spec"
        made = client.get(place)
        if made is None and client.exists(f"{self.name}_keys"):
            theirs = "an unknown spec"
        elif made is None and not create:
            raise UsageError(
                f"there is no index '{self.name}' at {self.address}",
                remedy="Fill it with: curation index push",
            )
        else:
            if made is None:
                client.set(place, ours, nx=True)  # unless somebody else was faster
                made = client.get(place)
            theirs = made.decode("utf-8", "replace")
            if theirs == ours:
                return
        raise UsageError(
            f"the index '{self.name}' at {self.address} was made with {theirs}; this curation has {ours}",
            remedy="Signatures of two specs can't be compared: push into an index of another --name.",
        )

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        """Errors of the server as one sentence."""
        from redis.exceptions import AuthenticationError, ConnectionError, RedisError, TimeoutError

        try:
            yield
        except AuthenticationError:
            raise CurationError(
                f"the Redis server at {self.address} refuses this user or password", remedy=f"Correct {ADDRESS}."
            ) from None
        except (ConnectionError, TimeoutError) as error:
            raise CurationError(
                f"the Redis server at {self.address} does not answer ({self._reason(error)})",
                remedy=f"Start it, or correct {ADDRESS}; then run the same command again: what was pushed is kept.",
            ) from None
        except RedisError as error:
            raise CurationError(
                f"the Redis server at {self.address} refuses: {self._reason(error)}",
                remedy="Its log tells more; what was pushed is kept.",
            ) from None

    def _reason(self, error: Exception) -> str:
        """What the server or the network says, on one line and without the password."""
        said = str(error).partition("\n")[0].rstrip(".")
        return said.replace(self.address.password, "***") if self.address.password else said


def push_workspace(workspace: Workspace, name: str = NAME) -> Iterator[Pushed]:
    """Write the signatures of all accepted batches into the index, telling of each batch as it is done.

    What stands there already stays; a push that was cut short is completed by the next one.

    Raises:
        UsageError: a batch has no signatures yet, or see :class:`SharedIndex`.
        CurationError: the server can't be reached or refuses.
    """
    with workspace.lock():
        stages = {batch: workspace.batch_stage(batch, "sign") for batch in workspace.accepted()}
        unsigned = [batch for batch, stage in stages.items() if stage.manifest() is None]
        if unsigned or not stages:
            what = f"batch '{unsigned[0]}' has no signatures yet" if unsigned else "there is no accepted batch"
            raise UsageError(what, where=str(workspace.root), remedy="Run: curation run")
        index = SharedIndex(read_address(), name, create=True)
        for batch, stage in stages.items():
            seen = signed = new = replaced = 0
            for table in store.scan([stage.table("signatures")], _COLUMNS, rows=CHUNK):
                ids, signatures = _with_words(table)
                counts = index.put(ids, signatures)
                new, replaced = new + counts[0], replaced + counts[1]
                seen, signed = seen + table.num_rows, signed + len(ids)
            yield Pushed(batch, new, replaced, signed - new - replaced, seen - signed)


def find_in_index(
    source: str,
    config: Config,
    name: str = NAME,
    *,
    workspace: Workspace | None = None,
    follow: Callable[[Iterable[Done]], list[Done]] = list,
) -> pa.Table:
    """Documents and what each may repeat in the index, as a table of :data:`CANDIDATES`.

    Args:
        source: an accepted batch of the workspace, a folder that ``curation clean`` wrote, or raw input.
        config: the settings, for raw input.
        name: the index.
        workspace: the workspace of the current folder, if it is one.
        follow: is given the stages as they are done, and returns them.

    Raises:
        UsageError: nothing is there, or see :class:`SharedIndex`.
        InputError: nothing of it can be read.
        CurationError: the server can't be reached or refuses.
    """
    index = SharedIndex(read_address(), name, create=False)
    if workspace and source in workspace.accepted():
        with workspace.lock():
            stage = workspace.batch_stage(source, "sign")
            if stage.manifest() is None:
                raise UsageError(f"batch '{source}' has no signatures yet", remedy="Run: curation run")
            return _look_up(index, store.scan([stage.table("signatures")], _COLUMNS, rows=CHUNK))
    folder = Path(source)
    if (folder / "documents.parquet").is_file():
        return _look_up(index, _sign_documents(folder, config))
    with tempfile.TemporaryDirectory(prefix="curation-") as scratch:
        run_on_files(folder, Path(scratch), "clean", config, follow, workspace.root if workspace else None)
        return _look_up(index, _sign_documents(Path(scratch), config))


_COLUMNS = ("id", "spec", "n_shingles", "signature")


def _sign_documents(folder: Path, config: Config) -> Iterator[pa.Table]:
    for documents in store.scan([folder / "documents.parquet"], ["id", "body", "text_sha256"], rows=CHUNK):
        yield sign(documents, backend=config.dedup.backend)


def _look_up(index: SharedIndex, tables: Iterable[pa.Table]) -> pa.Table:
    found = [index.candidates(*_with_words(table)) for table in tables]
    return pa.concat_tables([CANDIDATES.empty_table(), *found])


def _with_words(signatures: pa.Table) -> tuple[list[str], Signatures]:
    """Ids and signatures of the documents that have one, as rows of 128.

    Raises:
        UsageError: they were made with another spec.
    """
    if other := set(signatures["spec"].unique().to_pylist()) - {SPEC}:
        raise UsageError(f"the signatures were made with {', '.join(other)}", remedy="Run: curation run")
    signed = signatures.filter(pc.greater(signatures["n_shingles"], 0))
    return signed["id"].to_pylist(), from_bytes(signed["signature"]).hashes.reshape(signed.num_rows, -1)


def _band_values(signatures: Signatures) -> Iterator[list[bytes]]:
    """Each document's bands as datasketch writes them: the values end to end, highest byte first."""
    width = 4 * ROWS
    for row in signatures[:, : BANDS * ROWS].astype(">u4"):
        data = row.tobytes()
        yield [data[start : start + width] for start in range(0, len(data), width)]
