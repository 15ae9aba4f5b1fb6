"""Near-duplicates: shingles, signatures, candidates, exact verification, clusters."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """This room has the name of a verb of the Python API, so it answers as the verb: ``curation.dedup(frame)``."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return import_module("curation.frame").dedup(*arguments, **named)


sys.modules[__name__].__class__ = _Room
