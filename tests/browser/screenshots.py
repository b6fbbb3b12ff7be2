"""The example -> pictures of its pages: some for the documentation, one of each kind to look at.

`make screenshots` runs it. The same pages, browser and fonts give the same bytes.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from playwright.sync_api import Browser

from browser.books import NOW
from browser.kinds import EXAMPLES, Shown, Site, address_of
from browser.smaller import with_few_colours
from browsing import DARK, LIGHT, Mode, launched, opened, show, visit
from serving import serving
from statusbook.cli.build import build_status

ROOT: Final = Path(__file__).parents[2]
DOCUMENTED: Final = ROOT / "docs" / "images"
LOOKED_AT: Final = ROOT / "site" / "screenshots"

INDEX, INCIDENT = EXAMPLES[0], EXAMPLES[1]
PHONE, DESKTOP = 390, 1280


class Picture(NamedTuple):
    """A picture of the documentation: a page, and how much of it is shown how."""

    shown: Shown
    mode: Mode
    width: int
    height: int


PICTURES: Final = {
    "index": Picture(INDEX, LIGHT, DESKTOP, 1000),
    "index-dark": Picture(INDEX, DARK, DESKTOP, 1000),
    "index-phone": Picture(INDEX, LIGHT, PHONE, 844),
    "index-phone-dark": Picture(INDEX, DARK, PHONE, 844),
    "incident": Picture(INCIDENT, LIGHT, DESKTOP, 1000),
    "incident-phone": Picture(INCIDENT, LIGHT, PHONE, 844),
    "year": Picture(Shown("example", "history/2025/index.html"), LIGHT, DESKTOP, 900),
    "component": Picture(
        Shown("example", "components/card-payments/index.html"), LIGHT, DESKTOP, 900
    ),
    "metric": Picture(Shown("example", "metrics/*/index.html"), LIGHT, DESKTOP, 900),
    "subscribe": Picture(Shown("example", "subscribe/index.html"), LIGHT, DESKTOP, 900),
}


def main() -> None:
    """Build the example and take all pictures."""
    LOOKED_AT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="statusbook-") as place, launched() as browser:
        folder = Path(place) / "site"
        build_status(ROOT, folder, NOW, NOW, None, 1)
        with serving(folder) as address:
            sites = {"example": Site(folder, address, [])}
            for name, picture in PICTURES.items():
                small = with_few_colours(taken(browser, sites, picture))
                write(DOCUMENTED / f"{name}.png", small)
            for shown in EXAMPLES:
                for width in (PHONE, DESKTOP):
                    for mode in (LIGHT, DARK):
                        name = shown.path.removesuffix(".html").replace("/", "-").replace("*", "x")
                        whole = taken(browser, sites, Picture(shown, mode, width, 0))
                        write(LOOKED_AT / f"{name}-{width}-{mode.name}.png", whole)


def taken(browser: Browser, sites: dict[str, Site], picture: Picture) -> bytes:
    """Take a picture of the upper part of a page, of all of it where the height is 0."""
    with opened(browser, NOW + timedelta(minutes=1), timezone_id="Europe/Warsaw") as page:
        show(page, picture.mode, picture.width)
        if picture.height:
            page.set_viewport_size({"width": picture.width, "height": picture.height})
        visit(page, address_of(sites, picture.shown))
        return page.screenshot(full_page=not picture.height, animations="disabled")


def write(path: Path, picture: bytes) -> None:
    """Write a picture where it changed, and say how large it is."""
    if not path.is_file() or path.read_bytes() != picture:
        path.write_bytes(picture)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {len(picture):,} bytes\n")


if __name__ == "__main__":
    main()
