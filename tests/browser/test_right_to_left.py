"""A page in Arabic, by a catalogue of its owner, reads from right to left."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from browser.books import NOW
from browser.kinds import Shown, Site, address_of
from browsing import LIGHT, opened, show, sticks_out, visit

INDEX = Shown("rtl", "index.html")
INCIDENT = Shown("rtl", "incidents/2026-11-21-pay/index.html")
PAGES = (
    INDEX, INCIDENT, Shown("rtl", "components/pay/index.html"),
    Shown("rtl", "history/2026-11/index.html"), Shown("rtl", "history/2026/index.html"),
    Shown("rtl", "maintenance/index.html"), Shown("rtl", "subscribe/index.html"),
)  # fmt: skip

_EDGES: Final = """selector => [...document.querySelectorAll(selector)].map(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const text = range.getBoundingClientRect();
    return [Math.round(text.left), Math.round(text.right)];
})"""
_TURNED: Final = """() => [...document.querySelectorAll("svg.bars")].map(
    one => getComputedStyle(one).transform)"""


def edges(page: Page, selector: str) -> list[list[int]]:
    """Return the left and the right end of the text in elements."""
    found: list[list[int]] = page.evaluate(_EDGES, selector)
    assert found, selector
    return found


@pytest.mark.parametrize("shown", PAGES, ids=str)
def test_nothing_sticks_out_on_a_small_phone(
    sites: dict[str, Site], chrome: Browser, shown: Shown
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, shown))
        show(page, LIGHT, 320)
        assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
        assert sticks_out(page) == []


@pytest.mark.parametrize(
    ("shown", "selector", "inset"),
    [
        (INDEX, "h1", 60),
        (INDEX, ".story > h3", 20),
        (INDEX, "section > h2", 20),
        (INDEX, "body > footer > p", 20),
        (INDEX, ".component-name", 60),
        (INCIDENT, "h1", 20),
        (INCIDENT, ".entry .prose p", 260),
    ],
    ids=str,
)
def test_lines_begin_at_the_right(
    sites: dict[str, Site], chrome: Browser, shown: Shown, selector: str, inset: int
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, shown))
        ((_, end),) = edges(page, "body > header")
        assert [right for _, right in edges(page, selector) if end - right > inset] == []


def test_bars_run_from_right_to_left(sites: dict[str, Site], chrome: Browser) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        assert {*page.evaluate(_TURNED)} == {"matrix(-1, 0, 0, 1, 0, 0)"}


def test_names_and_times_in_another_direction_keep_to_themselves(
    sites: dict[str, Site], chrome: Browser
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        isolated = """selector => [...document.querySelectorAll(selector)].map(
            one => getComputedStyle(one).unicodeBidi)"""
        assert {*page.evaluate(isolated, "time")} == {"isolate"}
        assert {*page.evaluate(isolated, "bdi")} == {"isolate"}
        names = page.locator(".component-name").all_inner_texts()
        assert "API v2 (HTTP)" in names
        bare = """() => [...document.querySelectorAll("a, h2, h3, li")].filter(one =>
            [...one.childNodes].some(node => node.nodeType === 3
                && /API v2|Order e-mails/.test(node.textContent))).map(one => one.outerHTML)"""
        assert page.evaluate(bare) == []


def test_shares_keep_their_sign_at_the_number(sites: dict[str, Site], chrome: Browser) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, INDEX))
        texts = page.locator(".scale span").all_inner_texts()
        shares = [text for text in texts if "%" in text]
        assert shares
        assert all("\N{LEFT-TO-RIGHT MARK}%" in text for text in shares)


def test_the_same_page_in_english_runs_the_other_way(
    sites: dict[str, Site], chrome: Browser
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, Shown("rtl", "en/index.html")))
        assert page.evaluate("getComputedStyle(document.documentElement).direction") == "ltr"
        arabic = page.locator('.story [lang="ar"]').first
        assert arabic.inner_text() != ""
