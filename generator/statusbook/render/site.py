"""The view -> every file of the public site: pages, feeds, API, calendar and badges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from statusbook.render.api import api_pages
from statusbook.render.badges import badge_pages
from statusbook.render.calendar import calendar_pages
from statusbook.render.feeds import feed_pages
from statusbook.render.page import Page
from statusbook.render.status.pages import status_pages
from statusbook.render.view import View


def render_site(view: View, overrides: Path | None = None) -> Iterator[Page]:
    """Yield every file of the public site but `release.json`; nothing is rendered yet.

    Args:
        view: The site at a moment.
        overrides: The owner's folder of page templates, None where there is none.
    """
    yield from status_pages(view, overrides)
    yield from feed_pages(view)
    yield from calendar_pages(view)
    yield from badge_pages(view)
    yield from api_pages(view)
