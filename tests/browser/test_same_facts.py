"""Without its script and without its style sheet, a page says the same."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from browser.books import NOW
from browser.kinds import EXAMPLES, OTHERS, Shown, Site, address_of
from browsing import opened, visit

# What folds is opened, so that all of the page is read. The script writes into marked times only:
# they are read one by one, and stand as `…` in the rest.
_READ: Final = """() => {
    document.querySelectorAll("details").forEach(one => { one.open = true; });
    const times = [...document.querySelectorAll("time[data-near]")];
    const shown = times.map(one => one.innerText);
    times.forEach(one => { one.textContent = "…"; });
    return {times: shown, text: document.body.innerText};
}"""
_BLANKS: Final = re.compile(r"\s+")


def read(page: Page, address: str) -> tuple[list[str], str]:
    """Return the times that the script may add to, and all the rest, without blanks and case."""
    visit(page, address)
    told = page.evaluate(_READ)
    times = [_BLANKS.sub("", time).casefold() for time in told["times"]]
    return times, _BLANKS.sub("", told["text"]).casefold()


@pytest.mark.parametrize("shown", [*EXAMPLES, *OTHERS], ids=str)
def test_a_page_says_the_same_without_script_and_without_style(
    sites: dict[str, Site], chrome: Browser, shown: Shown
) -> None:
    address = address_of(sites, shown)
    with opened(chrome, NOW) as page:
        times, text = read(page, address)
    with opened(chrome, NOW, java_script_enabled=False) as page:
        plain_times, plain_text = read(page, address)
    with opened(chrome, NOW, java_script_enabled=False) as page:
        page.route("**/*.css", lambda route: route.fulfill(body="", content_type="text/css"))
        bare_times, bare_text = read(page, address)

    assert text == plain_text == bare_text
    assert plain_times == bare_times
    assert len(times) == len(plain_times)
    assert [one for one, plain in zip(times, plain_times, strict=True) if plain not in one] == []
