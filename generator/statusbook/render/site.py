"""The view -> every file of the public site: pages, feeds, API, calendar and badges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from statusbook.render.api import api_pages
from statusbook.render.badges import badge_pages
from statusbook.render.calendar import calendar_pages
from statusbook.render.feeds import feed_pages
from statusbook.render.page import Page
from statusbook.render.status.pages import status_pages
from statusbook.render.view import View


def render_site(view: View, own: Mapping[str, str] | None = None) -> Iterator[Page]:
    """Yield every file of the public site but `release.json`; nothing is rendered yet.

    Args:
        view: The site at a moment.
        own: The owner's page templates, as texts by name.
    """
    yield from status_pages(view, own)
    yield from feed_pages(view)
    yield from calendar_pages(view)
    yield from badge_pages(view)
    yield from api_pages(view)
