"""A language -> what it has besides words: direction, dates, numbers, the names of languages.

English is written here; what other languages do comes from CLDR through Babel, which is imported
only for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Final, NamedTuple

# What a language calls itself; for others its code stands in.
NATIVE_NAMES: Final = {
    "ar": "العربية",
    "cs": "Čeština",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "he": "עברית",
    "it": "Italiano",
    "ja": "日本語",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "uk": "Українська",
    "zh": "中文",
}

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_LANGUAGES: Final = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sk": "Slovak", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
_SHORT: Final = tuple(name[:3] for name in _MONTHS)


class DatePattern(NamedTuple):
    """How a language writes a date: a format of day, month's name and year, and the names."""

    form: str
    months: Sequence[str]

    def of(self, day: date) -> str:
        """Write a date."""
        return self.form.format(day.day, self.months[day.month - 1], day.year)


class Locale(NamedTuple):
    """What a language has besides words; its digits are 0 to 9 everywhere.

    Days of the week are listed from Monday, which is 0; `first_day` begins the language's week.
    """

    direction: str
    day: DatePattern
    short_day: DatePattern
    month: DatePattern
    percent: str
    decimal: str
    group: str
    first_day: int
    short_weekdays: Sequence[str]
    weekdays: Sequence[str]
    languages: Mapping[str, str]


ENGLISH: Final = Locale(
    direction="ltr",
    day=DatePattern("{0} {1} {2}", _SHORT),
    short_day=DatePattern("{0} {1}", _SHORT),
    month=DatePattern("{1} {2}", _MONTHS),
    percent="{}%",
    decimal=".",
    group=",",
    first_day=0,
    short_weekdays=tuple(name[:2] for name in _WEEKDAYS),
    weekdays=_WEEKDAYS,
    languages=_LANGUAGES,
)


def is_english(language: str) -> bool:
    """Tell whether a language is English, of any country."""
    return language.replace("_", "-").split("-")[0].lower() == "en"


def native_name(language: str) -> str:
    """Return what a language calls itself."""
    return NATIVE_NAMES.get(language) or NATIVE_NAMES.get(language.partition("-")[0], language)


def name_of_language(language: str, locale: Locale) -> str:
    """Return what a language is called in another one; its own name where that is not known."""
    code = language.partition("-")[0]
    return locale.languages.get(code) or native_name(language)


@cache
def cldr_locale(language: str) -> Locale:
    """Return what CLDR knows of a language; English where it does not know it."""
    from babel import Locale as Cldr
    from babel import UnknownLocaleError

    try:
        known = Cldr.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return ENGLISH
    names = known.months
    widths = {
        "MMM": names["format"]["abbreviated"],
        "LLL": names["stand-alone"]["abbreviated"],
        "MMMM": names["format"]["wide"],
        "LLLL": names["stand-alone"]["wide"],
    }
    skeletons = known.datetime_skeletons
    symbols = known.number_symbols["latn"]  # the sign may hold marks that keep it at its number
    percent = known.percent_formats[None].pattern
    days = known.days["format"]
    return Locale(
        direction=known.text_direction,
        day=_date_pattern(skeletons["yMMMd"].pattern, widths),
        short_day=_date_pattern(skeletons["MMMd"].pattern, widths),
        month=_date_pattern(skeletons["yMMMM"].pattern, widths),
        percent=percent.replace("#,##0", "{}").replace("%", symbols["percentSign"]),
        decimal=symbols["decimal"],
        group=symbols["group"],
        first_day=known.first_week_day,
        short_weekdays=[days["short"][n].strip(".") for n in range(7)],
        weekdays=[days["wide"][n] for n in range(7)],
        languages={code: name for code, name in known.languages.items() if len(code) == 2},
    )


def _date_pattern(pattern: str, widths: dict[str, dict[int, str]]) -> DatePattern:
    """Turn a CLDR pattern (`d 'de' MMMM 'de' y`) into ours."""
    width = next(match for match in re.findall("M+|L+", re.sub("'[^']*'", "", pattern)))
    names = widths.get(width)
    months = [names[n] if names else f"{n:02}" for n in range(1, 13)]

    def field(match: re.Match[str]) -> str:
        if match[1] is not None:
            return match[1]
        return {"d": "{0}", "M": "{1}", "L": "{1}", "y": "{2}"}[match[0][0]]

    return DatePattern(re.sub(r"'([^']*)'|d+|M+|L+|y+", field, pattern), months)
