"""Label Studio's own opinion of a page and of tasks, without a server.

The only importer of ``label_studio_sdk``, inside functions, for its import takes two seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from curation.errors import DataError


def validate_page(xml: str) -> None:
    """Check a labelling page as the server does on import, and more.

    Raises:
        DataError: the page is not valid.
    """
    _interface(xml)


def validate_tasks(xml: str, tasks: Iterable[Mapping[str, Any]]) -> None:
    """Check that tasks carry all that the page shows.

    Raises:
        DataError: names the first task that does not.
    """
    interface = _interface(xml)
    for task in tasks:
        if not interface.validate_task(dict(task)):
            key = task.get("data", {}).get("task_key", "?")
            raise DataError(f"task {key} lacks a field that the page shows", remedy="Export the tasks again.")


def _interface(xml: str) -> Any:
    from label_studio_sdk.label_interface.interface import LabelInterface

    try:
        interface: Any = LabelInterface(xml)
        interface.validate()
    except Exception as error:  # the SDK raises whatever its parsers raise
        raise DataError(f"Label Studio refuses the page: {error}", remedy="Check codebook.toml.") from error
    return interface
