"""Bytes from a file, decompressed as they are read, with a limit on what one article may hold."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from typing import TYPE_CHECKING, cast

import pyarrow as pa

from curation.errors import InputError
from curation.ingest.record import Rejection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What reading compressed data may raise where the file is cut off or damaged.
BROKEN = (EOFError, zlib.error, OSError)

#: Most bytes of one article, row or page. Anything longer is no article but a file read in the wrong way.
MAX_BYTES = 32 << 20
#: the same for people
LONGEST = f"{MAX_BYTES >> 20} MB, too much for one article"


def open_bytes(path: Path) -> io.BufferedReader:
    """The file's bytes, decompressed where it starts as gzip or zstd does, whatever its name says.

    Raises:
        InputError: it can't be opened.
    """
    try:
        file = path.open("rb")
        start = file.peek(4)[:4]
    except OSError as error:
        raise InputError(
            f"can't be read ({error.strerror or error})",
            where=str(path),
            remedy=f"Look at its owner and permissions: ls -l {path}",
        ) from error
    if start.startswith(b"\x1f\x8b"):
        file.close()
        return cast("io.BufferedReader", gzip.open(path))
    if start == b"\x28\xb5\x2f\xfd":  # Arrow's reader, because zstandard's takes a cut file for a whole one
        file.close()
        return io.BufferedReader(pa.CompressedInputStream(pa.OSFile(str(path)), "zstd"))
    return file


def whole(path: Path) -> bytes:
    """All bytes of a file that holds one article.

    Raises:
        InputError: it can't be read, is empty, cut off, or too long to be an article.
    """
    with open_bytes(path) as stream:
        try:
            data = stream.read(MAX_BYTES + 1)
        except BROKEN as error:
            raise broken(path, error) from error
    if len(data) > MAX_BYTES:
        raise InputError(
            f"holds more than {LONGEST}",
            where=str(path),
            remedy="If it holds many articles, write them one a line as JSON and call it .jsonl.",
        )
    if not data.strip():
        raise empty(path)
    return data


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file; of one that is too long only the beginning.

    Raises:
        BROKEN: the compressed data break off; all lines before the break have been given.
    """
    with open_bytes(path) as stream:
        if stream.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            with io.TextIOWrapper(stream, "utf-16", errors="replace", newline="\n") as texts:
                while text := texts.readline(MAX_BYTES):
                    yield text.encode("utf-8", "surrogatepass")
            return
        while line := stream.readline(MAX_BYTES):
            yield line
            while len(line) == MAX_BYTES and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)


class EmptyError(InputError):
    """A file without anything in it."""


def empty(path: Path) -> EmptyError:
    """The error for a file without anything in it."""
    return EmptyError("the file is empty", where=str(path), remedy="Fetch it again, or leave it out.")


def broken(path: Path, error: BaseException) -> InputError:
    """The error for compressed data that can't be read at all."""
    return InputError(f"the compressed data can't be read ({error})", where=str(path), remedy="Fetch the file again.")


def broken_after(source_ref: str, row: int, error: BaseException) -> Rejection:
    """The rejection for the rest of an input that breaks off."""
    detail = f"The file breaks off after row {row} ({error}); the rows before are kept."
    return Rejection(f"{source_ref}:{row + 1}", "unreadable", detail)
