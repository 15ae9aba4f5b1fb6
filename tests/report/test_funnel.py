"""The funnel accounts for every input."""

from __future__ import annotations

import tempfile
from pathlib import Path

from conftest_report import add_batch, add_selection, article  # type: ignore[import-not-found]
