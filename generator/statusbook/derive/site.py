"""The facts of every incident -> the facts of the whole page at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from statusbook.derive.facts import ComponentFacts, IncidentFacts, Outage, SiteFacts
from statusbook.derive.overall import overall
from statusbook.derive.related import related
from statusbook.derive.uptime import DAYS_SHOWN, days, midnight, segments, uptime
from statusbook.model.public import PublicComponent, PublicSite
from statusbook.model.words import IMPACT_RANK, ComponentStatus, Kind, Status
from statusbook.model.zone import zone

FEED_KEPT = timedelta(days=90)
"""How long after it was closed an incident keeps a feed of its own."""
_LEAST_RECORD = timedelta(days=1)
"""A share of less than this tells of one bad hour and not of a component."""


def site_facts(
    site: PublicSite,
    incidents: Iterable[IncidentFacts],
    now: datetime,
    births: Iterable[datetime] = (),
) -> SiteFacts:
    """Decide everything that the page shows at `now` (UTC); the order of incidents is free.

    Args:
        site: The page and its components.
        incidents: Those that exist at `now`.
        now: The moment, in UTC.
        births: The moments after `now` at which further incidents begin to exist.
    """
    known = sorted(incidents, key=lambda facts: (facts.started, facts.id), reverse=True)
    is_open = [facts for facts in known if facts.open]
    active = sorted(  # newest first among equals, as they come
        (facts for facts in is_open if facts.kind is Kind.INCIDENT),
        key=lambda facts: -IMPACT_RANK[facts.impact],
    )
    planned = sorted(
        (facts for facts in is_open if facts.kind is Kind.MAINTENANCE),
        key=lambda facts: (facts.started, facts.id),
    )
    running = tuple(facts for facts in planned if facts.status is not Status.SCHEDULED)
    here = zone(site.time_zone)
    components = _components(site, known, now, here)
    indicator, description = overall(
        [facts.status for facts in components.values() if facts.component.retired is None],
        [facts.impact for facts in active],
        at_work=bool(running),
    )
    return SiteFacts(
        now=now,
        indicator=indicator,
        description=description,
        components=components,
        incidents=tuple(known),
        active=tuple(active),
        running=running,
        upcoming=tuple(facts for facts in planned if facts.status is Status.SCHEDULED),
        updated=max((facts.updated for facts in known), default=None),
        next_change=min((*_changes(known, now, here), *births)),
        related=related(known),
    )


def has_feed(facts: IncidentFacts, now: datetime) -> bool:
    """Tell whether an incident has a feed of its own: while it is open, and for a while after."""
    return facts.resolved_at is None or facts.resolved_at + FEED_KEPT > now


def _changes(incidents: Iterable[IncidentFacts], now: datetime, here: tzinfo) -> Iterator[datetime]:
    """Yield the coming moments at which something changes by itself; the next midnight is one."""
    yield midnight((now.astimezone(here) + timedelta(days=1)).date(), here)
    for facts in incidents:
        if facts.holds_until is not None:
            yield facts.holds_until
        if facts.resolved_at is not None and facts.resolved_at + FEED_KEPT > now:
            yield facts.resolved_at + FEED_KEPT


def _components(
    site: PublicSite, incidents: Sequence[IncidentFacts], now: datetime, here: tzinfo
) -> dict[str, ComponentFacts]:
    first = midnight(now.astimezone(here).date() - timedelta(days=DAYS_SHOWN - 1), here)
    recent: dict[str, list[tuple[Outage, str]]] = defaultdict(list)
    last_end: dict[str, datetime] = {}
    for facts in incidents:
        for outage in facts.outages:
            name, end = outage.component, outage.end
            if end is None or end > first:
                recent[name].append((outage, facts.id))
            if end is not None and end > last_end.get(name, end.min.replace(tzinfo=end.tzinfo)):
                last_end[name] = end
    # a maintenance may begin long after it was announced, and the page was there to announce it
    began = min((min(facts.started, facts.created) for facts in incidents), default=None)
    return {
        component.id: _component(
            component, recent[component.id], last_end.get(component.id), began, now, here
        )
        for component in site.components
    }


def _component(
    component: PublicComponent,
    outages: list[tuple[Outage, str]],
    last_end: datetime | None,
    began: datetime | None,
    now: datetime,
    here: tzinfo,
) -> ComponentFacts:
    recorded_from = midnight(component.since, here) if component.since else began
    first = midnight(now.astimezone(here).date() - timedelta(days=DAYS_SHOWN - 1), here)
    running = [(outage, incident) for outage, incident in outages if outage.end is None]
    status, since = ComponentStatus.OPERATIONAL, last_end
    if running:
        earliest = min(outage.start for outage, _ in outages)
        # a moment past `now`, so that an outage that begins at `now` is seen
        last = segments((o for o, _ in outages), earliest, now + timedelta(microseconds=1))[-1]
        status, since = last.status, last.start
    recorded = None
    if recorded_from is not None:
        start = max(first, recorded_from)
        if now - start >= _LEAST_RECORD:
            recorded = uptime([outage for outage, _ in outages], start, now)
    return ComponentFacts(
        component=component,
        status=status,
        since=since,
        recorded_from=recorded_from,
        uptime=recorded,
        days=days(outages, recorded_from, now, here),
        incidents=tuple(sorted({incident for _, incident in running})),
    )
