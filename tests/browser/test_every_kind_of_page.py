"""Every kind of page, in every way to show it: nobody is left out, nothing is asked elsewhere."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from playwright.sync_api import Browser

from browser.books import NOW
from browser.kinds import EXAMPLES, KINDS, OTHERS, Shown, Site, address_of, kind_of, pages_of
from browsing import DARK, LIGHT, MODES, WIDTHS, judged, opened, show, sticks_out, visit

FEWER = tuple(product((LIGHT, DARK), (320, 1280)))
ALL = tuple(product(MODES, WIDTHS))


def test_every_page_is_of_a_kind_that_is_looked_at(sites: dict[str, Site]) -> None:
    kinds = {path: kind_of(path) for site in sites.values() for path in pages_of(site.folder)}

    assert [path for path, kind in kinds.items() if kind is None] == []
    assert set(kinds.values()) == set(KINDS)
    assert {kind_of(shown.path.replace("*", "x")) for shown in EXAMPLES} == set(KINDS)


@pytest.mark.parametrize("shown", [*EXAMPLES, *OTHERS], ids=str)
def test_axe_finds_no_barrier_and_nothing_sticks_out(
    sites: dict[str, Site], chrome: Browser, shown: Shown
) -> None:
    found, unsure, ran = [], [], set()
    with opened(chrome, NOW) as page:
        visit(page, address_of(sites, shown))
        for mode, width in ALL if shown in EXAMPLES else FEWER:
            show(page, mode, width)
            told = judged(page)
            place = f"{mode.name} {width}: "
            found += [place + line for line in (*told.violations, *sticks_out(page))]
            unsure += [place + line for line in told.unsure]
            ran.update(told.ran)

    print(f"axe is unsure of {len(unsure)}:", *unsure[:20], sep="\n")  # noqa: T201 - with -rP
    assert found == []
    assert {"color-contrast", "target-size", "document-title", "html-has-lang"} <= ran


def test_an_old_page_with_a_promise_that_was_not_kept_reads_as_well(
    sites: dict[str, Site], chrome: Browser
) -> None:
    found = []
    with opened(chrome, NOW + timedelta(hours=3)) as page:
        visit(page, address_of(sites, EXAMPLES[0]))
        for mode, width in FEWER:
            show(page, mode, width)
            found += [f"{mode.name} {width}: {line}" for line in judged(page).violations]
            found += sticks_out(page)
        assert page.get_by_text("An update was due at").first.is_visible()
        assert page.get_by_text("This page was last built at").is_visible()

    assert found == []
