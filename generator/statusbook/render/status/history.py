"""All incidents -> the list of years and months, and a page for each month, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from statusbook.derive.course import beginning
from statusbook.derive.facts import IncidentFacts
from statusbook.render.status.edition import Edition
from statusbook.render.status.months import Month, Tally, counted, first_day, summed, tally
from statusbook.render.status.parts.descriptions import describe_month
from statusbook.render.status.parts.labels import IMPACT_LOOKS
from statusbook.render.status.parts.lines import IncidentLine, incident_line, kind_label
from statusbook.render.status.parts.pieces import Piece, State
from statusbook.render.words import Words

HOME = "../../"


class MonthCell(Struct, frozen=True):
    """A month in the row of its year; without an address where nothing began in it."""

    name: str
    href: str
    count: str
    label: str


class YearRow(Struct, frozen=True):
    """A year with its twelve months."""

    year: str
    counts: str
    months: tuple[MonthCell, ...]


class DayLines(Struct, frozen=True):
    """What began on a day; `id` is the day's anchor."""

    id: str
    day: Piece
    lines: tuple[IncidentLine, ...]


class Continued(Struct, frozen=True):
    """What had begun before a month and went on in it."""

    heading: str
    lines: tuple[IncidentLine, ...]


class Neighbours(Struct, frozen=True):
    """The ways to the page before and to the one after, where there are such."""

    before: Piece | None
    after: Piece | None


def month_page(edition: Edition, month: str, shown: Month, around: tuple[str, str]) -> bytes:
    """Render the page of a month.

    Args:
        edition: The language.
        month: The month, as in its address.
        shown: What it has.
        around: The months before and after it that have a page, empty where there is none.
    """
    words = edition.words
    told = counted(words, tally(shown.begun))
    before, after = (
        Piece(words.month(first_day(other)), href=f"../{other}/") if other else None
        for other in around
    )
    return edition.page(
        "month.html.j2",
        f"history/{month}/index.html",
        words.month(first_day(month)),
        section="history",
        description=describe_month(edition, told, shown.begun or shown.earlier),
        counts=told,
        continued=_continued(edition, month, shown.earlier),
        days=list(_days(edition, shown.begun)),
        year=Piece(month[:4], href=f"../{month[:4]}/"),
        around=Neighbours(before, after),
    )


def history_page(edition: Edition, tallies: Mapping[str, Tally]) -> bytes:
    """Render the list of years, newest first, each with its months."""
    words = edition.words
    by_year = groupby(sorted(tallies, reverse=True), key=lambda month: month[:4])
    return edition.page(
        "history.html.j2",
        "history/index.html",
        words.gettext("History"),
        section="history",
        description=words.gettext("All incidents and maintenance, by year and month."),
        years=[
            YearRow(
                year=year,
                counts=counted(words, summed(tallies[month] for month in inside)),
                months=tuple(_month_cells(words, year, tallies)),
            )
            for year, inside in by_year
        ],
    )


def _month_cells(words: Words, year: str, tallies: Mapping[str, Tally]) -> Iterator[MonthCell]:
    """Show the twelve months of a year."""
    for number, name in enumerate(words.locale.day.months, 1):
        month = f"{year}-{number:02}"
        told = tallies.get(month)
        if told is None:
            yield MonthCell(name.strip("."), "", "", "")
            continue
        label = f"{words.month(first_day(month))}: {counted(words, told)}"
        yield MonthCell(name.strip("."), f"{month}/", str(sum(told)), label)


def _continued(
    edition: Edition, month: str, incidents: Sequence[IncidentFacts]
) -> Continued | None:
    """Tell what had begun before; not how it went on, which would change months long past."""
    if not incidents:
        return None
    words = edition.words
    before = words.month(first_day(month) - timedelta(days=1))
    return Continued(
        heading=words.gettext("Continued from {month}").replace("{month}", before),
        lines=tuple(_since(edition, facts) for facts in incidents),
    )


def _since(edition: Edition, facts: IncidentFacts) -> IncidentLine:
    words = edition.words
    day = words.day(words.local(facts.started).date())
    since = words.gettext("since {day}").replace("{day}", day)
    return IncidentLine(
        title=edition.title(facts, f"{HOME}incidents/{facts.id}/"),
        mark=State(IMPACT_LOOKS[facts.impact]),
        told=Piece(" · ".join(filter(None, (kind_label(words, facts), since)))),
        report=None,
    )


def _days(edition: Edition, incidents: Sequence[IncidentFacts]) -> Iterator[DayLines]:
    """Tell what began on each day, newest first."""
    words = edition.words

    def day_of(facts: IncidentFacts) -> date:
        return words.local(beginning(facts)).date()

    for day, group in groupby(sorted(incidents, key=beginning, reverse=True), key=day_of):
        yield DayLines(
            id=day.isoformat(),
            day=Piece(words.day(day), time=day.isoformat(), href=f"#{day.isoformat()}"),
            lines=tuple(incident_line(edition, facts, HOME) for facts in group),
        )
