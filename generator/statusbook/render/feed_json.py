"""A feed -> JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import msgspec

from statusbook.render.feed_records import Feed
from statusbook.render.words import utc


def json_feed(feed: Feed) -> bytes:
    """Write a feed as JSON Feed."""
    written = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [
            {
                "id": entry.id,
                "url": entry.link,
                "title": entry.title,
                "content_html": entry.html,
                "date_published": utc(entry.published),
                "date_modified": utc(entry.updated),
            }
            for entry in feed.entries
        ],
    }
    return msgspec.json.encode(written)
