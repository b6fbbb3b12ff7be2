"""The words of the pages, and moments, days and durations -> text in one language and zone.

English is written in the code and needs no catalogue. Every other language has gettext catalogues,
`locale/<language>/LC_MESSAGES/statusbook.po` and the owner's, and takes its dates from CLDR.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from statusbook.model.public import PublicSite
from statusbook.model.zone import zone
from statusbook.render.locales import ENGLISH, Locale, is_english

if TYPE_CHECKING:
    from gettext import NullTranslations


class Words:
    """The words of one language, and times in one zone.

    `language` is that of the words, which is English where a language has no catalogue.
    """

    def __init__(
        self,
        language: str,
        here: tzinfo,
        texts: NullTranslations | None = None,
        locale: Locale = ENGLISH,
    ) -> None:
        """Keep the words; no `texts` means English."""
        self.language = language
        self.here = here
        self.gettext: Callable[[str], str] = texts.gettext if texts else str
        self._plural = texts.ngettext if texts else _english_plural
        self.locale = locale
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

    def time(self, at: datetime) -> str:
        """Write a moment of a day that is named already: `14:05 UTC`."""
        local = self.local(at)
        return f"{local.hour:02}:{local.minute:02} {_zone_name(local)}"

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
def words_of(language: str, time_zone: str, own: str = "") -> Words:
    """Return the words of a language for a page in a time zone; English where it has none.

    Args:
        language: The code of a language.
        time_zone: The name of a zone.
        own: The owner's words, as the text of a catalogue; empty where there are none.
    """
    here = zone(time_zone)
    if is_english(language) and not own:
        return Words(language, here)
    from statusbook.render.catalogues import translations

    found = translations(language, own)
    return Words(language, here, *found) if found else Words("en", here)


def site_words(site: PublicSite, language: str = "") -> Words:
    """Return the words of a site in one of its languages, in its main one where none is named."""
    code = language or site.language
    return words_of(code, site.time_zone, site.catalogues.get(code, ""))


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
