"""What `brand:` names -> the owner's pictures and style sheet, or what is wrong with them."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Final

from statusbook.model.brand import Picture, PublicBrand
from statusbook.model.plan import Brand
from statusbook.problems import Problem
from statusbook.read.faults import Faults
from statusbook.read.folder import SYMBOLIC_LINK
from statusbook.read.guard import safe_text
from statusbook.read.incident import read_bytes
from statusbook.read.links import first_link
from statusbook.read.picture import TYPES, picture_size
from statusbook.read.style import outside_reference

OVERRIDES: Final = PurePosixPath("overrides/status")
"""Folder of the owner's templates, pictures and style."""

MAX_PICTURE: Final = 200 * 1024
_PICTURES: Final = {"icon": "icon", "logo": "logo", "logo_dark": "logo-dark", "image": "image"}
"""Fields that name pictures, and what the files are called on the site."""


def read_brand(root: Path, settings: Brand, page: str) -> tuple[PublicBrand, list[Problem]]:
    """Read the files that the settings name, as far as they have no fault.

    A picture that two fields name is one file of the site: a logo that is also the icon costs
    readers no request of its own.

    Args:
        root: The book's root.
        settings: What was written.
        page: The path of the file in which it was written.
    """
    problems: list[Problem] = []
    pictures: dict[str, Picture] = {}
    read: dict[str, Picture | None] = {}
    for field, name in _PICTURES.items():
        written = getattr(settings, field)
        if written is None:
            continue
        kinds = ("png",) if field == "image" else tuple(TYPES)
        if written not in read or _ending(written) not in kinds:
            faults = Faults(page)
            line = settings.lines.get(field, 1)
            read[written] = _picture(root, written, name, kinds, line, faults)
            problems += faults.found
        if (picture := read[written]) is not None:
            pictures[field] = picture
    if "image" not in pictures and "logo" in pictures and pictures["logo"].type == TYPES["png"]:
        pictures["image"] = pictures["logo"]
    css = None
    if settings.css is not None:
        faults = Faults(page)
        css = _style(root, settings.css, settings.lines.get("css", 1), faults)
        problems += faults.found
    brand = PublicBrand(
        logo_alt=settings.logo_alt,
        show_title=settings.show_title,
        accent=settings.accent,
        accent_dark=settings.accent_dark,
        css=css,
        **pictures,
    )
    return brand, problems


def _picture(
    root: Path, written: str, name: str, kinds: tuple[str, ...], line: int, faults: Faults
) -> Picture | None:
    raw = _file(root, written, kinds, line, faults, MAX_PICTURE)
    if raw is None:
        return None
    ending = _ending(written)
    size = picture_size(raw, ending, faults)
    if size is None:
        return None
    return Picture(f"assets/{name}.{ending}", TYPES[ending], *size, raw)


def _style(root: Path, written: str, line: int, faults: Faults) -> str | None:
    raw = _file(root, written, ("css",), line, faults)
    shorten = "shorten it: there is one style sheet, and each reader loads it"
    faults.found = [
        one._replace(hint=shorten) if one.code == "E101" else one for one in faults.found
    ]
    text = None if raw is None else safe_text(raw, faults)
    if text is None:
        return None
    if found := outside_reference(text):
        hint = "copy what it needs into this file: pages load nothing from elsewhere"
        faults.error(found.line, "E424", f"the style loads something else: {found.text}", hint)
        return None
    return text


def _file(
    root: Path,
    written: str,
    kinds: tuple[str, ...],
    line: int,
    faults: Faults,
    most: int | None = None,
) -> bytes | None:
    """Read a file of the owner's folder; from then on, faults are in that file."""
    path = PurePosixPath(written)
    if not all(part[0] not in "./" and "\\" not in part for part in path.parts) or "\0" in written:
        hint = f"write its path below {OVERRIDES}/, as logo.svg"
        faults.error(line, "E420", f'"{written}" is not the path of a file there', hint)
        return None
    if _ending(written) not in kinds:
        hint = "name a file that ends with " + " or ".join(f".{kind}" for kind in kinds)
        faults.error(line, "E420", f'"{written}" is not of a kind that is used here', hint)
        return None
    place = OVERRIDES / path
    if link := first_link(root, place.as_posix()):
        faults.path = link
        faults.error(1, *SYMBOLIC_LINK)
        return None
    if not os.path.lexists(root / place):
        hint = f"put it there, or delete the line (looked for {place.as_posix()})"
        faults.error(line, "E420", f'there is no file "{written}" below {OVERRIDES}', hint)
        return None
    faults.path = place.as_posix()
    full = os.fspath(root / place)
    return read_bytes(full, faults) if most is None else read_bytes(full, faults, most=most)


def _ending(written: str) -> str:
    return PurePosixPath(written).suffix.removeprefix(".").lower()
