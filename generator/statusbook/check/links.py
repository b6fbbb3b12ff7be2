"""A message's Markdown -> the images and links in it, each with its place.

The renderer itself finds them, so that code and comments are no links here either, and addresses
that are defined elsewhere in the message are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

_WORTH_A_LOOK: Final = re.compile(
    r"!\[|http://|\]:|\]\((?!https://|mailto:)|<[A-Za-z][A-Za-z+.-]*:"
)
_TAG: Final = re.compile(
    r'<(?P<tag>a|img) data-sourcepos="(?P<line>\d+):(?P<column>\d+)-[^"]*"'
    r' (?:href|src)="(?P<to>[^"]*)"'
)


class Address(NamedTuple):
    """Where a link leads or an image lies; line and column count from 1 within the message."""

    text: str
    is_image: bool
    line: int
    column: int


def unusual_addresses(message: str) -> Iterator[Address]:
    """Yield every image, and every link but those to https and mailto addresses."""
    if _WORTH_A_LOOK.search(message) is None:
        return
    for found in _TAG.finditer(_with_places(message)):
        text = unescape(found["to"])
        is_image = found["tag"] == "img"
        if is_image or not text.lower().startswith(("https://", "mailto:")):
            yield Address(text, is_image, int(found["line"]), int(found["column"]))


def _with_places(message: str) -> str:
    # late: most messages have nothing but plain links
    import comrak

    extensions = comrak.ExtensionOptions()
    extensions.table = True
    extensions.strikethrough = True
    extensions.autolink = True
    rendering = comrak.RenderOptions()
    rendering.escape = True  # so that tags in the output are none of the message's
    rendering.unsafe_ = True  # keep every address as it is written; nothing of this is published
    rendering.sourcepos = True
    return comrak.render_markdown(message, extensions, comrak.ParseOptions(), rendering)
