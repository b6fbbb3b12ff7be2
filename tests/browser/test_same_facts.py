"""Without its script and without its style sheet, a page says the same."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from browser.books import NOW
from browser.kinds import EXAMPLES, OTHERS, Shown, Site, address_of
from browsing import opened, visit

# All that the script adds has one of two classes: how far away a moment is, and buttons that copy.
# What folds is opened, so that all of the page is read.
_READ: Final = """() => {
    const added = document.querySelectorAll("span.near, button.copy");
    added.forEach(one => one.remove());
    document.querySelectorAll("details").forEach(one => { one.open = true; });
    return {added: added.length, text: document.body.innerText};
}"""


class Reading(NamedTuple):
    """A page's text, without blanks and case, and how many pieces the script has added to it."""

    added: int
    text: str


def read(page: Page, address: str) -> Reading:
    visit(page, address)
    told = page.evaluate(_READ)
    return Reading(told["added"], re.sub(r"\s+", "", told["text"]).casefold())


@pytest.mark.parametrize("shown", [*EXAMPLES, *OTHERS], ids=str)
def test_a_page_says_the_same_without_script_and_without_style(
    sites: dict[str, Site], chrome: Browser, shown: Shown
) -> None:
    address = address_of(sites, shown)
    with opened(chrome, NOW) as page:
        whole = read(page, address)
    with opened(chrome, NOW, java_script_enabled=False) as page:
        plain = read(page, address)
        page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
        bare = read(page, address)

    assert plain == Reading(0, whole.text)
    assert bare == plain


def test_the_script_says_how_far_away_a_promise_is(sites: dict[str, Site], chrome: Browser) -> None:
    with opened(chrome, NOW) as page:
        visit(page, sites["example"].address)

        near = page.locator(".promise .near:visible").inner_text()

    assert "in 11 minutes" in near
    assert "09:51 EST" in near
