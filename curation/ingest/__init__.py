"""From any input to rows of the tables `articles` and `rejected`.

:func:`read` gives records as they come, :func:`record_tables` packs them for the workers, and
:func:`convert` makes rows of them.
"""

from __future__ import annotations

from curation.ingest.article import Identity, convert, identity
from curation.ingest.readers import read
from curation.ingest.record import Record, Rejection, record_table, record_tables
from curation.ingest.urls import site_of, url_key

__all__ = [
    "Identity",
    "Record",
    "Rejection",
    "convert",
    "identity",
    "read",
    "record_table",
    "record_tables",
    "site_of",
    "url_key",
]
