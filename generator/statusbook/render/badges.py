"""The state of the page and of each component -> badges: SVG, and JSON for shields.io.

A badge loads nothing and is at most 2 kB, whatever the names are. The JSON is that of
https://shields.io/badges/endpoint-badge.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final
from unicodedata import normalize

from statusbook.derive.overall import MAINTENANCE
from statusbook.model.words import ComponentStatus, Impact
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.view import View

# White on any of these has a contrast of 4.5 at least (WCAG 2.2, 1.4.3); the tests reckon.
COLOURS: Final = {
    ComponentStatus.OPERATIONAL: "#1a7f37",
    ComponentStatus.UNDER_MAINTENANCE: "#0969da",
    ComponentStatus.DEGRADED_PERFORMANCE: "#8a6100",
    ComponentStatus.PARTIAL_OUTAGE: "#b34700",
    ComponentStatus.MAJOR_OUTAGE: "#cf222e",
}
LABEL_COLOUR: Final = "#444"
LONGEST: Final = 40
"""How many characters of a name a badge shows."""

_LOOK_OF: Final = {
    Impact.NONE: ComponentStatus.OPERATIONAL,
    Impact.MAINTENANCE: ComponentStatus.UNDER_MAINTENANCE,
    Impact.MINOR: ComponentStatus.DEGRADED_PERFORMANCE,
    Impact.MAJOR: ComponentStatus.PARTIAL_OUTAGE,
    Impact.CRITICAL: ComponentStatus.MAJOR_OUTAGE,
}

# Widths in tenths of a pixel of sans-serif letters at 11 px; what is not listed is an average
# letter, and above the Latin alphabets (CJK, emoji) as wide as high.
_WIDTHS: Final = {
    letter: width
    for letters, width in (
        ("ijlł'|", 32), (" ,.:;!()[]fIt/", 42), ("r-*", 48), ("cksvxyz", 59), ("ABEKPSTVXYZ", 76),
        ("CDGHNOQRU&", 85), ("mw%M@W", 108),
    )
    for letter in letters
}  # fmt: skip
_AVERAGE: Final = 69
_WIDE: Final = 110

_SVG: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="20" role="img"'
    ' aria-label="{title}"><title>{title}</title>'
    '<clipPath id="r"><rect width="{width}" height="20" rx="3"/></clipPath>'
    '<g clip-path="url(#r)"><rect width="{width}" height="20" fill="{label_colour}"/>'
    '<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>'
    '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif"'
    ' font-size="11">'
    '<text x="{label_at}" y="14" textLength="{label_width}">{label}</text>'
    '<text x="{message_at}" y="14" textLength="{message_width}">{message}</text></g></svg>\n'
)


def badge_pages(view: View) -> Iterator[Page]:
    """Yield the badges of the whole page and of each component that is in use."""
    site, facts = view.site, view.facts
    look = _LOOK_OF[facts.indicator]
    if facts.description == MAINTENANCE:
        look = ComponentStatus.UNDER_MAINTENANCE
    yield from _badges(view, "", site.title, facts.description, look)
    for component in facts.components.values():
        known = component.component
        if known.retired is None:
            folder = f"components/{known.id}/"
            yield from _badges(view, folder, known.name, "", component.status)


def _badges(
    view: View, folder: str, label: str, message: str, look: ComponentStatus
) -> Iterator[Page]:
    """Yield both forms of a badge; without a message it is the word for the status."""
    key = page_key(view.key, message, look)
    svg = partial(_svg, view, label, message, look)
    yield Page(f"{folder}badge.svg", key, Rank.API, svg)
    shields = partial(_shields, view, label, message, look)
    yield Page(f"{folder}badge.json", key, Rank.API, shields)


def _svg(view: View, label: str, message: str, look: ComponentStatus) -> bytes:
    from html import escape

    label, message = _shortened(label), _shortened(_words(view, message, look))
    label_width, message_width = _width(label), _width(message)
    left, right = label_width + 10, message_width + 10
    return _SVG.format(
        width=left + right,
        left=left,
        right=right,
        title=escape(f"{label}: {message}"),
        label=escape(label),
        label_at=left / 2,
        label_width=label_width,
        label_colour=LABEL_COLOUR,
        message=escape(message),
        message_at=left + right / 2,
        message_width=message_width,
        colour=COLOURS[look],
    ).encode()


def _shields(view: View, label: str, message: str, look: ComponentStatus) -> bytes:
    import msgspec

    return msgspec.json.encode(
        {
            "schemaVersion": 1,
            "label": _shortened(label),
            "message": _shortened(_words(view, message, look)),
            "color": COLOURS[look].removeprefix("#"),
            "labelColor": LABEL_COLOUR.removeprefix("#"),
        }
    )


def _words(view: View, message: str, look: ComponentStatus) -> str:
    from statusbook.render.status.parts.labels import COMPONENT_LABELS
    from statusbook.render.words import site_words

    words = site_words(view.site)
    return words.gettext(message or COMPONENT_LABELS[look])


def _shortened(text: str) -> str:
    """Cut a text so that it fits, without characters that XML forbids."""
    text = "".join(filter(str.isprintable, text)).strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _width(text: str) -> int:
    return max(1, round(sum(map(_tenths, text)) / 10))


def _tenths(letter: str) -> int:
    """Return how wide a letter is; an accent makes none wider."""
    known = _WIDTHS.get(letter) or _WIDTHS.get(normalize("NFD", letter)[0])
    return known or (_AVERAGE if letter < "\u1100" else _WIDE)
