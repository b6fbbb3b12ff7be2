"""The brand of the page -> what does not hold of its colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from statusbook.derive.accent import DARK, ENOUGH, LIGHT, is_colour, lowest_contrast, readable
from statusbook.model.plan import Brand, StatusPage
from statusbook.problems import Level, Location, Problem
from statusbook.read.plan import STATUS_PAGE


def check_brand(page: StatusPage) -> Iterator[Problem]:
    """Yield everything in `brand` that breaks a rule; its files are judged where they are read."""
    if page.brand is not None:
        for rule in BRAND_RULES:
            yield from rule(page.brand)


def accents_are_colours(brand: Brand) -> Iterator[Problem]:
    """The colours are written as `#rrggbb` or `#rgb`."""
    for field, colour, _ in _colours(brand):
        if not is_colour(colour):
            hint = 'write it as "#0b57a4", in quotes'
            yield _problem(brand, field, "E425", f'"{colour}" is not a colour', hint)


def accents_can_be_read(brand: Brand) -> Iterator[Problem]:
    """Each colour has enough contrast in its scheme (WCAG 2.2, 1.4.3); else another is used."""
    for field, colour, grounds in _colours(brand):
        if not is_colour(colour):
            continue
        found = lowest_contrast(colour, grounds)
        if found < ENOUGH:
            scheme = "light" if grounds is LIGHT else "dark"
            message = (
                f"{colour} is hard to read in the {scheme} scheme: its contrast is {_cut(found)}:1"
            )
            hint = f"{readable(colour, grounds)} is used instead: {ENOUGH}:1 is the least"
            yield _problem(brand, field, "E426", message, hint, Level.WARNING)


def what_tells_of_a_logo_has_one(brand: Brand) -> Iterator[Problem]:
    """What tells about a logo stands beside a logo."""
    for field in ("logo_dark", "logo_alt"):
        if getattr(brand, field) is not None and brand.logo is None:
            hint = "add a line `logo: …`, or delete this one"
            yield _problem(brand, field, "E427", f'"{field}" without a logo', hint)


BRAND_RULES: Final[tuple[Callable[[Brand], Iterator[Problem]], ...]] = (
    accents_are_colours,
    accents_can_be_read,
    what_tells_of_a_logo_has_one,
)


def _colours(brand: Brand) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the fields that are written, their colours, and what those stand on."""
    for field, colour, grounds in (
        ("accent", brand.accent, LIGHT),
        ("accent_dark", brand.accent_dark, DARK),
    ):
        if colour is not None:
            yield field, colour, grounds


def _cut(contrast: float) -> str:
    """Write a contrast so that one that is too low never looks like enough."""
    return f"{int(10 * contrast) / 10}"


def _problem(
    brand: Brand, field: str, code: str, message: str, hint: str, level: Level = Level.ERROR
) -> Problem:
    line = brand.lines.get(field, 1)
    return Problem(Location(STATUS_PAGE, line), code, message, hint, level)
