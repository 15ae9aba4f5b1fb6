"""Label Studio's own opinion of a page and of tasks, without a server; and its client, for those who have one.

The only importer of ``label_studio_sdk``, inside functions, for its import takes two seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from curation.errors import CurationError, DataError, UsageError

#: what a large import takes on a slow server, and more
SECONDS = 600


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
        # without its predictions: the SDK (2.1.2) fails on a task that has some
        if not interface.validate_task({"data": task.get("data", {})}):
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


# -- a server -------------------------------------------------------------------------------------


@contextmanager
def client(url: str, key: str) -> Iterator[Any]:
    """The SDK's client of a server; what goes wrong is said in our words.

    Raises:
        UsageError: no Label Studio answers there, or it does not know the key.
        DataError: it refuses, or fails.
    """
    import httpx
    import label_studio_sdk
    from label_studio_sdk.core.api_error import ApiError

    timeout = httpx.Timeout(SECONDS, connect=10)
    with httpx.Client(timeout=timeout, follow_redirects=True) as http:
        try:
            sdk: Any = label_studio_sdk.LabelStudio
            yield sdk(base_url=url.rstrip("/"), api_key=key, httpx_client=http)
        except ApiError as error:
            raise refused(error, url) from None
        except httpx.TimeoutException:
            remedy = "Run the command again: what has arrived is not sent twice."
            raise DataError("Label Studio did not answer in time", where=url, remedy=remedy) from None
        except httpx.TransportError as error:
            raise UsageError(f"no Label Studio answers there ({error})", where=url, remedy=UNREACHED) from None


UNREACHED = "Start it (make label-studio), or correct LABEL_STUDIO_URL; what has arrived already is not sent twice."


def refused(error: Any, url: str) -> CurationError:
    """The error for people of an answer that is none; of a page of HTML they are told the beginning."""
    status, body = error.status_code, error.body
    if status in (401, 403):
        remedy = "Set LABEL_STUDIO_API_KEY to a token from Label Studio's page 'Account & Settings'."
        return UsageError("Label Studio does not know this token", where=url, remedy=remedy)
    detail = body.get("detail") if isinstance(body, Mapping) else None
    if status is not None and status < 400:
        return UsageError("what answers there is no Label Studio", where=url, remedy="Correct LABEL_STUDIO_URL.")
    if isinstance(body, Mapping) and body.get("validation_errors"):
        detail = body["validation_errors"]
    said = " ".join(str(detail or body or "nothing").split())[:300]
    return DataError(f"Label Studio refused ({status}): {said}", where=url)


def is_missing(error: Exception) -> bool:
    """Whether the server says that there is no such thing."""
    return getattr(error, "status_code", None) == 404
