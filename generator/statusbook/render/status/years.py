"""A year's incidents -> its page: how many, how long they hit, and a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.course import beginning, courses
from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Impact
from statusbook.model.zone import zone
from statusbook.render.status.edition import Edition
from statusbook.render.status.history import HOME, Neighbours
from statusbook.render.status.month_tables import Known, day_marks, month_tables
from statusbook.render.status.months import Month, Months, Tally, counted, summed
from statusbook.render.status.parts.labels import IMPACT_LABELS, IMPACT_LOOKS, N_
from statusbook.render.status.parts.lines import incident_line
from statusbook.render.status.parts.pieces import SHAPES, Piece, State, phrase
from statusbook.render.status.parts.weeks import week_of
from statusbook.render.view import View, incident_key
from statusbook.render.words import Words

MOST_REPORTS = 50
"""So many reports a year's page lists; the months mark all."""

_NO_IMPACT = N_("No impact")


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
    """How often an impact was, and how long in all; `lasted` says what it leaves out."""

    state: State
    count: int
    lasted: str


def years(view: View, by_month: Months, tallies: Mapping[str, Tally]) -> list[Year]:
    """Sort what months hold by year, oldest first; a year without anything has no page."""
    here = zone(view.site.time_zone)
    now = view.facts.now
    oldest = next((beginning(month.begun[-1]) for month in by_month.values()), now)
    first, today = (at.astimezone(here).date() for at in (oldest, now))
    return [
        Year(
            year=year,
            begun=[facts for name in names for facts in by_month[name].begun],
            earlier=_earlier(year, [by_month[name] for name in names], here),
            tallies={name: tallies[name] for name in names},
            known=Known(max(first, date(int(year), 1, 1)), min(today, date(int(year), 12, 31))),
        )
        for year, names in _by_year(by_month)
    ]


def _by_year(names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Put names of months, oldest first, together by year."""
    for year, months in groupby(names, key=lambda name: name[:4]):
        yield year, list(months)


def _earlier(year: str, months: Iterable[Month], here: tzinfo) -> list[IncidentFacts]:
    """Return what had begun before a year and went on in it."""
    told = {facts.id: facts for month in months for facts in month.earlier}
    first = date(int(year), 1, 1)
    return [facts for facts in told.values() if beginning(facts).astimezone(here).date() < first]


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
                    facts.pauses,
                    facts.outages if facts.ended else (),
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


def _impact_rows(edition: Edition, incidents: Sequence[IncidentFacts]) -> Iterator[ImpactRow]:
    words = edition.words
    for impact in reversed(Impact):
        hit = [facts for facts in incidents if facts.impact is impact]
        if not hit:
            continue
        lasted = together(span for facts in hit if facts.ended for span in _times(facts))
        label = words.gettext(IMPACT_LABELS.get(impact, _NO_IMPACT))
        yield ImpactRow(
            state=State(IMPACT_LOOKS[impact], Piece(label)),
            count=len(hit),
            lasted=_lasted(words, lasted, sum(facts.open for facts in hit)),
        )


def _lasted(words: Words, lasted: timedelta, still_open: int) -> str:
    """Tell how long something lasted; how long what is still open lasts changes by the minute."""
    if not still_open:
        return words.duration(lasted) if lasted else ""
    if not lasted:
        return words.ngettext("{n} still open", "{n} still open", still_open)
    told = words.ngettext(
        "{duration}, without {n} still open", "{duration}, without {n} still open", still_open
    )
    return told.replace("{duration}", words.duration(lasted))


def _times(facts: IncidentFacts) -> Iterable[tuple[datetime, datetime]]:
    """Tell when an incident that is over hit components; where none is known, when it went on."""
    hit = [(outage.start, outage.end or facts.ended) for outage in facts.outages]
    told = [(start, end) for start, end in hit if end is not None]
    if told:
        return told
    return courses(facts, facts.ended) if facts.ended else ()
