"""Everything about one document: every edit, measure, twin and decision, and what became of it.

In a workspace, on a folder that ``curation clean`` wrote, or on a raw file that is read and cleaned on the spot.
"""

from __future__ import annotations

from curation.explain.explanation import EditMade, Explanation, Measured, explain, explain_file
from curation.explain.marked import marked_text
from curation.explain.page import explanation_html
from curation.explain.text import explanation_text

__all__ = [
    "EditMade",
    "Explanation",
    "Measured",
    "explain",
    "explain_file",
    "explanation_html",
    "explanation_text",
    "marked_text",
]
