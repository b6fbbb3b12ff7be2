"""All incidents -> the list of years and months, and a page for each month, day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind, Status
from statusbook.model.zone import zone
from statusbook.render.status.beside import beginning
from statusbook.render.status.descriptions import describe_month
from statusbook.render.status.edition import Edition
from statusbook.render.status.lines import IncidentLine, incident_line
from statusbook.render.status.pieces import Piece
from statusbook.render.words import Words

HOME = "../../"

Months = Mapping[str, Sequence[IncidentFacts]]


class Tally(NamedTuple):
    """How many incidents and maintenances there were."""

    incidents: int
    maintenances: int


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


class Neighbours(Struct, frozen=True):
    """The ways to the page before and to the one after, where there are such."""

    before: Piece | None
    after: Piece | None


def months(incidents: Iterable[IncidentFacts], time_zone: str) -> Months:
    """Sort incidents by the month (`2026-11`) in which they began, months oldest first.

    A maintenance ahead has no month yet; one that never ran belongs to that in which it was called
    off. Within a month the order stays.
    """
    here = zone(time_zone)
    sorted_out: dict[str, list[IncidentFacts]] = defaultdict(list)
    for facts in incidents:
        if facts.status is not Status.SCHEDULED:
            began = beginning(facts)
            local = began if here is UTC else began.astimezone(here)
            sorted_out[f"{local.year:04}-{local.month:02}"].append(facts)
    return dict(sorted(sorted_out.items()))


def tally(incidents: Iterable[IncidentFacts]) -> Tally:
    """Count incidents and maintenances."""
    kinds = [facts.kind for facts in incidents]
    return Tally(kinds.count(Kind.INCIDENT), kinds.count(Kind.MAINTENANCE))


def counted(words: Words, counts: Tally) -> str:
    """Write how many there were; empty where there were none."""
    parts = []
    if n := counts.incidents:
        parts.append(words.ngettext("{n} incident", "{n} incidents", n))
    if n := counts.maintenances:
        parts.append(words.ngettext("{n} maintenance", "{n} maintenances", n))
    return ", ".join(parts)


def month_page(
    edition: Edition, month: str, incidents: Sequence[IncidentFacts], around: tuple[str, str]
) -> bytes:
    """Render the page of a month.

    Args:
        edition: The language.
        month: The month, as in its address.
        incidents: Those that began in it.
        around: The months before and after it that have a page, empty where there is none.
    """
    words = edition.words
    told = counted(words, tally(incidents))
    before, after = (
        Piece(words.month(_first(other)), href=f"../{other}/") if other else None
        for other in around
    )
    return edition.page(
        "month.html.j2",
        f"history/{month}/index.html",
        words.month(_first(month)),
        section="history",
        description=describe_month(edition, told, incidents),
        counts=told,
        days=list(_days(edition, incidents)),
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


def summed(tallies: Iterable[Tally]) -> Tally:
    """Add up tallies."""
    incidents, maintenances = map(sum, zip(*tallies, strict=True))
    return Tally(incidents, maintenances)


def _month_cells(words: Words, year: str, tallies: Mapping[str, Tally]) -> Iterator[MonthCell]:
    """Show the twelve months of a year."""
    for number, name in enumerate(words.locale.day.months, 1):
        month = f"{year}-{number:02}"
        told = tallies.get(month)
        if told is None:
            yield MonthCell(name.strip("."), "", "", "")
            continue
        label = f"{words.month(_first(month))}: {counted(words, told)}"
        yield MonthCell(name.strip("."), f"{month}/", str(sum(told)), label)


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


def _first(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)
