"""Take the picture of the report that stands in the README: ``make demo``, then ``python docs/picture.py``.

Needs an installed Chromium. The page is opened from its file, offline.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
REPORT = DOCS.parent / "build" / "demo" / "report.html"
#: a browser that asks nobody for anything
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
QUIET += ["--disable-sync", "--no-first-run", "--disable-quic"]


def main() -> None:
    """Write docs/report.png from build/demo/report.html, or from the file that is named."""
    report = Path(sys.argv[1]) if len(sys.argv) > 1 else REPORT
    browser_path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser_path is None or not report.exists():
        sys.exit(f"a Chromium and {report} are needed. Make the report with: make demo")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page(viewport={"width": 1100, "height": 760}, color_scheme="light")
        page.goto(report.resolve().as_uri())
        page.screenshot(path=DOCS / "report.png")
        browser.close()


if __name__ == "__main__":
    main()
