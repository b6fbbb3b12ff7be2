"""A feed -> RSS 2.0 and Atom, by feedgen: the only module that knows feedgen and its traps.

- Every date defaults to the moment of the call, so each is set or taken out again.
- A character that XML 1.0 forbids raises for the whole feed, so all texts are cleaned.
- The link of an RSS feed is that of the last `link()`, and entries are put in front unless told.
- `type="CDATA"` is no type of Atom's: content is `html`.
- The elements come in an order of feedgen's own; ours is Statuspage's, which some readers expect.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import formatRFC2822
from lxml.etree import SubElement, _Element

from statusbook.render.feed_records import Feed, FeedEntry

# A feed without entries was never updated, but Atom wants to know when.
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ATOM_FEED: Final = ("id", "link", "title", "updated", "author")
_ATOM_ENTRY: Final = ("id", "published", "updated", "link", "title", "content")
_RSS_ITEM: Final = ("title", "description", "pubDate", "maintenanceEndDate", "link", "guid")


def rss(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0."""
    written: bytes = _builder(feed, "application/rss+xml").rss_str(pretty=True)
    return written


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom (RFC 4287)."""
    written: bytes = _builder(feed, "application/atom+xml").atom_str(pretty=True)
    return written


def _builder(feed: Feed, media_type: str) -> FeedGenerator:
    builder = FeedGenerator()
    builder.register_extension("shape", _FeedShape, _EntryShape)
    builder.generator("")
    builder.docs("")
    builder.id(_clean(feed.id))
    builder.title(_clean(feed.title) or _clean(feed.id))
    builder.description(_clean(feed.description) or _clean(feed.id))
    builder.author(name=_clean(feed.author))
    builder.language(feed.language)
    builder.updated(max((entry.updated for entry in feed.entries), default=_NEVER))
    if feed.entries:
        builder.pubDate(max(entry.published for entry in feed.entries))
    builder.link(href=_clean(feed.address), rel="self", type=media_type)
    builder.link(href=_clean(feed.home), rel="alternate", type="text/html")
    for entry in feed.entries:
        _add_entry(builder, entry)
    return builder


def _add_entry(builder: FeedGenerator, entry: FeedEntry) -> None:
    added = builder.add_entry(order="append")
    added.id(_clean(entry.id))
    added.title(_clean(entry.title) or _clean(entry.id))
    added.link(href=_clean(entry.link), rel="alternate", type="text/html")
    added.published(entry.published)
    added.updated(entry.updated)
    added.content(_clean(entry.html), type="html")
    added.shape.entry = entry


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


class _FeedShape(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """Gives a feed the elements of Statuspage's, in its order."""

    def extend_atom(self, feed: _Element) -> _Element:
        home_first = sorted(feed.iterchildren("link"), key=lambda link: link.get("rel"))
        others = [child for child in feed if child.tag in _ATOM_FEED and child.tag != "link"]
        feed[:] = sorted([*others, *home_first], key=lambda child: _ATOM_FEED.index(child.tag))
        _end_times_in_z(feed)
        return feed

    def extend_rss(self, feed: _Element) -> _Element:
        channel = feed[0]
        for volatile in channel.findall("lastBuildDate"):
            channel.remove(volatile)
        return feed


class _EntryShape(BaseExtension):  # type: ignore[misc]
    """Gives an entry the elements of Statuspage's, in its order."""

    entry: FeedEntry

    def extend_atom(self, entry: _Element) -> _Element:
        entry[:] = sorted(entry, key=lambda child: _ATOM_ENTRY.index(child.tag))
        entry.find("link").attrib.update({"rel": "alternate", "type": "text/html"})
        _end_times_in_z(entry)
        return entry

    def extend_rss(self, item: _Element) -> _Element:
        if self.entry.permalink:
            guid = item.find("guid")
            guid.text = item.findtext("link")
            del guid.attrib["isPermaLink"]
        if self.entry.until is not None:
            end = SubElement(item, "maintenanceEndDate")
            end.text = formatRFC2822(self.entry.until)
        item[:] = sorted(item, key=lambda child: _RSS_ITEM.index(child.tag))
        return item


def _end_times_in_z(element: _Element) -> None:
    for tag in ("published", "updated"):
        for time in element.iterchildren(tag):
            time.text = time.text.replace("+00:00", "Z")
