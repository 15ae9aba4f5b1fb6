"""A copy of a published version elsewhere: an object store, or any place that fsspec reaches.

An object store can't rename a folder. So the manifest goes there last, and a reader takes a folder without one for no
release. What an upload that broke off has left there is read again and stays if it is right.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import fsspec
from fsspec.implementations.arrow import ArrowFSWrapper

from curation.errors import DataError, UsageError
from curation.release.manifest import MANIFEST, SUMS
from curation.release.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: bytes that are sent or read at a time
CHUNK = 8 << 20


@dataclass(frozen=True)
class Uploaded:
    """What an upload did."""

    #: where the version is now
    url: str
    sent: int
    #: files that were there already
    kept: int


def upload(folder: Path, url: str) -> Uploaded:
    """Copy a version to ``<url>/<name>/<version>/``; the same again does nothing.

    Everything is read back and compared before the manifest is written.

    Args:
        folder: the version, or the link `latest`.
        url: such as ``s3://bucket/corpora``. Keys come from the environment.

    Raises:
        UsageError: nobody knows how to write to such an address.
        DataError: the version here is damaged, other content is there under its number, or the store refuses.
    """
    folder = folder.resolve()
    if problems := verify(folder):
        raise DataError("\n".join(["only a whole version is copied:", *problems]), where=str(folder))
    filesystem, root = _place(url)
    target = "/".join([root.rstrip("/"), folder.parent.name, folder.name])
    address = "/".join([url.rstrip("/"), folder.parent.name, folder.name])
    try:
        return Uploaded(address, *_copy(folder, filesystem, target, address))
    except OSError as error:
        remedy = "Look at the address and at the keys in the environment, and do it again: it goes on where it stopped."
        raise DataError(f"the store refuses: {error}", where=address, remedy=remedy) from error


def _copy(folder: Path, filesystem: Any, target: str, address: str) -> tuple[int, int]:
    """Send what is not there, the manifest last; returns the files that were sent and those that were there."""
    wanted = {name: digest for digest, name in _lines(folder)}
    wanted[SUMS] = hashlib.sha256((folder / SUMS).read_bytes()).hexdigest()
    there = _there(filesystem, target)
    manifest = f"{target}/{MANIFEST}"
    # one that was cut off is none
    if MANIFEST in there and not (folder / MANIFEST).read_bytes().startswith(filesystem.cat_file(manifest)):
        raise DataError(
            "other content is there under this number, and a version never changes",
            where=address,
            remedy="Compare the two with: curation diff. Publish under another number, or to another address.",
        )
    # the sums stand for all other files, the manifest for the sums
    order = [*sorted(wanted.keys() - {SUMS, MANIFEST}), SUMS, MANIFEST]
    sent = 0
    for name in order:
        if (
            there.get(name) == (folder / name).stat().st_size
            and _digest(filesystem, f"{target}/{name}") == wanted[name]
        ):
            continue
        if name == MANIFEST:
            for other in sorted(there.keys() - wanted.keys()):  # of an upload of something else that broke off
                filesystem.rm_file(f"{target}/{other}")
        _send(folder / name, filesystem, f"{target}/{name}")
        if _digest(filesystem, f"{target}/{name}") != wanted[name]:
            raise DataError("what is there is not what was sent", where=f"{address}/{name}", remedy="Do it again.")
        sent += 1
    return sent, len(order) - sent


def _place(url: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    protocol, _, path = url.partition("://")
    if not path:
        raise UsageError("no address", where=url, remedy="Write one such as s3://bucket/corpora.")
    if protocol == "s3":  # pyarrow brings its own; s3fs would be another package with many more behind it
        return ArrowFSWrapper(_s3()), path
    try:
        filesystem, root = fsspec.core.url_to_fs(url)
    except (ValueError, ImportError) as error:
        raise UsageError(
            f"no way to write there: {error}", where=url, remedy="Install what fsspec needs for it, or use s3://."
        ) from error
    return filesystem, str(root)


def _s3() -> Any:
    """The S3 of the environment: AWS_REGION, and AWS_ENDPOINT_URL for a store that is not Amazon's."""
    from pyarrow.fs import S3FileSystem

    options = {}
    if region := os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"):
        options["region"] = region
    if endpoint := os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL"):
        scheme, _, host = endpoint.partition("://")
        options |= {"scheme": scheme, "endpoint_override": host}
    return S3FileSystem(**options)


def _lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Digest and path of each file, from the sums."""
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        yield digest, name


def _there(filesystem: Any, target: str) -> dict[str, int]:
    """Bytes of the files that are there, by path."""
    if not filesystem.exists(target):
        return {}
    root = filesystem._strip_protocol(target).strip("/")
    found = filesystem.find(target, detail=True)
    return {path.strip("/").removeprefix(f"{root}/"): int(one["size"]) for path, one in found.items()}


def _digest(filesystem: Any, path: str) -> str:
    whole = hashlib.sha256()
    with filesystem.open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            whole.update(chunk)
    return whole.hexdigest()


def _send(path: Path, filesystem: Any, target: str) -> None:
    if not isinstance(
        filesystem, ArrowFSWrapper
    ):  # an object store has no folders, and Arrow would leave objects as such
        filesystem.makedirs(target.rpartition("/")[0], exist_ok=True)
    with path.open("rb") as here, filesystem.open(target, "wb") as there:
        while chunk := here.read(CHUNK):
            there.write(chunk)
