"""A book in which time brings something, its site at a moment, and a page of it left open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from browsing import visit, watched, words
from statusbook.cli.build import build_status

NOW: Final = datetime(2026, 11, 21, 14, 40, tzinfo=UTC)
OPEN: Final = "incidents/2026-11-21-cards/"
AHEAD: Final = "incidents/2026-11-21-reports/"

_SITE: Final = """\
title: Harbourlight status
url: https://status.example.com
feed_id: tag:status.example.com,2026:time
time_zone: Europe/Warsaw
language: en
languages: [pl]
hosts:
  - {name: status.example.com, url: "https://status.example.com/"}
  - {name: backup.example.com, url: "https://backup.example.com/"}
"""
_COMPONENTS: Final = """\
groups:
  - {id: office, name: Back office}
components:
  - {id: checkout, name: Checkout}
  - {id: reports, name: Reports, group: office}
"""
_CARDS: Final = """\
---
title: Card payments fail
status: investigating
at: 2026-11-21T14:05Z
components: {checkout: partial_outage}
next_update: 2026-11-21T14:51Z
---
Some customers see an error.
"""
_REPORTS: Final = """\
---
title: Reports move
status: scheduled
at: 2026-11-20T09:00Z
components: {reports: under_maintenance}
scheduled: {from: 2026-11-21T15:00Z, until: 2026-11-21T16:00Z}
---
Reports pause.
"""
CALM: Final = {"plan/status-page.yml": _SITE, "plan/components.yml": _COMPONENTS}
PLANNED: Final = {**CALM, f"{AHEAD}1-scheduled.md": _REPORTS}
BOTH: Final = {**PLANNED, f"{OPEN}1-investigating.md": _CARDS}


def update(at: str, said: str, text: str = "More is known.") -> str:
    """Return the file of an update."""
    return f"---\nat: {at}\n{said}\n---\n{text}\n"


def built(place: Path, files: dict[str, str], now: datetime = NOW) -> Path:
    """Write a book over what is there, and build its site as at a moment."""
    for path, text in files.items():
        (place / "book" / path).parent.mkdir(parents=True, exist_ok=True)
        (place / "book" / path).write_text(text, encoding="utf-8")
    build_status(place / "book", place / "site", now, now, None, 1)
    return place / "site"


@contextmanager
def reading(browser: Browser, address: str, now: datetime = NOW, **options: Any) -> Iterator[Page]:
    """Open a page; its clock goes on only where the test says so."""
    settled: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/Warsaw"}
    context = browser.new_context(**settled | options)
    context.set_default_timeout(15_000)
    complaints = watched(context)
    try:
        page = context.new_page()
        if options.get("java_script_enabled", True):
            context.clock.install(time=now - timedelta(seconds=20))
            context.clock.pause_at(now)
        visit(page, address)
        yield page
    finally:
        context.close()
    assert complaints == []


def minutes_pass(page: Page, minutes: float) -> None:
    """Let the page's clock go on."""
    page.clock.run_for(int(minutes * 60_000))


def said(page: Page, selector: str) -> str:
    """Return what the shown elements say, together."""
    return words(
        " ".join(one.inner_text() for one in page.locator(selector).filter(visible=True).all())
    )
