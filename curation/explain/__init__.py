"""Everything about one document: every edit, measure, twin and decision, and what became of it.

In a workspace, on a folder that ``curation clean`` wrote, or on a raw file that is read and cleaned on the spot.
"""
