"""Pairs side by side in a real browser, with no network: keys work, nothing of a text runs, every screen fits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from curation.explain.compare import Comparison
from curation.explain.compare_page import comparison_html

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--disable-quic", "--enable-logging=stderr"]

LINES = [f"Warga Desa Rimbo nomor {n} memanen padi di lembah sejak pagi buta." for n in range(20)]
A = "\n".join(["Hasil panen di Desa Rimbo naik menjadi 12 ton.", *LINES, "Hujan turun <b>lagi</b> sore itu."])
B = "\n".join(
    ["Hasil panen di Desa Rimbo naik menjadi 15 ton.", *LINES, "Iklan: beli pupuk di Pasar Wage.", "x" * 5000]
)
EVIL = "<script>document.title = 'bad'</script><img src=x onerror=\"document.title='bad'\">"


@pytest.fixture(autouse=True)
def _browser() -> None:
    if BROWSER is None:
        assert not os.environ.get("CI"), "CI must have Chromium or Chrome: make test installs it"
        pytest.skip("no Chromium or Chrome here: pairs are NOT looked at in a browser")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Two pairs, one with hostile markup in every field."""
    known = {"kind": "near", "merges": True, "direction": None, "evidence": "J 0.75, C 0.90 / 0.80"}
    plain = {"outlet": "Suluh", "published_at": None, "zone": None, "url": "https://suluh.example/panen"}
    left, right = {"id": "a1", "title": "Panen", "body": A, **plain}, {"id": "b2", "title": None, "body": B, **plain}
    evil = dict.fromkeys(("id", "title", "outlet", "url", "body"), EVIL) | {"published_at": None, "zone": None}
    hostile = Comparison(evil, {**evil, "body": A}, known | {"evidence": EVIL})
    path = tmp_path / "pairs.html"
    path.write_text(comparison_html([Comparison(left, right, known), hostile], [EVIL, EVIL]), encoding="utf-8")
    return path


def opened(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What the browser makes of a page; every host name fails to resolve."""
    assert BROWSER
    offline = ["--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={page.parent / 'profile'}"]
    command = [BROWSER, *QUIET, *offline, *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True)


def probed(page: Path, script: str, *options: str) -> str:
    """The title of a page after a script of the test has run in it."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page.read_text(encoding="utf-8"))
    probe = page.with_name("probe.html")
    probe.write_text(text.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    return opened(probe, *options, "--dump-dom").stdout.split("<title>")[1].split("</title>")[0]


def test_its_own_script_runs_and_nothing_of_a_text_does(page: Path) -> None:
    done = opened(page, "--dump-dom")
    assert "CONSOLE" not in done.stderr
    assert re.search(r'<span id="where"[^>]*>\d+ differences</span>', done.stdout)
    assert "<title>2 pairs</title>" in done.stdout


def test_the_policy_stops_a_script_that_got_in(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</main>", f"{EVIL}</main>"), encoding="utf-8")
    done = opened(page, "--dump-dom")
    assert "<title>2 pairs</title>" in done.stdout
    assert "Content Security Policy" in done.stderr


@pytest.mark.parametrize(
    ("keys", "here"), [("j", "12 15"), ("jj", "Hujan"), ("jjk", "12 15"), ("k", "12 15"), ("j" * 99, "nomor")]
)
def test_keys_go_from_difference_to_difference(page: Path, keys: str, here: str) -> None:
    script = f"""
    for (const key of "{keys}") document.dispatchEvent(new KeyboardEvent("keydown", {{ key }}));
    document.title = [...document.querySelectorAll(".here")].map((e) => e.textContent).join(" ");
    """
    assert here in probed(page, script)


@pytest.mark.parametrize("width", [1280, 800, 500])
def test_the_page_fits_its_window(page: Path, width: int) -> None:
    script = "document.title = document.documentElement.scrollWidth + ' of ' + innerWidth"
    whole, _, shown = probed(page, script, f"--window-size={width},900").partition(" of ")
    assert int(whole) <= int(shown), f"sideways scroll: {whole} of {shown}"


def test_passages_stand_beside_each_other_and_on_a_narrow_screen_below(page: Path) -> None:
    script = """
    const [a, b] = document.querySelectorAll(".rows:not(.heads) > .cell");
    const [one, other] = [a, b].map((cell) => cell.getBoundingClientRect());
    document.title = one.top === other.top ? "beside" : one.bottom <= other.top ? "below" : "over";
    """
    assert probed(page, script, "--window-size=1280,900") == "beside"
    assert probed(page, script, "--window-size=500,900") == "below"


def test_light_and_dark_look_different(page: Path) -> None:
    script = "document.title = getComputedStyle(document.querySelector('main del')).backgroundColor"
    colours = {probed(page, script, f"--blink-settings=preferredColorScheme={scheme}") for scheme in (0, 1)}
    assert len(colours) == 2
    for scheme in (0, 1):
        picture = page.with_name(f"{scheme}.png")
        dark = f"--blink-settings=preferredColorScheme={scheme}"
        opened(page, dark, "--window-size=1280,900", f"--screenshot={picture}")
        assert picture.stat().st_size > 20_000
