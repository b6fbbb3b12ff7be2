"""A year's incidents -> its page: how many, how long, and a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Impact
from statusbook.model.zone import zone
from statusbook.render.status.beside import beginning
from statusbook.render.status.edition import Edition
from statusbook.render.status.entries import has_begun
from statusbook.render.status.history import (
    HOME,
    Months,
    Neighbours,
    Tally,
    counted,
    summed,
)
from statusbook.render.status.labels import IMPACT_LABELS, IMPACT_LOOKS, N_
from statusbook.render.status.lines import incident_line
from statusbook.render.status.month_tables import Known, day_marks, month_tables
from statusbook.render.status.pieces import SHAPES, Piece, State, phrase
from statusbook.render.status.weeks import week_of
from statusbook.render.view import View, incident_key

MOST_REPORTS = 50
"""So many reports a year's page lists; the months mark all."""

_UNSTATED = N_("No impact stated")


class Year(Struct, frozen=True):
    """What a year's page tells.

    `begun` holds what began in it, `earlier` what had begun before and still went on. `tallies` are
    those of its months (`2026-11`), `known` the days of it of which anything is known.
    """

    year: str
    begun: Sequence[IncidentFacts]
    earlier: Sequence[IncidentFacts]
    tallies: Mapping[str, Tally]
    known: Known


class ImpactRow(Struct, frozen=True):
    """How often an impact was, and how long in all; `lasted` is empty where nothing is over."""

    state: State
    count: int
    lasted: str


def years(view: View, by_month: Months, tallies: Mapping[str, Tally]) -> list[Year]:
    """Sort what months hold by year, oldest first; a year in which nothing began has no page."""
    here = zone(view.site.time_zone)
    now = view.facts.now
    begun: dict[str, list[IncidentFacts]] = defaultdict(list)
    earlier: dict[str, list[IncidentFacts]] = defaultdict(list)
    for month, incidents in by_month.items():
        year = int(month[:4])
        begun[month[:4]] += incidents
        for facts in incidents:
            for later in range(year + 1, _last_year(facts, now, here) + 1):
                earlier[f"{later:04}"].append(facts)
    oldest = min(map(beginning, next(iter(by_month.values()), ())), default=now)
    first, today = (at.astimezone(here).date() for at in (oldest, now))
    return [
        Year(
            year=year,
            begun=incidents,
            earlier=earlier[year],
            tallies={month: told for month, told in tallies.items() if month[:4] == year},
            known=Known(max(first, date(int(year), 1, 1)), min(today, date(int(year), 12, 31))),
        )
        for year, incidents in begun.items()
    ]


def year_state(year: Year) -> bytes:
    """Return all that a year's page shows of its incidents, for its key: less than all of them."""
    return encode(
        (
            year.known,
            [
                (
                    facts.kind,
                    facts.impact,
                    facts.started,
                    facts.ended,
                    has_begun(facts),
                    incident_key(facts) if facts.report else "",
                )
                for facts in (*year.begun, *year.earlier)
            ],
        )
    )


def year_page(edition: Edition, shown: Year, around: tuple[str, str]) -> bytes:
    """Render the page of a year; `around` are the years before and after it that have one."""
    words = edition.words
    told = counted(words, summed(shown.tallies.values()))
    marks = day_marks(edition, (*shown.begun, *shown.earlier), shown.known)
    week = week_of(words)
    reports = sorted((one for one in shown.begun if one.report), key=beginning, reverse=True)
    before, after = (Piece(other, href=f"../{other}/") if other else None for other in around)
    return edition.page(
        "year.html.j2",
        f"history/{shown.year}/index.html",
        shown.year,
        section="history",
        description=phrase(
            words, "What happened in {year}: {counts}.", year=Piece(shown.year), counts=Piece(told)
        ),
        counts=told,
        impacts=list(_impact_rows(edition, shown.begun)),
        is_growing=any(facts.ended is None for facts in shown.begun),
        week=list(zip(week.short, week.names, strict=True)),
        tables=list(month_tables(words, week, marks, shown.tallies, shown.known)),
        shapes=[(look, SHAPES[look]) for look in sorted({mark.look for mark in marks.values()})],
        reports=[incident_line(edition, facts, HOME) for facts in reports[:MOST_REPORTS]],
        around=Neighbours(before, after),
    )


def together(spans: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """Add up spans of time, each with its start before its end; what lies in two counts once."""
    total = timedelta()
    seen: datetime | None = None
    for start, end in sorted(spans):
        begin = start if seen is None else max(start, seen)
        if end > begin:
            total += end - begin
            seen = end
    return total


def _last_year(facts: IncidentFacts, now: datetime, here: tzinfo) -> int:
    """Return the year in which an incident ended, in the page's zone; the present one if open."""
    last = facts.ended or now
    if 1 < last.month < 12:  # no zone moves these months into another year
        return last.year
    return last.astimezone(here).year


def _impact_rows(edition: Edition, incidents: Sequence[IncidentFacts]) -> Iterator[ImpactRow]:
    words = edition.words
    for impact in reversed(Impact):
        hit = [facts for facts in incidents if facts.impact is impact]
        if not hit:
            continue
        lasted = together(
            (facts.started, facts.ended)
            for facts in hit
            if facts.ended is not None and has_begun(facts)
        )
        label = words.gettext(IMPACT_LABELS.get(impact, _UNSTATED))
        yield ImpactRow(
            state=State(IMPACT_LOOKS[impact], Piece(label)),
            count=len(hit),
            lasted=words.duration(lasted) if lasted else "",
        )
