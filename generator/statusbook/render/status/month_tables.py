"""What went on in a year -> its twelve months as tables of days, each day with its worst."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from statusbook.derive.course import Days, days_of
from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import IMPACT_RANK, Impact, Kind
from statusbook.render.status.edition import Edition
from statusbook.render.status.months import Tally, counted
from statusbook.render.status.parts.labels import IMPACT_LABELS, IMPACT_LOOKS
from statusbook.render.status.parts.pieces import Piece
from statusbook.render.status.parts.weeks import Week
from statusbook.render.words import Words

_DAY = timedelta(days=1)


class Mark(Struct):
    """What was on one day; `begun` is the day on which the worst of it began."""

    impact: Impact
    begun: date
    incidents: int = 0
    maintenances: int = 0

    @property
    def look(self) -> str:
        """Shape and colour of the worst."""
        return IMPACT_LOOKS[self.impact]


class DayCell(Struct, frozen=True):
    """A day of a month; without a number where it is not of the month or nothing is known of it.

    `href` and `label` are set where something went on, `look` then is its worst.
    """

    number: str = ""
    look: str = ""
    href: str = ""
    label: str = ""


class MonthTable(Struct, frozen=True):
    """A month by weeks; its caption is a link where something began in it."""

    caption: Piece
    weeks: tuple[tuple[DayCell, ...], ...]


class Known(Struct, frozen=True):
    """The first and the last day of a year of which anything is known."""

    first: date
    last: date


def day_marks(
    edition: Edition, incidents: Iterable[IncidentFacts], known: Known
) -> dict[date, Mark]:
    """Tell what went on, for each day on which anything did; what is open goes on."""
    marks: dict[date, Mark] = {}
    for facts in incidents:
        days = days_of(facts, edition.view.facts.now, edition.words.here)
        begun = days[0].first
        for day in _inside(days, known):
            mark = marks.setdefault(day, Mark(facts.impact, begun))
            if IMPACT_RANK[facts.impact] > IMPACT_RANK[mark.impact]:
                mark.impact, mark.begun = facts.impact, begun
            if day == begun:
                mark.incidents += facts.kind is Kind.INCIDENT
                mark.maintenances += facts.kind is Kind.MAINTENANCE
    return marks


def month_tables(
    words: Words, week: Week, marks: Mapping[date, Mark], months: Container[str], known: Known
) -> Iterator[MonthTable]:
    """Lay out the months of a year, without those of which nothing is known.

    Args:
        words: The words of the language.
        week: The days of its week.
        marks: The days on which something went on.
        months: The months (`2026-11`) that have a page.
        known: The days of which anything is known; the others stay empty.
    """
    calendar = Calendar(week.first)
    year = known.last.year
    for number in range(known.first.month, known.last.month + 1):
        month = f"{year:04}-{number:02}"
        weeks = calendar.monthdatescalendar(year, number)
        yield MonthTable(
            caption=Piece(
                words.month(date(year, number, 1)), href=f"../{month}/" if month in months else ""
            ),
            weeks=tuple(
                tuple(_cell(words, day, number, marks, known) for day in days) for days in weeks
            ),
        )


def _inside(days: Iterable[Days], known: Known) -> Iterator[date]:
    for first, last in days:
        day = max(first, known.first)
        while day <= min(last, known.last):
            yield day
            day += _DAY


def _cell(words: Words, day: date, month: int, marks: Mapping[date, Mark], known: Known) -> DayCell:
    if day.month != month or not known.first <= day <= known.last:
        return DayCell()
    mark = marks.get(day)
    if mark is None:
        return DayCell(str(day.day))
    to = day if mark.incidents or mark.maintenances else mark.begun
    return DayCell(
        number=str(day.day),
        look=mark.look,
        href=f"../{to:%Y-%m}/#{to.isoformat()}",
        label=_label(words, day, mark),
    )


def _label(words: Words, day: date, mark: Mark) -> str:
    """Write `3 Nov 2026: Minor impact, 2 incidents`."""
    told = []
    if mark.impact in IMPACT_LABELS and mark.impact is not Impact.MAINTENANCE:
        told.append(words.gettext(IMPACT_LABELS[mark.impact]))
    if mark.incidents or mark.maintenances:
        told.append(counted(words, Tally(mark.incidents, mark.maintenances)))
    else:
        since = words.gettext("since {day}").replace("{day}", words.day(mark.begun))
        told += [since] if told else [words.gettext("Maintenance"), since]
    return f"{words.day(day)}: {', '.join(told)}"
