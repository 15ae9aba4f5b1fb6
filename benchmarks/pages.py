"""Figures that a benchmark writes into a page, between two markers."""

from __future__ import annotations

from pathlib import Path


def write(page: Path, start: str, end: str, text: str) -> None:
    """Put a text between the markers of a page; a page without them gets them at its end."""
    before, after = "# Benchmarks\n\n", "\n"
    if page.exists():
        before, found, rest = page.read_text("utf-8").partition(start)
        after = rest.partition(end)[2] if found else "\n"
        if not found:
            before = before.rstrip() + "\n\n"
    page.write_text(f"{before}{start}\n\n{text}\n\n{end}{after}", encoding="utf-8")
