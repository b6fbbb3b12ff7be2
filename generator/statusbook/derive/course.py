"""An incident's facts -> when it went on, and on which days and in which months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Status

_DAY = timedelta(days=1)
_INSTANT = timedelta(microseconds=1)


class Course(NamedTuple):
    """A span from `start` up to, but without, `end`; both are one where only a moment is known."""

    start: datetime
    end: datetime


class Days(NamedTuple):
    """Neighbouring days, from the first to the last."""

    first: date
    last: date


def has_begun(facts: IncidentFacts) -> bool:
    """Tell whether users have been hit: not by a maintenance ahead or one that never ran."""
    if facts.status is Status.SCHEDULED:
        return False
    return facts.ended is None or facts.started <= facts.ended


def beginning(facts: IncidentFacts) -> datetime:
    """Return when an incident began, or when a maintenance that never ran was called off."""
    return facts.started if facts.ended is None else min(facts.started, facts.ended)


def courses(facts: IncidentFacts, now: datetime) -> list[Course]:
    """Tell when an incident went on; what is open goes on until `now`.

    What was closed and opened again has more than one span. Of a maintenance that never ran, it is
    the moment at which it was called off.
    """
    start, end = beginning(facts), facts.ended or now
    told = []
    for pause in facts.pauses:
        if start < pause.start < pause.end <= end:
            told.append(Course(start, pause.start))
            start = pause.end
    return [*told, Course(start, max(start, end))]


def days_of(facts: IncidentFacts, now: datetime, here: tzinfo) -> list[Days]:
    """Return the days of a zone on which an incident went on; none for a maintenance ahead.

    What is over at midnight did not go on on the day that then begins; what is open does today.
    """
    if facts.status is Status.SCHEDULED:
        return []
    told: list[Days] = []
    for start, end in courses(facts, now):
        is_short = end == start or (facts.ended is None and end == now)
        first = start.astimezone(here).date()
        last = (end if is_short else end - _INSTANT).astimezone(here).date()
        if told and first <= told[-1].last + _DAY:
            told[-1] = Days(told[-1].first, max(told[-1].last, last))
        else:
            told.append(Days(first, last))
    return told


def month_of(on: date) -> str:
    """Name the month of a day: `2026-11`."""
    return f"{on.year:04}-{on.month:02}"


def later_months(facts: IncidentFacts, now: datetime, here: tzinfo) -> list[str]:
    """Return the months in which an incident went on after that in which it began, oldest first.

    Cheap for what is over within a month, because every build asks it of all incidents.
    """
    start, end = facts.started, facts.ended or now
    if start.month == end.month and 1 < start.day <= end.day < 28 and start.year == end.year:
        return []  # in every zone
    told = dict.fromkeys(_months(days_of(facts, now, here)))
    return list(told)[1:]


def _months(told: Iterable[Days]) -> Iterator[str]:
    for first, last in told:
        month = first.replace(day=1)
        while month <= last:
            yield month_of(month)
            month = (month + 31 * _DAY).replace(day=1)
