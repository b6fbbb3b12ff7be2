"""The look, the icons and the lists for machines that lie beside the pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from statusbook.model.brand import PublicBrand
from statusbook.render.headers import headers_file
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.status.brand import ICON, accent_style, picture_pages
from statusbook.render.status.sitemap import sitemap_page
from statusbook.render.view import View

_COMMENT: Final = re.compile(rb"/\*.*?\*/", re.DOTALL)
ASSETS: Final = Path(__file__).parent / "assets"

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
    parts = [lean_style((ASSETS / "style" / f"{part}.css").read_bytes()) for part in STYLE]
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
    """Return a script without its comments, indentation and most ends of lines.

    A comment has a line of its own; a line that ends a statement needs no end itself.
    """
    lines = (line.strip() for line in script.read_bytes().splitlines())
    kept = (line for line in lines if line and not line.startswith(b"//"))
    return b"".join(line if line.endswith((b";", b"{", b",")) else line + b"\n" for line in kept)


def lean_style(style: bytes) -> bytes:
    """Return a style sheet of ours without its comments and indentation."""
    lines = (line.strip() for line in _COMMENT.sub(b"", style).splitlines())
    return b"\n".join(filter(None, lines))


def machine_pages(view: View, past: Sequence[str]) -> Iterator[Page]:
    """Yield what crawlers and hosts read; `past` names the pages below the history."""
    headers = headers_file(view.site.url).encode()
    yield Page("_headers", page_key(headers), Rank.INDEX, lambda: headers)
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {view.site.url}/sitemap.xml\n".encode()
    yield Page("robots.txt", page_key(robots), Rank.INDEX, lambda: robots)
    yield sitemap_page(view, past)
