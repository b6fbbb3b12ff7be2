"""Large text, wide spacing, still pictures and paper: nothing is lost in any of them."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from browser.books import NOW
from browser.kinds import EXAMPLES, OTHERS, Shown, Site, address_of
from browsing import LIGHT, opened, show, sticks_out, visit

# WCAG 2.2, 1.4.12 and 1.4.4
SPACED: Final = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""
LARGE: Final = {"standard": 32, "fixed": 26}

# Boxes that cut off text, apart from those that hide it from the eye, or shorten it, on purpose.
_CUT: Final = """() => [...document.body.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one);
    const hides = [style.overflowX, style.overflowY].some(way => ["hidden", "clip"].includes(way));
    return hides && style.textOverflow !== "ellipsis" && one.clientWidth > 1
        && one.innerText?.trim()
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.tagName + "." + one.className + " " + one.innerText.slice(0, 40))"""

_MOVES: Final = """() => [...document.querySelectorAll("*")].filter(one => {
    const style = getComputedStyle(one), spans = style.transitionDuration.split(", ");
    return spans.some(span => parseFloat(span) > 0.01) || style.animationName !== "none"
        || style.scrollBehavior === "smooth";
}).map(one => one.tagName + "." + one.className)"""


def style(page: Page, rules: str) -> None:
    """Lay rules over those of the page, as a reader's own style sheet does."""
    page.evaluate(
        """rules => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(rules);
            document.adoptedStyleSheets = [sheet];
        }""",
        rules,
    )


@pytest.mark.parametrize("shown", [*EXAMPLES, *OTHERS], ids=str)
def test_wide_spacing_and_large_text_lose_nothing(
    sites: dict[str, Site], chrome: Browser, shown: Shown
) -> None:
    with opened(chrome, NOW, viewport={"width": 320, "height": 800}) as page:
        visit(page, address_of(sites, shown))
        style(page, SPACED)
        spaced = (sticks_out(page), page.evaluate(_CUT))
        style(page, "")
        show(page, LIGHT, 640)
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": LARGE})
        large = (sticks_out(page), page.evaluate(_CUT))

        assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"

    assert spaced == ([], [])
    assert large == ([], [])


@pytest.mark.parametrize("shown", EXAMPLES, ids=str)
def test_nothing_moves_for_who_wants_less_motion(
    sites: dict[str, Site], chrome: Browser, shown: Shown
) -> None:
    with opened(chrome, NOW, reduced_motion="reduce") as page:
        visit(page, address_of(sites, shown))

        assert page.evaluate(_MOVES) == []


@pytest.mark.parametrize(
    ("shown", "most"),
    [
        (Shown("example", "index.html"), 2),
        (Shown("example", "incidents/2026-11-21-card-payments/index.html"), 1),
        (Shown("example", "incidents/2025-05-28-shops-unavailable/index.html"), 2),
        (Shown("example", "components/checkout/index.html"), 2),
        (Shown("quiet", "index.html"), 1),
    ],
    ids=str,
)
def test_a_printed_page_takes_few_sheets(
    sites: dict[str, Site], chrome: Browser, shown: Shown, most: int
) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, shown))
        paper = page.pdf(format="A4")

    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= most


def test_bars_are_as_dark_as_words_in_forced_colours(
    sites: dict[str, Site], chrome: Browser
) -> None:
    with opened(chrome, NOW, forced_colors="active") as page:
        visit(page, address_of(sites, Shown("example", "index.html")))
        strokes = page.evaluate("""() => [...document.querySelectorAll(".bars path")]
            .map(one => getComputedStyle(one).stroke)""")
        text = page.evaluate("getComputedStyle(document.body).color")

    assert set(strokes) == {text}


def test_paper_is_white_and_tells_where_it_comes_from(
    sites: dict[str, Site], chrome: Browser
) -> None:
    with opened(chrome, NOW, color_scheme="dark") as page:
        visit(page, address_of(sites, Shown("example", "subscribe/index.html")))
        address = "() => getComputedStyle(document.querySelector('main'), '::before').content"
        assert page.evaluate(address) == "none"
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(address) == '"https://status.example.com/subscribe/"'
        page_colour = "getComputedStyle(document.documentElement).getPropertyValue('--page')"
        assert page.evaluate(page_colour) == "#fff"
        feeds = page.locator(".addresses .links a:visible").count()
        rows = page.locator(".addresses .links").count()

    assert feeds == rows
