"""What a feed holds, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct

_LARGEST: Final = 950_000
"""Some readers refuse a feed of more than a megabyte."""


class FeedEntry(Struct, frozen=True):
    """One entry: `title` is plain text, `html` its content; `link` is its page.

    `permalink` says that RSS readers know the entry by its link and not by its id, as Statuspage
    does. `until` is the end of a maintenance that the entry announces.
    """

    id: str
    title: str
    link: str
    published: datetime
    updated: datetime
    html: str
    permalink: bool = False
    until: datetime | None = None


class Feed(Struct, frozen=True):
    """A feed with its entries, newest first; `address` is its own, `home` that of its page."""

    id: str
    title: str
    description: str
    author: str
    language: str
    home: str
    address: str
    entries: tuple[FeedEntry, ...]


def that_fit(entries: Iterable[FeedEntry]) -> tuple[FeedEntry, ...]:
    """Return the first entries, as many as a reader takes, and one at least."""
    kept: list[FeedEntry] = []
    size = 0
    for entry in entries:
        html = entry.html
        escapes = 3 * (html.count("<") + html.count(">")) + 4 * html.count("&")
        size += len(html.encode()) + escapes
        if kept and size > _LARGEST:
            break
        kept.append(entry)
    return tuple(kept)
