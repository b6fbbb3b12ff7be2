"""The months of a year stand in a row, and their links say what they lead to."""

from __future__ import annotations

from typing import Final

from playwright.sync_api import Browser

from browser.books import NOW
from browser.kinds import Shown, Site, address_of
from browsing import LIGHT, opened, show, visit

HISTORY = Shown("example", "history/index.html")
MONTH = Shown("example", "history/2026-11/index.html")

_TOPS: Final = """() => [...document.querySelectorAll(".months")].map(
    row => [...row.children].map(one => one.getBoundingClientRect().top))"""


def test_the_months_of_a_year_stand_on_one_line(sites: dict[str, Site], chrome: Browser) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, HISTORY))
        show(page, LIGHT, 1280)
        rows: list[list[float]] = page.evaluate(_TOPS)
        assert [len(row) for row in rows] == [12] * len(rows) != []
        assert [len(set(row)) for row in rows] == [1] * len(rows)


def test_links_to_months_and_years_have_full_names(sites: dict[str, Site], chrome: Browser) -> None:
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, HISTORY))
        assert (
            page.get_by_role("link", name="November 2026: 1 incident, 1 maintenance").count() == 1
        )
        visit(page, address_of(sites, MONTH))
        assert page.get_by_role("link", name="2026", exact=True).count() == 1
        assert page.get_by_role("link", name="Earlier: October 2026", exact=True).count() == 1
