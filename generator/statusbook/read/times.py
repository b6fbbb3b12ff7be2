"""Text -> moments, days and spans; what is wrong with a text is said with the likely right one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ](\d\d):\d\d(?::(\d\d)(?:\.\d{1,6})?)?( ?(?:[Zz]|[+-]\d\d:?\d\d))?"
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SPAN = re.compile(r"(?:(\d{1,3})d)? ?(?:(\d{1,3})h)? ?(?:(\d{1,4})m(?:in)?)?")
_CLOCK = re.compile(r"\d{1,2}:\d\d(:\d\d)?")
_NO_TIME = timedelta()
_FARTHEST = timedelta(hours=14)
_EXAMPLE = "2026-11-21T14:05Z"
_YEARS = range(1970, 2200)
"""What is further away is mistyped; and no sum of times can leave the calendar."""


class Wrong(NamedTuple):
    """Why a text is no time, and how to write it."""

    message: str
    hint: str


def moment(text: str) -> datetime | Wrong:
    """Read a moment with its zone, as UTC: `2026-11-21T14:05Z`, `2026-11-21 15:05:30+01:00`."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return _not_a_moment(text)
    hour, second, distance = found.groups()
    if distance is None:
        plain = text.replace(" ", "T")
        hint = f"write {plain}Z for UTC, or {plain}+01:00 with your zone's distance from it"
        return Wrong(f'"{text}" does not say its zone', hint)
    if second == "60":
        return Wrong(f'"{text}" has a 60th second', f"write {text.replace(':60', ':59')}")
    plain = text[: -len(distance)] + distance.strip()
    try:
        local = datetime.fromisoformat(plain.upper())
        if local.year not in _YEARS:
            return _out_of_reach(text)
        if hour != "24" and abs(local.utcoffset() or _NO_TIME) <= _FARTHEST:
            return local.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return Wrong(f'"{text}" is no time that exists', "check day, hour, minute and zone")


def promise(text: str) -> datetime | timedelta | Wrong:
    """Read when the next update comes: a span from this one, or a moment with its zone."""
    length = span(text)
    if length is not None:
        return length
    when = moment(text)
    if isinstance(when, Wrong) and when.hint == _not_a_moment("").hint:
        return Wrong(when.message, f"write a span as 30m or 2h, or a time as {_EXAMPLE}")
    return when


def day(text: str) -> date | Wrong:
    """Read a day: `2026-11-21`."""
    found = _DAY.fullmatch(text)
    if found is None:
        return Wrong(f'"{text}" is not a day', "write it as 2026-11-21")
    try:
        written = date(*map(int, found.groups()))
    except ValueError:
        return Wrong(f'"{text}" is no day that exists', "check day and month")
    return written if written.year in _YEARS else _out_of_reach(text)


def span(text: str) -> timedelta | None:
    """Read a span of time: `30m`, `2h`, `1h30m`, `1d`; None where the text is not one."""
    found = _SPAN.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes) or None


def _out_of_reach(text: str) -> Wrong:
    return Wrong(f'"{text}" is too far away', f"years go from {_YEARS[0]} to {_YEARS[-1]}")


def _not_a_moment(text: str) -> Wrong:
    if _CLOCK.fullmatch(text):
        return Wrong(f'"{text}" has no date: a date is needed', f"write it as {_EXAMPLE}")
    if _DAY.fullmatch(text):
        return Wrong(f'"{text}" has no time of day', f"write it as {text}T14:05Z")
    shown = text if len(text) <= 40 else text[:40] + "…"
    return Wrong(f'"{shown}" is not a time', f"write it as {_EXAMPLE}")
