"""Times as people write them in cState files -> moments in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, NamedTuple

FORM: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:[Tt ,]+(?:at )?(?P<hour>\d{1,2})[:h](?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?P<part>\.\d{1,9})?)?"
    r"(?: ?(?P<utc>[Zz]|UTC|GMT)|(?P<sign> ?[+-])(?P<ahead>\d\d):?(?P<ahead_minutes>\d\d)?)?)?"
)
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_SPOKEN: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<name>[a-z]{3})[a-z]{0,6}\.?,?"
    r" (?P<year>\d{4})(?P<rest>.*)",
    re.IGNORECASE,
)
_LONG_HOUR: Final = re.compile(r"\d{4}-\d\d-\d\d[T ](\d{3,}):")
_YEARS: Final = range(1971, 2199)
_EXAMPLE: Final = "2026-11-21 14:05:00"


class Moment(NamedTuple):
    """A time in UTC; `day_only` says that no time of day was written."""

    at: datetime
    day_only: bool = False


class NotATime(NamedTuple):
    """Why a text is no time, as a sentence that ends with the right form."""

    why: str


def read_time(text: str, zone: tzinfo) -> Moment | NotATime:
    """Read any of the shapes that Hugo accepts; a time without a zone is in `zone`.

    Hours, minutes and days of one digit are accepted. A day alone is its beginning.
    """
    text = text.strip().strip("\"'").strip()
    found = FORM.fullmatch(_in_digits(text))
    if found is None:
        return NotATime(_explain(text))
    return from_parts(found, zone)


def _in_digits(text: str) -> str:
    """Write `11th of February 2022 - 15:20 UTC` as `2022-02-11 15:20 UTC`; others as they are."""
    found = _SPOKEN.fullmatch(text)
    if found is None or found["name"].lower() not in _MONTHS:
        return text
    month = _MONTHS.index(found["name"].lower()) + 1
    rest = found["rest"].lstrip(" ,-–")
    return f"{found['year']}-{month}-{found['day']} {rest}".strip()


def from_parts(found: re.Match[str], zone: tzinfo) -> Moment | NotATime:
    """Make a moment of what `FORM` has found."""
    fraction = (found["part"] or ".")[1:7].ljust(6, "0")
    try:
        local = datetime(
            int(found["year"]),
            int(found["month"]),
            int(found["day"]),
            int(found["hour"] or 0),
            int(found["minute"] or 0),
            int(found["second"] or 0),
            int(fraction),
            UTC,
        )
        distance = _distance(found, local, zone)
        if local.year not in _YEARS:
            return NotATime(f'"{found[0]}" is too far away: check the year')
        if abs(distance) > timedelta(hours=14):
            return NotATime(f'"{found[0]}" has a zone that does not exist')
        return Moment(local - distance, day_only=found["hour"] is None)
    except (ValueError, OverflowError):
        return NotATime(f'"{found[0]}" is no time that exists: check day, month, hour and minute')


def _distance(found: re.Match[str], local: datetime, zone: tzinfo) -> timedelta:
    """Return how far the written zone, or else the site's, is ahead of UTC."""
    if found["utc"]:
        return timedelta()
    if found["sign"]:
        minutes = int(found["ahead"]) * 60 + int(found["ahead_minutes"] or 0)
        return timedelta(minutes=-minutes if found["sign"].strip() == "-" else minutes)
    return local.replace(tzinfo=zone).utcoffset() or timedelta()


def _explain(text: str) -> str:
    shown = text if len(text) <= 40 else text[:40] + "…"
    if hour := _LONG_HOUR.match(text):
        return f'"{shown}" has an hour of {len(hour[1])} digits: write it as {_EXAMPLE}'
    return f'"{shown}" is not a time: write it as {_EXAMPLE}'
