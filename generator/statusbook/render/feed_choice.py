"""Facts -> the incidents that a feed has to read, without reading any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import Final

from statusbook.derive.facts import IncidentFacts
from statusbook.derive.site import FEED_KEPT, has_feed
from statusbook.model.words import Status

HISTORY: Final = 25
"""How many incidents `history.*` lists: as many as Statuspage, in 1,516 feeds looked at."""
_MINUTE: Final = timedelta(minutes=1)
"""An entry's date is at most that much after its update."""
_BEFORE: Final = 10
"""How many updates before the wanted ones are read: dates within one second depend on them."""


def by_update(incidents: Iterable[IncidentFacts]) -> list[IncidentFacts]:
    """Sort incidents by the time of their newest update, newest first."""
    return sorted(incidents, key=attrgetter("updated", "id"), reverse=True)


def by_component(
    incidents: Iterable[IncidentFacts], components: Iterable[str]
) -> dict[str, list[IncidentFacts]]:
    """Return for each component the incidents that touch it, in the order in which they come."""
    touching: dict[str, list[IncidentFacts]] = {component: [] for component in components}
    for facts in incidents:
        for component in facts.components:
            if component in touching:
                touching[component].append(facts)
    return touching


def holding(
    newest_first: Sequence[IncidentFacts], count: int, component: str = ""
) -> list[IncidentFacts]:
    """Return incidents that are sure to hold the newest `count` updates, and a few before those.

    Facts suffice: they say when an incident's first and newest updates were, and how many it has.

    Args:
        newest_first: Incidents by the time of their newest update.
        count: How many updates are wanted.
        component: Where given, updates before the one that first touches it are not wanted.
    """
    chosen: list[IncidentFacts] = []
    entries = 0
    for facts in newest_first:
        enough = entries >= count + _BEFORE
        if enough and _sure(chosen, facts.updated + _MINUTE, component) >= count + _BEFORE:
            break
        chosen.append(facts)
        entries += facts.entries
    return chosen


def _sure(chosen: Iterable[IncidentFacts], older: datetime, component: str) -> int:
    """Count the wanted updates that must be newer than `older`: all, or at least the newest one."""
    return sum(
        facts.entries
        if facts.created > older and _from_the_first(facts, component)
        else int(facts.updated > older)
        for facts in chosen
    )


def _from_the_first(facts: IncidentFacts, component: str) -> bool:
    """Tell whether the first update is sure to touch the component."""
    return not component or any(
        outage.component == component and outage.start <= facts.created for outage in facts.outages
    )


def kept(
    newest_first: Iterable[IncidentFacts], is_open: Iterable[IncidentFacts], now: datetime
) -> list[IncidentFacts]:
    """Return the incidents that have a feed of their own: the open ones, and others for a while.

    Args:
        newest_first: All incidents by the time of their newest update.
        is_open: Those that are open.
        now: The moment.
    """
    recent = takewhile(lambda facts: facts.updated + FEED_KEPT > now, newest_first)
    closed = (facts for facts in recent if facts.ended and has_feed(facts, now))
    return [*is_open, *closed]


def newest_history(
    newest_first: Sequence[IncidentFacts], upcoming: Iterable[IncidentFacts]
) -> list[IncidentFacts]:
    """Return the incidents that `history.*` lists, newest first.

    Args:
        newest_first: All incidents by the time of their newest update.
        upcoming: Those that are planned: none else can have a later date than that.
    """
    candidates = {facts.id: facts for facts in (*newest_first[:HISTORY], *upcoming)}
    dated = sorted(
        candidates.values(), key=lambda facts: (history_date(facts), facts.id), reverse=True
    )
    return dated[:HISTORY]


def history_date(facts: IncidentFacts) -> datetime:
    """Return Statuspage's date of an incident: that of its newest update.

    Planned work has the date at which it will begin, until it does.
    """
    if facts.status is Status.SCHEDULED and facts.scheduled is not None:
        return facts.scheduled.start
    return facts.updated
