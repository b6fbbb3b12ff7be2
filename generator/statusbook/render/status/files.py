"""The look, the icons and the lists for machines that lie beside the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from statusbook.model.brand import PublicBrand
from statusbook.render.headers import headers_file
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.brand import ICON, accent_style, picture_pages
from statusbook.render.view import View, incident_key
from statusbook.render.words import utc

ASSETS: Final = Path(__file__).parent / "assets"

MOST_LISTED: Final = 1000
"""So many incidents the sitemap lists; the months, which it lists too, lead to all."""


STYLE: Final = (
    "tokens",
    "base",
    "layout",
    "brand",
    "pieces",
    "index",
    "incident",
    "components",
    "history",
    "charts",
    "subscribe",
    "embed",
    "media",
)
"""The parts of the style sheet, in the order in which they count."""


def asset_pages(brand: PublicBrand) -> Iterator[Page]:
    """Yield the files that pages load.

    The owner's colours follow ours, and the owner's style follows all of it: one file, one request.
    Their names do not change with their content. So a new look rewrites one file and not each
    page, and a page that a browser or a proxy kept still finds its style.
    """
    parts = [(ASSETS / "style" / f"{part}.css").read_bytes() for part in STYLE]
    parts.insert(STYLE.index("tokens") + 1, accent_style(brand).encode())
    style = b"\n".join([*filter(None, parts), *([brand.css.encode()] if brand.css else [])])
    yield from picture_pages(brand)
    for path, content in (
        ("assets/status.css", style),
        *([(ICON, (ASSETS / "icon.svg").read_bytes())] if brand.icon is None else []),
        ("assets/status.js", lean(ASSETS / "status.js")),
        ("embed.js", lean(ASSETS / "embed.js")),
    ):
        yield Page(path, page_key(content), Rank.ASSET, partial(bytes, content))


def lean(script: Path) -> bytes:
    """Return a script without its comments and indentation: a line of its own for each comment."""
    lines = (line.strip() for line in script.read_bytes().splitlines())
    return b"\n".join(line for line in lines if line and not line.startswith(b"//")) + b"\n"


def machine_pages(view: View, months: Sequence[str]) -> Iterator[Page]:
    """Yield what crawlers and hosts read."""
    headers = headers_file().encode()
    yield Page("_headers", page_key(headers), Rank.INDEX, lambda: headers)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {view.site.url}/sitemap.xml\n".encode()
    yield Page("robots.txt", page_key(robots), Rank.INDEX, lambda: robots)
    newest = view.facts.incidents[:MOST_LISTED]
    key = page_key(view.key, *months, *map(incident_key, newest))
    yield Page("sitemap.xml", key, Rank.INDEX, lambda: _sitemap(view, months))


def _sitemap(view: View, months: Sequence[str]) -> bytes:
    """List the pages of every language (sitemaps.org/protocol.html)."""
    site = view.site
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for language in (site.language, *site.languages):
        base = site.url if language == site.language else f"{site.url}/{language}"
        places = ["", "history/", "maintenance/", "subscribe/"]
        places += [f"components/{component.id}/" for component in site.components]
        places += [f"history/{month}/" for month in months]
        lines += [f"<url><loc>{_escaped(base)}/{place}</loc></url>" for place in places]
        lines += [
            f"<url><loc>{_escaped(base)}/incidents/{facts.id}/</loc>"
            f"<lastmod>{utc(facts.updated)}</lastmod></url>"
            for facts in view.facts.incidents[:MOST_LISTED]
        ]
    return "\n".join([*lines, "</urlset>\n"]).encode()


def _escaped(url: str) -> str:
    return url.replace("&", "&amp;").replace("<", "&lt;")
