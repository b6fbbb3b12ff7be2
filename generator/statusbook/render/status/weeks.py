"""A language -> the names of the days of the week, and the day on which its weeks begin."""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

from statusbook.render.words import Words


class Week(NamedTuple):
    """The days of a week in the order of the language; `first` counts from Monday, which is 0."""

    first: int
    short: tuple[str, ...]
    names: tuple[str, ...]


_ENGLISH: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week_of(words: Words) -> Week:
    """Return the week of the words' language; English that names no country begins on Monday."""
    if words.language == "en":
        return Week(0, tuple(name[:2] for name in _ENGLISH), _ENGLISH)
    return _cldr_week(words.language)


@cache
def _cldr_week(language: str) -> Week:
    from babel import Locale

    known = Locale.parse(language.replace("_", "-"), sep="-")
    first = known.first_week_day
    order = [(first + n) % 7 for n in range(7)]
    names = known.days["format"]
    return Week(
        first,
        tuple(names["short"][n].strip(".") for n in order),
        tuple(names["wide"][n] for n in order),
    )
