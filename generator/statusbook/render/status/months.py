"""All incidents -> what each month has of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from typing import NamedTuple

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.course import beginning, later_months, month_of
from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind, Status
from statusbook.render.words import Words


class Tally(NamedTuple):
    """How many incidents and maintenances there were."""

    incidents: int
    maintenances: int


class Month(Struct, frozen=True):
    """What began in a month, and what had begun before and went on in it."""

    begun: list[IncidentFacts]
    earlier: list[IncidentFacts]


Months = Mapping[str, Month]


def months(incidents: Iterable[IncidentFacts], now: datetime, here: tzinfo) -> Months:
    """Sort incidents by the months (`2026-11`) of a zone, months oldest first.

    A maintenance ahead has no month yet; one that never ran belongs to that in which it was called
    off. Within a month the order stays.
    """
    sorted_out: dict[str, Month] = {}

    def at(name: str) -> Month:
        return sorted_out.get(name) or sorted_out.setdefault(name, Month([], []))

    for facts in incidents:
        if facts.status is Status.SCHEDULED:
            continue
        began = beginning(facts)
        at(month_of(began if here is UTC else began.astimezone(here))).begun.append(facts)
        for later in later_months(facts, now, here):
            at(later).earlier.append(facts)
    return dict(sorted(sorted_out.items()))


def earlier_state(month: Month) -> bytes:
    """Return what a month's page shows of what had begun before, for its key: no more than that."""
    return encode(
        [
            (facts.id, facts.title, facts.titles, facts.kind, facts.impact, facts.started)
            for facts in month.earlier
        ]
    )


def tally(incidents: Iterable[IncidentFacts]) -> Tally:
    """Count incidents and maintenances."""
    kinds = [facts.kind for facts in incidents]
    return Tally(kinds.count(Kind.INCIDENT), kinds.count(Kind.MAINTENANCE))


def summed(tallies: Iterable[Tally]) -> Tally:
    """Add up tallies."""
    incidents, maintenances = map(sum, zip(*tallies, strict=True))
    return Tally(incidents, maintenances)


def counted(words: Words, counts: Tally) -> str:
    """Write how many began; where none did, something from before went on."""
    parts = []
    if n := counts.incidents:
        parts.append(words.ngettext("{n} incident", "{n} incidents", n))
    if n := counts.maintenances:
        parts.append(words.ngettext("{n} maintenance", "{n} maintenances", n))
    return ", ".join(parts) or words.gettext("Nothing new; what began before went on")


def first_day(month: str) -> date:
    """Return the day with which a month (`2026-11`) begins."""
    return date(int(month[:4]), int(month[5:]), 1)
