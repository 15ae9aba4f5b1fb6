"""The installed Chromium or Chrome under Playwright, for the tests of what people see."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run", "--disable-quic"),
]


def installed(what: str) -> str:
    """The program; where there is none, the test is skipped loudly, in CI never."""
    if PROGRAM is None:
        assert not os.environ.get("CI"), "CI must have Chromium or Chrome: make test installs it"
        pytest.skip(f"no Chromium or Chrome here: {what} is NOT looked at in a browser")
    return PROGRAM


@contextmanager
def started(what: str) -> Iterator[Browser]:
    """A browser for a module at most: for a session, Playwright's event loop would stand in the way of others'."""
    program = installed(what)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()
