"""A book in which an incident is open -> the same without the faulty files that are beside it.

What people must know now does not wait for a logo. Only files without which the page still says
the same of the incident count: metrics, the brand, the owner's templates and words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from msgspec.structs import replace

from statusbook.check.template_rules import check_templates
from statusbook.derive.accent import is_colour
from statusbook.derive.facts import IncidentFacts
from statusbook.model.brand import PublicBrand
from statusbook.problems import Problem, errors, in_order
from statusbook.read.book import Book
from statusbook.read.plan import METRICS
from statusbook.read.templates import OWN_TEMPLATES

_FILES: Final = (METRICS, "metrics", "overrides")
"""Files and folders whose faults are beside the matter."""

_CODES: Final = frozenset({"E420", "E421", "E423", "E424", "E425", "E427"})
"""Faults of the brand, wherever they are reported."""


class Aside(NamedTuple):
    """A book without faulty files beside the matter, and their names; `problems` still stop it."""

    book: Book
    without: tuple[str, ...]
    problems: tuple[Problem, ...]


def is_urgent(incidents: Iterable[IncidentFacts], now: datetime) -> bool:
    """Whether people are hit now: an incident is open, or a maintenance has begun."""
    return any(one.open and one.started <= now for one in incidents)


def put_aside(book: Book, problems: Sequence[Problem]) -> Aside:
    """Take out of a book what is faulty, as far as the page can do without.

    Args:
        book: The book.
        problems: What is wrong with it.
    """
    wrong = errors(problems)
    beside = [one for one in wrong if is_beside(one)]
    if not wrong or len(beside) < len(wrong):
        return Aside(book, (), tuple(problems))
    without = tuple(dict.fromkeys(one.location.path for one in in_order(beside)))
    if METRICS in without:
        nothing = book.metrics._replace(metrics=(), files={})
        book = book._replace(metrics=nothing)
    book = book._replace(brand=_sound(book.brand), templates=without_faulty(book.templates))
    return Aside(book, without, tuple(one for one in problems if one not in beside))


def is_beside(problem: Problem) -> bool:
    """Whether a fault lies in a file without which the page says the same of an incident."""
    path = problem.location.path
    return problem.code in _CODES or any(f"{path}/".startswith(f"{one}/") for one in _FILES)


def without_faulty(templates: Mapping[str, str], faults: Iterable[Problem] = ()) -> dict[str, str]:
    """Leave out templates with faults, then those that needed them, until the others are sound.

    Args:
        templates: Their texts by name.
        faults: What is known to be wrong with them besides.
    """
    left = dict(templates)
    found = [*faults, *check_templates(left)]
    while found:
        for problem in found:
            left.pop(problem.location.path.removeprefix(f"{OWN_TEMPLATES}/"), None)
        found = check_templates(left)
    return left


def _sound(brand: PublicBrand) -> PublicBrand:
    """Leave out colours that are none, and what would tell about a logo that is missing."""
    colours = (brand.accent, brand.accent_dark)
    accent, accent_dark = (one if one and is_colour(one) else None for one in colours)
    brand = replace(brand, accent=accent, accent_dark=accent_dark)
    return brand if brand.logo else replace(brand, logo_dark=None, logo_alt=None)
