"""What a renderer hands to the writer: a path, a key and a way to make the bytes."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from hashlib import blake2b
from typing import NamedTuple


class Rank(IntEnum):
    """The order in which a build replaces what changed: readers see no list before what it lists.

    Any page may link to any other of the same build: what is new is there before that. Readers and
    crawlers enter by the pages of `INDEX` rank.
    """

    ASSET = 0
    INCIDENT = 1
    COMPONENT = 2
    HISTORY = 3
    INDEX = 4
    FEED = 5
    API = 6


class Page(NamedTuple):
    """One output file: POSIX path below the site, key of all that it depends on, and its bytes.

    `render` is called only where `key` differs from the last build's, and then once. Pages of one
    incident have its id as `near`: they are rendered one after the other, and share what it takes.
    """

    path: str
    key: str
    rank: Rank
    render: Callable[[], bytes]
    near: str = ""


def page_key(*parts: str | bytes) -> str:
    """Return the digest of everything that a page depends on; the order of the parts counts."""
    raw = [part.encode() if isinstance(part, str) else part for part in parts]
    lengths = ",".join([str(len(part)) for part in raw]).encode()
    return blake2b(b"".join([lengths, b":", *raw]), digest_size=16).hexdigest()
