"""What makes the public page look like its owner's, as it was read; nothing of it is internal."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace


class Picture(Struct, frozen=True):
    """A picture of the owner's: its path on the site, its media type, its size and its bytes."""

    path: str
    type: str
    width: int
    height: int
    content: bytes


class PublicBrand(Struct, frozen=True):
    """The files that `Brand` names; see there for the fields.

    `css` is the text of the style sheet. `image` is what stands for the page elsewhere.
    """

    logo: Picture | None = None
    logo_dark: Picture | None = None
    logo_alt: str | None = None
    show_title: bool = False
    icon: Picture | None = None
    image: Picture | None = None
    accent: str | None = None
    accent_dark: str | None = None
    css: str | None = None


def without_contents(brand: PublicBrand) -> PublicBrand:
    """Return what pages say of the brand: no bytes of pictures, no style and no colours."""
    return replace(
        brand,
        logo=_named(brand.logo),
        logo_dark=_named(brand.logo_dark),
        icon=_named(brand.icon),
        image=_named(brand.image),
        accent=None,
        accent_dark=None,
        css=None,
    )


def _named(picture: Picture | None) -> Picture | None:
    return replace(picture, content=b"") if picture else None
