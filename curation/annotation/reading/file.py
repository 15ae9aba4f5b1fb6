"""The file: JSON as Label Studio exports it, or a clear word on what else it is."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from curation.errors import InputError, UsageError

REMEDY = "Export as JSON (not JSON-MIN, not CSV) from Label Studio."
#: an escape that may be half of a surrogate pair; most are whole
_HALF = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")


class _RepeatedNameError(ValueError):
    """A name that occurs twice in one object."""


def decode(path: Path) -> list[Any]:
    """The entries of an export; one of them at least is a task.

    Args:
        path: Label Studio's JSON export, of the snapshot kind or the simple one.

    Raises:
        UsageError: the file is not there.
        InputError: the file is no such export; of another kind of export it says which.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UsageError(f"can't be read ({error.strerror})", where=str(path), remedy=REMEDY) from None
    try:
        text = raw.decode(json.detect_encoding(raw))
        entries = json.loads(text, object_pairs_hook=_object, parse_constant=lambda _: None)
        if _HALF.search(text):
            _mend(entries)
    except RecursionError:
        raise InputError("not JSON that can be read (nested too deep)", where=str(path), remedy=REMEDY) from None
    except ValueError as error:  # among them Unicode errors and numbers of more digits than Python reads
        raise InputError(_not_json(raw, error), where=str(path), remedy=REMEDY) from None
    if what := _no_export(entries):
        raise InputError(what, where=str(path), remedy=REMEDY)
    return list(entries)


def is_task(entry: Any) -> bool:
    """Whether an entry of the file is a task."""
    return isinstance(entry, dict) and "data" in entry


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names are all different: of two answers under one name, neither is the right one."""
    made = dict(pairs)
    if len(made) < len(pairs):
        name = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise _RepeatedNameError(f"'{name[:60]}' occurs twice in one object")
    return made


def _not_json(raw: bytes, error: ValueError) -> str:
    """What a file is that is no JSON."""
    if not raw.strip():
        return "not JSON (the file is empty)"
    if raw.startswith(b"PK\x03\x04"):
        return "not JSON but a ZIP file, as for images"
    first = raw.lstrip().split(b"\n", 1)[0]
    if raw.lstrip()[:1] not in (b"[", b"{") and (b"," in first or b"\t" in first):
        return "not JSON but CSV, it seems"
    if isinstance(error, _RepeatedNameError):
        return f"not as Label Studio writes it ({error})"
    if isinstance(error, json.JSONDecodeError):
        is_cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        cut = ": is the file cut off?" if is_cut else ""
        return f"not JSON ({error.msg}, line {error.lineno}, column {error.colno}{cut})"
    return f"not JSON that can be read ({error})"


def _no_export(entries: Any) -> str:
    """What JSON is that is no export; empty if it is one."""
    if not isinstance(entries, list):
        return "not a Label Studio export"
    if any(isinstance(entry, dict) and "completions" in entry for entry in entries):
        return (
            "not an export that is read: its answers stand under 'completions', as before Label Studio 1.0. "
            "Import it into a Label Studio of today"
        )
    if not entries or any(is_task(entry) for entry in entries):
        return ""
    if any(isinstance(entry, dict) and {"annotator", "annotation_id"} & entry.keys() for entry in entries):
        return "not a full export but JSON-MIN, which leaves out too much"
    return "not a Label Studio export"


def _mend(value: Any) -> None:
    """Put U+FFFD for halves of surrogate pairs, which neither tables nor terminals take; in place, however deep."""
    rest = [value]
    while rest:
        inside = rest.pop()
        if isinstance(inside, dict):
            for name in [name for name in inside if _whole(name) != name]:
                inside[_whole(name)] = inside.pop(name)
        elif not isinstance(inside, list):
            continue
        for key, held in list(inside.items() if isinstance(inside, dict) else enumerate(inside)):
            if isinstance(held, str):
                inside[key] = _whole(held)
            else:
                rest.append(held)


def _whole(text: str) -> str:
    """A text with U+FFFD for halves of surrogate pairs.

    >>> _whole("a" + chr(0xD800) + "b")
    'a�b'
    """
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
