"""A path of a built site -> the kind of page that it is, and one page of each kind to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

_KINDS: Final = {
    "index": r"index\.html",
    "incident": r"incidents/[^/]+/index\.html",
    "postmortem": r"incidents/[^/]+/postmortem/index\.html",
    "component": r"components/[^/]+/index\.html",
    "metric": r"metrics/[^/]+/index\.html",
    "maintenance": r"maintenance/index\.html",
    "history": r"history/index\.html",
    "year": r"history/\d{4}/index\.html",
    "month": r"history/\d{4}-\d{2}/index\.html",
    "subscribe": r"subscribe/index\.html",
    "wrong address": r"404\.html",
    "strip": r"embed\.html",
}
KINDS: Final = tuple(_KINDS)
"""Every kind of page that a site has."""


class Site(NamedTuple):
    """A built site: its folder, its address, and the paths that were asked for so far."""

    folder: Path
    address: str
    asked: list[str]


class Shown(NamedTuple):
    """A page to look at: the book, and its path in the site, in which `*` stands for any name."""

    book: str
    path: str

    def __str__(self) -> str:
        """Name it in the list of tests."""
        return f"{self.book}: {self.path}"


# One page of each kind, and those in which a kind looks different.
EXAMPLES: Final = (
    Shown("example", "index.html"),
    Shown("example", "incidents/2026-11-21-card-payments/index.html"),
    Shown("example", "incidents/2025-05-28-shops-unavailable/index.html"),
    Shown("example", "incidents/2025-05-28-shops-unavailable/postmortem/index.html"),
    Shown("example", "incidents/2026-11-24-dashboard-upgrade/index.html"),
    Shown("example", "components/card-payments/index.html"),
    Shown("example", "metrics/*/index.html"),
    Shown("example", "maintenance/index.html"),
    Shown("example", "history/index.html"),
    Shown("example", "history/2025/index.html"),
    Shown("example", "history/2025-05/index.html"),
    Shown("example", "subscribe/index.html"),
    Shown("example", "404.html"),
    Shown("example", "embed.html"),
)
OTHERS: Final = (
    Shown("example", "pl/index.html"),
    Shown("example", "pl/subscribe/index.html"),
    Shown("quiet", "index.html"),
    Shown("quiet", "history/index.html"),
    Shown("quiet", "maintenance/index.html"),
    Shown("fire", "index.html"),
    Shown("fire", "maintenance/index.html"),
    Shown("fire", "components/part-20/index.html"),
    Shown("fire", "incidents/2026-11-21-trouble-3/index.html"),
    Shown("fire", "history/2026-11/index.html"),
    Shown("fire", "embed.html"),
    Shown("story", "index.html"),
    Shown("story", "incidents/2026-11-21-payments/index.html"),
    Shown("story", "incidents/2026-11-21-database/index.html"),
    Shown("story", "incidents/2026-11-19-search/index.html"),
    Shown("rtl", "index.html"),
    Shown("rtl", "incidents/2026-11-21-pay/index.html"),
    Shown("rtl", "components/pay/index.html"),
)


def kind_of(path: str) -> str | None:
    """Return the kind of the page at `path` in any language; None for a kind that is new."""
    own = re.sub(r"^[a-z]{2,3}(-[A-Za-z0-9]+)*/(?=\w)", "", path) if path[2:3] in "/-" else path
    return next((kind for kind, form in _KINDS.items() if re.fullmatch(form, own)), None)


def address_of(sites: Mapping[str, Site], shown: Shown) -> str:
    """Return where the page that is meant is served."""
    site = sites[shown.book]
    found = sorted(site.folder.glob(shown.path))
    assert found, f"the site has no {shown.path} any more"
    path = found[0].relative_to(site.folder).as_posix()
    return site.address + (path.removesuffix("index.html"))


def pages_of(folder: Path) -> Iterator[str]:
    """Yield the path of every page of a site."""
    return (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.html")))
