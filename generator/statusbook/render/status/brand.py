"""The owner's brand -> the files that pages load: pictures, and what follows our style."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from statusbook.derive.accent import accent_of
from statusbook.model.brand import PublicBrand
from statusbook.render.page import Page, Rank, page_key

ICON = "assets/icon.svg"
"""Our own, where the owner has none."""


def picture_pages(brand: PublicBrand) -> Iterator[Page]:
    """Yield the owner's pictures; one that stands for several things is one file."""
    pictures = (brand.icon, brand.logo, brand.logo_dark, brand.image)
    for picture in {one.path: one for one in pictures if one is not None}.values():
        key = page_key(picture.content)
        yield Page(picture.path, key, Rank.ASSET, partial(bytes, picture.content))


def accent_style(brand: PublicBrand) -> str:
    """Return the rules that give links the owner's colour, as it can be read in each scheme."""
    if brand.accent is None and brand.accent_dark is None:
        return ""
    accent = accent_of(brand.accent or brand.accent_dark or "", brand.accent_dark)
    rules = []
    if brand.accent is not None:
        rules.append(f":root {{ --link: {accent.light} }}\n")
    rules.append(
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --link: {accent.dark} }} }}\n",
    )
    return "".join(rules)
