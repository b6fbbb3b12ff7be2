"""The words of the pages, and moments, days and durations -> text in one language and zone.

English is written in the code and needs no catalogue. Every other language is a gettext catalogue
in `locale/<language>/LC_MESSAGES/statusbook.po`, compiled in memory, and takes its dates from
CLDR; Babel does both and is imported only then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from statusbook.model.zone import zone

if TYPE_CHECKING:
    from gettext import NullTranslations

CATALOGUES: Final = Path(__file__).parent.parent / "locale"

# What a language calls itself; for others its code stands in.
NATIVE_NAMES: Final = {
    "ar": "العربية",
    "cs": "Čeština",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
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

_ENGLISH_MONTHS: Final = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


class DatePattern(NamedTuple):
    """How a language writes a date: a format of day, month's name and year, and the names."""

    form: str
    months: Sequence[str]

    def of(self, day: date) -> str:
        """Write a date."""
        return self.form.format(day.day, self.months[day.month - 1], day.year)


class Locale(NamedTuple):
    """What a language has besides words."""

    direction: str
    day: DatePattern
    short_day: DatePattern
    month: DatePattern
    percent: str
    decimal: str


class Words:
    """The words of one language, and times in one zone.

    `language` is that of the words, which is English where a language has no catalogue.
    """

    def __init__(self, language: str, here: tzinfo, texts: NullTranslations | None) -> None:
        """Keep the words; no `texts` means English."""
        self.language = language
        self.here = here
        self.gettext: Callable[[str], str] = texts.gettext if texts else str
        self._plural = texts.ngettext if texts else _english_plural
        self.locale = _english_locale() if texts is None else _cldr_locale(language)
        self._joint = self.gettext("{day}, {time}").replace("{day}", "{0}").replace("{time}", "{1}")

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form for a number, with the number in the place of `{n}`."""
        return self._plural(one, many, n).replace("{n}", str(n))

    def local(self, at: datetime) -> datetime:
        """Return a moment as the clock of the page's zone shows it."""
        return at if self.here is UTC else at.astimezone(self.here)

    def day(self, day: date) -> str:
        """Write a date: `21 Nov 2026`."""
        return self.locale.day.of(day)

    def month(self, day: date) -> str:
        """Write the month of a date: `November 2026`."""
        return self.locale.month.of(day)

    def moment(self, at: datetime) -> str:
        """Write a moment with its zone: `21 Nov 2026, 14:05 UTC`."""
        local = self.local(at)
        zone_name = "UTC" if self.here is UTC else _zone_name(local)
        time = f"{local.hour:02}:{local.minute:02} {zone_name}"
        return self._joint.format(self.locale.day.of(local), time)

    def window(self, start: datetime, end: datetime) -> tuple[str, str]:
        """Write both ends of a span of time; on one day the second is only the time."""
        begin, finish = self.local(start), self.local(end)
        one_day = begin.date() == finish.date()
        one_zone = begin.utcoffset() == finish.utcoffset()
        first = f"{begin.hour:02}:{begin.minute:02}"
        if not (one_day and one_zone):
            first = f"{first} {_zone_name(begin)}"
        last = f"{finish.hour:02}:{finish.minute:02} {_zone_name(finish)}"
        if not one_day:
            last = self._joint.format(self.locale.day.of(finish), last)
        return self._joint.format(self.locale.day.of(begin), first), last

    def days(self, first: date, last: date) -> str:
        """Write a span of days: `23 Aug – 1 Nov 2026`."""
        if first == last:
            return self.day(last)
        begin = self.locale.short_day if first.year == last.year else self.locale.day
        return f"{begin.of(first)} – {self.day(last)}"

    def duration(self, span: timedelta) -> str:
        """Write how long something took, in its two largest units."""
        minutes = round(span.total_seconds() / 60)
        hours, minute = divmod(minutes, 60)
        days, hour = divmod(hours, 24)
        if minutes < 1:
            return self.gettext("less than a minute")
        if days:
            parts = (self._days(days), self._hours(hour) if hour else "")
        else:
            parts = (self._hours(hour) if hour else "", self._minutes(minute) if minute else "")
        return " ".join(filter(None, parts))

    def _days(self, n: int) -> str:
        return self.ngettext("{n} day", "{n} days", n)

    def _hours(self, n: int) -> str:
        return self.ngettext("{n} hour", "{n} hours", n)

    def _minutes(self, n: int) -> str:
        return self.ngettext("{n} minute", "{n} minutes", n)

    def percent(self, hundredths: int) -> str:
        """Write hundredths of a per cent: 9995 as `99.95%`."""
        whole, part = divmod(hundredths, 100)
        number = f"{whole}{self.locale.decimal}{part:02}" if part else str(whole)
        return self.locale.percent.format(number)


@cache
def words_of(language: str, time_zone: str) -> Words:
    """Return the words of a language for a page in a time zone; English where it has none."""
    here = zone(time_zone)
    if is_english(language):
        return Words(language, here, None)
    found = _catalogue(language)
    return Words(language if found else "en", here, found)


def is_english(language: str) -> bool:
    """Tell whether a language is English, of any country."""
    return language.replace("_", "-").split("-")[0].lower() == "en"


def native_name(language: str) -> str:
    """Return what a language calls itself."""
    return NATIVE_NAMES.get(language) or NATIVE_NAMES.get(language.partition("-")[0], language)


def utc(at: datetime) -> str:
    """Write a UTC moment for machines, to the second: `2026-11-21T14:05:00Z`."""
    return f"{at.isoformat()[:19]}Z"


def _english_plural(one: str, many: str, n: int) -> str:
    return one if n == 1 else many


def _zone_name(local: datetime) -> str:
    """Return `UTC`, an abbreviation such as `CET`, or the distance where a zone has none."""
    name = local.tzname() or ""
    if name[:1] not in "+-":
        return name
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, minute = divmod(abs(minutes), 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{minute:02}" if minute else "")


@cache
def _english_locale() -> Locale:
    short = [name[:3] for name in _ENGLISH_MONTHS]
    return Locale(
        direction="ltr",
        day=DatePattern("{0} {1} {2}", short),
        short_day=DatePattern("{0} {1}", short),
        month=DatePattern("{1} {2}", _ENGLISH_MONTHS),
        percent="{}%",
        decimal=".",
    )


def _catalogue(language: str) -> NullTranslations | None:
    code = language.replace("-", "_")
    for name in (code, code.split("_")[0]):
        path = CATALOGUES / name / "LC_MESSAGES" / "statusbook.po"
        if path.is_file():
            return _compiled(path)
    return None


def _compiled(path: Path) -> NullTranslations:
    from gettext import GNUTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _cldr_locale(language: str) -> Locale:
    from babel import Locale as Cldr

    known = Cldr.parse(language, sep="-") if "-" in language else Cldr.parse(language)
    names = known.months
    widths = {
        "MMM": names["format"]["abbreviated"],
        "LLL": names["stand-alone"]["abbreviated"],
        "MMMM": names["format"]["wide"],
        "LLLL": names["stand-alone"]["wide"],
    }
    skeletons = known.datetime_skeletons
    return Locale(
        direction=known.text_direction,
        day=_date_pattern(skeletons["yMMMd"].pattern, widths),
        short_day=_date_pattern(skeletons["MMMd"].pattern, widths),
        month=_date_pattern(skeletons["yMMMM"].pattern, widths),
        percent=re.sub("#,##0", "{}", known.percent_formats[None].pattern),
        decimal=known.number_symbols["latn"]["decimal"],
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
