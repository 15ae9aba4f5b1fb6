"""Clean, deduplicate, judge, annotate and publish corpora of Indonesian news."""

from __future__ import annotations

__version__ = "0.1.0"
