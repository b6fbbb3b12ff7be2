"""All incidents -> a page for each month, and the list of months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import NamedTuple

from msgspec import Struct

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind, Status
from statusbook.model.zone import zone
from statusbook.render.status.edition import Edition
from statusbook.render.status.lines import incident_line
from statusbook.render.status.pieces import Piece
from statusbook.render.words import Words

HOME = "../../"

Months = Mapping[str, Sequence[IncidentFacts]]


class Tally(NamedTuple):
    """How many incidents and maintenances there were."""

    incidents: int
    maintenances: int


class MonthRow(Struct, frozen=True):
    """A month in the list of months."""

    month: Piece
    counts: str


class YearRow(Struct, frozen=True):
    """A year and its months, newest first."""

    year: str
    counts: str
    months: tuple[MonthRow, ...]


def months(incidents: Iterable[IncidentFacts], time_zone: str) -> Months:
    """Sort incidents by the month (`2026-11`) in which they began, months oldest first.

    A maintenance ahead has no month yet; one that never ran belongs to that in which it was called
    off. Within a month the order stays.
    """
    here = zone(time_zone)
    sorted_out: dict[str, list[IncidentFacts]] = defaultdict(list)
    for facts in incidents:
        if facts.status is not Status.SCHEDULED:
            began = facts.started if facts.ended is None else min(facts.started, facts.ended)
            local = began if here is UTC else began.astimezone(here)
            sorted_out[f"{local.year:04}-{local.month:02}"].append(facts)
    return dict(sorted(sorted_out.items()))


def tally(incidents: Iterable[IncidentFacts]) -> Tally:
    """Count incidents and maintenances."""
    kinds = [facts.kind for facts in incidents]
    return Tally(kinds.count(Kind.INCIDENT), kinds.count(Kind.MAINTENANCE))


def month_page(
    edition: Edition, month: str, incidents: Sequence[IncidentFacts], before: str
) -> bytes:
    """Render the page of a month; `before` is the one before it in the history, or empty.

    There is no link to the month after it: that page may not exist yet when this one is written.
    """
    words = edition.words
    title = words.month(_first(month))
    return edition.page(
        "month.html.j2",
        f"history/{month}/index.html",
        title,
        section="history",
        description=_counted(words, tally(incidents)),
        counts=_counted(words, tally(incidents)),
        incidents=[incident_line(edition, facts, HOME) for facts in incidents],
        before=Piece(words.month(_first(before)), href=f"../{before}/") if before else None,
    )


def history_page(edition: Edition, tallies: Mapping[str, Tally]) -> bytes:
    """Render the list of months, by year, newest first."""
    words = edition.words
    years: dict[str, list[str]] = defaultdict(list)
    for month in sorted(tallies, reverse=True):
        years[month[:4]].append(month)
    return edition.page(
        "history.html.j2",
        "history/index.html",
        words.gettext("History"),
        section="history",
        years=[
            YearRow(
                year=year,
                counts=_counted(words, _summed(tallies[month] for month in inside)),
                months=tuple(
                    MonthRow(
                        Piece(words.month(_first(month)), time=month, href=f"{month}/"),
                        _counted(words, tallies[month]),
                    )
                    for month in inside
                ),
            )
            for year, inside in years.items()
        ],
    )


def _summed(tallies: Iterable[Tally]) -> Tally:
    incidents, maintenances = map(sum, zip(*tallies, strict=True))
    return Tally(incidents, maintenances)


def _counted(words: Words, counts: Tally) -> str:
    parts = []
    if n := counts.incidents:
        parts.append(words.ngettext("{n} incident", "{n} incidents", n))
    if n := counts.maintenances:
        parts.append(words.ngettext("{n} maintenance", "{n} maintenances", n))
    return ", ".join(parts)


def _first(month: str) -> date:
    return date(int(month[:4]), int(month[5:]), 1)
