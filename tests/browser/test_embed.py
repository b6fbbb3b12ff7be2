"""The banner and the strip on somebody else's site, which is another host to the browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from browser.script_book import BOTH, CALM, NOW, OPEN, PLANNED, built, reading, update
from browsing import AXE, DARK, LIGHT, Mode, judged, needed
from serving import serving

SHOP = """<!doctype html><html lang="en"><title>Shop</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src {status};
connect-src {status}; frame-src {status}; img-src data:;
require-trusted-types-for 'script'; trusted-types 'none'">
<link rel="icon" href="data:,"><main><h1>Our shop</h1>{embedded}</main>"""


class Plain(SimpleHTTPRequestHandler):
    """A host that is not ours: it sends none of our headers."""

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """Serve a folder as somebody else's site; give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Plain, directory=folder)) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def shop(
    browser: Browser, place: Path, files: dict[str, str], embedded: str, **options: Any
) -> Iterator[tuple[Page, str]]:
    """Open another site's page that embeds ours; give it, and our address."""
    with serving(built(place / "status", files)) as status:
        host = place / "shop"
        host.mkdir()
        text = SHOP.replace("{embedded}", embedded).replace("{status}", status)
        (host / "index.html").write_text(text, encoding="utf-8")
        with hosting(host) as address, reading(browser, address, **options) as page:
            page.wait_for_load_state("networkidle")
            yield page, status


SCRIPT = '<script src="{status}embed.js" async></script>'


def banner_of(page: Page) -> Locator:
    return page.get_by_role("complementary").get_by_role("link")


FRAME = '<iframe src="{status}embed.html" title="Status" height="60" width="320"></iframe>'


def test_a_banner_names_what_is_wrong_and_leads_there(place: Path, chrome: Browser) -> None:
    with shop(chrome, place, BOTH, SCRIPT) as (page, status):
        banner = banner_of(page)
        assert banner.inner_text() == "Partial System Outage: Card payments fail"
        assert banner.get_attribute("href") == f"{status}{OPEN}"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == "statusbook-banner"


def test_the_worst_incident_is_named(place: Path, chrome: Browser) -> None:
    slow = update(
        "2026-11-21T14:30Z",
        "title: Slow reports\nstatus: investigating\ncomponents: {reports: degraded_performance}",
    )
    files = {**BOTH, "incidents/2026-11-21-slow/1-investigating.md": slow}
    with shop(chrome, place, files, SCRIPT) as (page, _):
        assert "Card payments fail" in banner_of(page).inner_text()


def test_a_banner_tells_of_work_that_is_running(place: Path, chrome: Browser) -> None:
    early = {name: text.replace("15:00Z", "14:00Z") for name, text in PLANNED.items()}
    with shop(chrome, place, early, SCRIPT) as (page, _):
        told = banner_of(page).inner_text()
    assert told == "Service Under Maintenance: Reports move"


@pytest.mark.parametrize("files", [CALM, PLANNED], ids=["calm", "planned"])
def test_there_is_no_banner_while_all_is_well(
    place: Path, chrome: Browser, files: dict[str, str]
) -> None:
    with shop(chrome, place, files, SCRIPT) as (page, _):
        assert page.get_by_role("complementary").count() == 0


@pytest.mark.parametrize("display", ["block", "grid", "flex"])
def test_the_sites_own_style_does_not_reach_the_banner(
    place: Path, chrome: Browser, display: str
) -> None:
    with shop(chrome, place, BOTH, SCRIPT) as (page, _):
        page.evaluate(
            """display => {
            const theirs = new CSSStyleSheet();
            theirs.replaceSync("a { color: red !important; font-size: 40px } " +
                "aside { display: none !important; width: 20% !important } " +
                "body { display: " + display + "; max-width: 50% }");
            document.adoptedStyleSheets = [theirs];
        }""",
            display,
        )
        banner = banner_of(page)
        assert banner.evaluate("one => getComputedStyle(one).color") == "rgb(255, 255, 255)"
        assert banner.evaluate("one => getComputedStyle(one).fontSize") == "16px"
        box, window = banner.bounding_box(), page.viewport_size
        assert box is not None
        assert window is not None
        assert box["width"] > 0.9 * window["width"]


def test_texts_in_the_banner_stay_texts(place: Path, chrome: Browser) -> None:
    evil = {
        name: text.replace("Card payments fail", "<img src=x onerror=alert(1)>")
        for name, text in BOTH.items()
    }
    with shop(chrome, place, evil, SCRIPT) as (page, _):
        assert "<img src=x onerror=alert(1)>" in banner_of(page).inner_text()


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=lambda mode: mode.name)
def test_the_strip_fits_its_frame_and_its_banner_has_contrast(
    place: Path, chrome: Browser, mode: Mode
) -> None:
    needed(AXE.is_file(), "npm's axe-core")
    with shop(chrome, place, BOTH, FRAME + SCRIPT, color_scheme=mode.scheme) as (page, status):
        frame = page.frame(url=f"{status}embed.html")
        assert frame is not None
        root = "document.scrollingElement"
        assert frame.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]") == [320, 60]
        assert "Card payments fail" in frame.locator("main").inner_text()
        page.goto(f"{status}embed.html")
        page.clock.resume()  # axe waits for it
        assert judged(page).violations == []


def test_the_strip_needs_no_script(place: Path, chrome: Browser) -> None:
    with shop(chrome, place, BOTH, FRAME) as (page, status):
        page.goto(f"{status}embed.html")
        assert page.locator("script").count() == 0
        assert NOW.strftime("%Y") not in page.locator("main").inner_text()
