"""What the index costs on a bad network: bytes and requests, counted at the server."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from browser.books import NOW
from browser.kinds import Site
from browsing import opened, visit

ICON: Final = "/assets/icon.svg"


def sent(path: Path) -> int:
    """Return the bytes that a host sends for a file: gzip at level 6, which most hosts use."""
    return len(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))


def asked_for(site: Site, chrome: Browser) -> list[str]:
    """Return what a browser that was never here asks for to show the index."""
    site.asked.clear()
    with opened(chrome, NOW) as page:
        visit(page, site.address)
        page.wait_for_load_state("networkidle")
    return list(site.asked)


def test_the_index_needs_three_requests_and_its_icon(
    sites: dict[str, Site], chrome: Browser
) -> None:
    asked = asked_for(sites["example"], chrome)

    assert asked.count(ICON) <= 1  # Chromium loads it once, like any browser with tabs
    assert asked[0] == "/"
    assert len([path for path in asked if path != ICON]) <= 3
    assert len(asked) == len(set(asked))


def test_the_index_and_all_that_it_loads_is_small(sites: dict[str, Site], chrome: Browser) -> None:
    site = sites["example"]
    loaded = [path.lstrip("/") or "index.html" for path in asked_for(site, chrome)]

    assert sent(site.folder / "index.html") < 14_000
    assert sum(sent(site.folder / path) for path in loaded) < 40_000


def test_twenty_open_incidents_on_forty_components_are_small_too(sites: dict[str, Site]) -> None:
    assert sent(sites["fire"].folder / "index.html") < 30_000
