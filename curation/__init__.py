"""Clean, deduplicate, judge, annotate and publish corpora of Indonesian news.

The public names are loaded when they are used, so ``import curation`` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["CurationError", "agreement", "clean", "dedup", "from_datasketch", "judge", "read", "to_datasketch", "undo"]

if TYPE_CHECKING:
    from curation.dedup.datasketch import from_datasketch, to_datasketch
    from curation.errors import CurationError
    from curation.frame import agreement, clean, dedup, judge, read, undo

_PLACES = {
    "CurationError": "errors",
    "agreement": "frame",
    "clean": "frame",
    "dedup": "frame",
    "from_datasketch": "dedup.datasketch",
    "judge": "frame",
    "read": "frame",
    "to_datasketch": "dedup.datasketch",
    "undo": "frame",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module 'curation' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"curation.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
