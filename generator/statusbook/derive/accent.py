"""The owner's colour -> one that can be read on the page in each scheme.

Lightness is changed in OKLCH, in which equal steps look equal and the hue stays what it was
(https://bottosson.github.io/posts/oklab/). Contrast is WCAG 2.2's: relative luminance
(https://www.w3.org/TR/WCAG22/#dfn-relative-luminance), at least 4.5:1 (1.4.3).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

ENOUGH: Final = 4.5

LIGHT: Final = ("#ffffff", "#f7e9e8")
DARK: Final = ("#12171c", "#272721")
"""What links stand on in each scheme: the page, and of its tinted grounds the hardest to read on.

A test holds them to the style sheet.
"""

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_HALVINGS: Final = 14
"""So fine, two lightnesses that follow each other give the same eight bits."""

Triple = tuple[float, float, float]


class Accent(NamedTuple):
    """The colour of links in the light and in the dark scheme, as `#rrggbb`."""

    light: str
    dark: str


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour such as `#0b57a4` or `#05a`."""
    return _HEX.fullmatch(text) is not None


@lru_cache(maxsize=8)
def accent_of(colour: str, dark: str | None = None) -> Accent:
    """Return the nearest colours of the same hue that can be read.

    Args:
        colour: `#0b57a4` or `#05a`; the colour of the light scheme.
        dark: The colour of the dark scheme, None to make it of the other one.
    """
    return Accent(readable(colour, LIGHT), readable(dark or colour, DARK))


def readable(colour: str, grounds: tuple[str, ...]) -> str:
    """Return a colour as it is if it can be read on all grounds, else a darker or lighter one.

    Args:
        colour: `#rgb` or `#rrggbb`.
        grounds: All of them light, or all of them dark.
    """
    colour = _long(colour)
    if lowest_contrast(colour, grounds) >= ENOUGH:
        return colour
    lightness, chroma, hue = _oklch(colour)
    end = 1.0 if luminance(grounds[0]) < 0.18 else 0.0
    # black and white can be read; between them and the colour, contrast only rises
    found, near, far = _hex_of(end, 0, hue), lightness, end
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        tried = _hex_of(middle, chroma, hue)
        if lowest_contrast(tried, grounds) >= ENOUGH:
            found, far = tried, middle
        else:
            near = middle
    return found


def lowest_contrast(colour: str, grounds: tuple[str, ...]) -> float:
    """Return the contrast with the ground on which a colour is read worst."""
    return min(contrast(colour, ground) for ground in grounds)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _long(colour: str) -> str:
    digits = colour.removeprefix("#").lower()
    return "#" + ("".join(2 * digit for digit in digits) if len(digits) == 3 else digits)


def _linear(colour: str) -> Triple:
    """Return the three parts of a colour as amounts of light."""
    digits = _long(colour)[1:]
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return _light(red), _light(green), _light(blue)


def _light(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _oklch(colour: str) -> tuple[float, float, complex]:
    """Return lightness, chroma and the direction of the hue."""
    red, green, blue = _linear(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    plane = complex(
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
    chroma = abs(plane)
    return lightness, chroma, plane / chroma if chroma else 0j


def _hex_of(lightness: float, chroma: float, hue: complex) -> str:
    """Return the colour, paler where a screen cannot show so much of it."""
    light = _light_of(lightness, chroma * hue)
    if not _can_be_shown(light):
        least, most = 0.0, chroma
        for _ in range(_HALVINGS):
            middle = (least + most) / 2
            if _can_be_shown(_light_of(lightness, middle * hue)):
                least = middle
            else:
                most = middle
        light = _light_of(lightness, least * hue)
    return "#" + "".join(f"{round(255 * _part(amount)):02x}" for amount in light)


def _light_of(lightness: float, plane: complex) -> Triple:
    long = (lightness + 0.3963377774 * plane.real + 0.2158037573 * plane.imag) ** 3
    medium = (lightness - 0.1055613458 * plane.real - 0.0638541728 * plane.imag) ** 3
    short = (lightness - 0.0894841775 * plane.real - 1.2914855480 * plane.imag) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _can_be_shown(light: Triple) -> bool:
    return all(-1e-6 <= amount <= 1 + 1e-6 for amount in light)


def _part(amount: float) -> float:
    """Return an amount of light as a part of the code for a colour, from 0 to 1."""
    amount = min(1.0, max(0.0, amount))
    return 12.92 * amount if amount <= 0.0031308 else 1.055 * amount ** (1 / 2.4) - 0.055
