"""An open page notices that it is old and that there is more, copies texts, and never breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from browser.script_book import (
    BOTH,
    CALM,
    NOW,
    OPEN,
    PLANNED,
    built,
    minutes_pass,
    reading,
    said,
    update,
)
from serving import serving

NEWS = "This page has changed since you opened it."
MORE = {f"{OPEN}2-identified.md": update("2026-11-21T14:40Z", "status: identified")}


class Served(NamedTuple):
    """A book with an open incident, its served site, and what was asked for."""

    place: Path
    address: str
    asked: list[str]


@pytest.fixture
def served(place: Path) -> Iterator[Served]:
    """Serve a site that a test builds anew while a page is open."""
    asked: list[str] = []
    with serving(built(place, BOTH), asked=asked) as address:
        yield Served(place, address, asked)


def is_told(page: Page) -> bool:
    """Tell whether the page says that there is more, after the answer has come."""
    page.wait_for_load_state("networkidle")
    minutes_pass(page, 0.1)
    return NEWS in said(page, "main")


# --- old -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "hours"), [(BOTH, 1), (PLANNED, 24), (CALM, 24)], ids=["open", "planned", "calm"]
)
def test_a_page_that_was_left_open_says_that_it_is_old(
    place: Path, chrome: Browser, files: dict[str, str], hours: int
) -> None:
    with serving(built(place, files)) as address, reading(chrome, address) as page:
        page.clock.fast_forward(hours * 3_600_000 - 60_000)
        assert said(page, ".old") == ""
        minutes_pass(page, 1)
        told = said(page, ".old")
    assert told.startswith("This page was last built at 21 Nov 2026, 15:40 CET.")
    assert "The same page elsewhere: status.example.com, backup.example.com" in told


def test_a_page_from_a_cache_says_at_once_that_it_is_old(place: Path, chrome: Browser) -> None:
    site = built(place, BOTH)
    with serving(site) as address, reading(chrome, address, NOW.replace(day=22)) as page:
        assert "Newer news may be missing." in said(page, ".old")


# --- news ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", OPEN, "pl/", f"pl/{OPEN}"])
def test_a_new_update_is_told_within_a_minute(served: Served, chrome: Browser, path: str) -> None:
    with reading(chrome, served.address + path) as page:
        minutes_pass(page, 1.5)
        assert page.locator("#_news").is_hidden()
        built(served.place, MORE)
        minutes_pass(page, 1)
        page.locator("#_news").wait_for()
        page.locator("#_news button").click()
        page.wait_for_load_state()
        assert page.url == served.address + path
        minutes_pass(page, 1.5)
        assert page.locator("#_news").is_hidden()


def test_a_page_is_silent_while_nothing_is_new(served: Served, chrome: Browser) -> None:
    with reading(chrome, served.address) as page:
        built(served.place, {}, NOW.replace(minute=55))
        minutes_pass(page, 1.5)
        assert not is_told(page)
        built(served.place, {}, NOW.replace(hour=16, minute=5))
        minutes_pass(page, 1.5)
        assert not is_told(page)
    assert "/release.json" in served.asked


def test_a_page_from_a_cache_notices_that_there_is_more(served: Served, chrome: Browser) -> None:
    before = (served.place / "site/index.html").read_text(encoding="utf-8")
    built(served.place, MORE)
    with reading(chrome, f"{served.address}subscribe/") as page:
        page.route(
            served.address, lambda route: route.fulfill(body=before, content_type="text/html")
        )
        page.goto(served.address)
        minutes_pass(page, 1.5)
        page.locator("#_news").wait_for()


def test_nothing_is_asked_in_the_first_minute_and_then_once_a_minute(
    served: Served, chrome: Browser
) -> None:
    with reading(chrome, served.address) as page:
        minutes_pass(page, 0.9)
        assert "/release.json" not in served.asked
        for _ in range(5):
            minutes_pass(page, 1)
            page.wait_for_load_state("networkidle")
        assert 4 <= served.asked.count("/release.json") <= 5


def test_a_closed_incident_asks_nothing(served: Served, chrome: Browser) -> None:
    over = {f"{OPEN}2-resolved.md": update("2026-11-21T14:39Z", "status: resolved")}
    built(served.place, over)
    with reading(chrome, served.address + OPEN) as page:
        minutes_pass(page, 5)
    assert "/release.json" not in served.asked


def test_a_host_without_release_json_is_no_news(served: Served, chrome: Browser) -> None:
    with reading(chrome, served.address) as page:
        page.route("**/release.json", lambda route: route.fulfill(status=200, body="<html>"))
        minutes_pass(page, 3)
        assert not is_told(page)


# --- copying, and pages that nobody foresaw ------------------------------------------------------

HEAD = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self';
connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'">
<link rel="icon" href="assets/icon.svg"><script src="assets/status.js" defer></script><main>"""
PLACE = '<pre data-copy="Copy" data-copied="Copied"><code>https://x.example.com/</code>\n</pre>'
ODD = """<p data-from="soon" data-until>a</p><p data-until="2026-13-99">b</p><p data-from>c</p>
<time datetime="T">d</time><time datetime="2026-11-21T14:00:00Z" data-near="<b>">e</time>
<time data-near="60">f</time><time datetime="9999999-01-01T00:00Z" data-near="60">g</time>
<pre data-copy>h</pre><p id="_news" hidden>i</p><time datetime="-T" data-near>j</time>"""


def test_a_button_copies_and_says_so(served: Served, chrome: Browser) -> None:
    (served.place / "site/odd.html").write_text(HEAD.format(lang="en") + PLACE, encoding="utf-8")
    allowed = ["clipboard-read", "clipboard-write"]
    with reading(chrome, f"{served.address}odd.html", permissions=allowed) as page:
        page.get_by_role("button", name="Copy: https://x.example.com/", exact=True).press("Enter")
        page.get_by_role("button", name="Copied: https://x.example.com/").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "https://x.example.com/"


def test_what_cannot_be_copied_is_marked(served: Served, chrome: Browser) -> None:
    (served.place / "site/odd.html").write_text(HEAD.format(lang="en") + PLACE, encoding="utf-8")
    with reading(chrome, f"{served.address}odd.html", permissions=[]) as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.get_by_role("button", name="Copy").click()
        assert page.evaluate("`${getSelection()}`.trim()") == "https://x.example.com/"


@pytest.mark.parametrize("lang", ["", "en", "!!", "xx-nonsense-tag"])
def test_odd_attributes_break_nothing(served: Served, chrome: Browser, lang: str) -> None:
    odd = HEAD.format(lang=lang) + ODD + PLACE
    (served.place / "site/odd.html").write_text(odd, encoding="utf-8")
    with reading(chrome, f"{served.address}odd.html") as page:
        minutes_pass(page, 3)
        assert said(page, "main").startswith("a b c d")
        assert page.get_by_role("button").count() == 2


def test_scripts_are_small(served: Served) -> None:
    site = served.place / "site"
    assert (site / "assets/status.js").stat().st_size < 3000
    assert (site / "embed.js").stat().st_size < 1000
