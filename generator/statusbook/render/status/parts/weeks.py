"""A language -> the names of the days of the week, and the day on which its weeks begin."""

from __future__ import annotations

from typing import NamedTuple

from statusbook.render.locales import cldr_locale, is_english
from statusbook.render.words import Words


class Week(NamedTuple):
    """The days of a week in the order of the language; `first` counts from Monday, which is 0."""

    first: int
    short: tuple[str, ...]
    names: tuple[str, ...]


def week_of(words: Words) -> Week:
    """Return the week of the words' language; English that names no country begins on Monday."""
    locale = words.locale
    first = locale.first_day
    if words.language != "en" and is_english(words.language):
        first = cldr_locale(words.language).first_day
    order = [(first + n) % 7 for n in range(7)]
    return Week(
        first,
        tuple(locale.short_weekdays[n] for n in order),
        tuple(locale.weekdays[n] for n in order),
    )
