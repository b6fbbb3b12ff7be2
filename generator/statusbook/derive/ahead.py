"""The facts of now -> those that the clock alone will bring, if nobody says more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from statusbook.derive.facts import IncidentFacts, Outage, SiteFacts
from statusbook.derive.overall import Answer, answer
from statusbook.derive.state import AT_WORK, OPERATIONAL
from statusbook.model.words import ComponentStatus, Impact, Status, worst

UNDER_MAINTENANCE = ComponentStatus.UNDER_MAINTENANCE

MOST_MOMENTS = 12
"""So many moments are told ahead: nobody keeps a page open for longer."""


class Outlook(Struct, frozen=True):
    """The page from a moment on: the answer that it gives, and the components by id.

    `since` is when what the answer says began; None where all is well.
    """

    at: datetime
    components: dict[str, ComponentStatus]
    answer: Answer
    since: datetime | None


def stages(facts: IncidentFacts) -> tuple[IncidentFacts, ...]:
    """Tell a maintenance as it is, as the clock begins it, and as the clock ends it.

    Each holds from its `holds_from` on. What nobody begins or ends by the clock has one stage: an
    incident, work that an update has ended or that it keeps running after its window. Updates may
    come in between; then the facts are others, and so are the stages.
    """
    window = facts.scheduled
    if window is None or facts.ended is not None or window.until <= facts.holds_from:
        return (facts,)
    told = [facts]
    if facts.status is Status.SCHEDULED and facts.holds_from < window.start < window.until:
        told.append(_begun(facts, window.start, window.until))
    if told[-1].status in AT_WORK:
        told.append(_completed(told[-1], window.until))
    return tuple(told)


def outlooks(facts: SiteFacts) -> tuple[Outlook, ...]:
    """Tell the page as it is now and from each moment on at which work begins or ends."""
    planned = {incident.id: stages(incident) for incident in (*facts.running, *facts.upcoming)}
    moments = sorted({stage.holds_from for told in planned.values() for stage in told[1:]})
    if not moments:
        return (_as_it_is(facts),)
    # work that is over may have left a component as it should not be
    causes = {cause for component in facts.components.values() for cause in component.incidents}
    causes.update(incident.id for incident in facts.active)
    rest = [
        incident
        for incident in facts.incidents
        if incident.id in causes and incident.id not in planned
    ]
    return tuple(
        _outlook(facts, at, [*rest, *(_at(told, at) for told in planned.values())])
        for at in (facts.now, *moments[:MOST_MOMENTS])
    )


def _as_it_is(facts: SiteFacts) -> Outlook:
    components = {name: component.status for name, component in facts.components.items()}
    return _answered(facts, facts.now, components, facts.running)


def _begun(facts: IncidentFacts, at: datetime, until: datetime) -> IncidentFacts:
    running = (
        Outage(name, status, at, None)
        for name, status in facts.components.items()
        if status is not OPERATIONAL
    )
    return replace(
        facts,
        status=Status.IN_PROGRESS,
        holds_from=at,
        holds_until=until,
        outages=(*facts.outages, *running),
        promise=None,
        updated=at,
        entries=facts.entries + 1,
    )


def _completed(facts: IncidentFacts, at: datetime) -> IncidentFacts:
    return replace(
        facts,
        status=Status.COMPLETED,
        holds_from=at,
        holds_until=None,
        ended=at,
        resolved_at=at,
        components=dict.fromkeys(facts.components, OPERATIONAL),
        outages=tuple(
            outage if outage.end is not None else replace(outage, end=at)
            for outage in facts.outages
        ),
        promise=None,
        workaround=None,
        updated=at,
        entries=facts.entries + 1,
    )


def _at(told: Iterable[IncidentFacts], at: datetime) -> IncidentFacts:
    """Return the stage that holds at a moment."""
    return [stage for stage in told if stage.holds_from <= at][-1]


def _outlook(facts: SiteFacts, at: datetime, incidents: Sequence[IncidentFacts]) -> Outlook:
    hit = list(_hit(incidents))
    components = {
        name: worst(status for component, status in hit if component == name)
        for name in facts.components
    }
    running = [incident for incident in incidents if incident.status in AT_WORK]
    return _answered(facts, at, components, running)


def _answered(
    facts: SiteFacts,
    at: datetime,
    components: dict[str, ComponentStatus],
    running: Sequence[IncidentFacts],
) -> Outlook:
    """Answer for components as they are at a moment.

    What only planned work has taken down is under maintenance; what nobody tells of any more, as
    work may leave it behind, is what it is.
    """
    shown = {
        name: status
        for name, status in components.items()
        if facts.components[name].component.retired is None
    }
    unplanned = set(_hit(facts.active))
    planned = {name for name, _ in _hit(running)} - {name for name, _ in unplanned}
    told = answer(
        [
            UNDER_MAINTENANCE if name in planned and status is not OPERATIONAL else status
            for name, status in shown.items()
        ],
        [incident.status for incident in facts.active if incident.impact is not Impact.NONE],
        at_work=bool(running),
    )
    return Outlook(at, components, told, _since(facts, told, shown, running))


def _since(
    facts: SiteFacts,
    told: Answer,
    components: Collection[str],
    running: Sequence[IncidentFacts],
) -> datetime | None:
    """Return when what is told began: the first of the components that are hit worst."""
    if told is Answer.WORKING:
        return None
    if told is Answer.MAINTENANCE:
        return min((incident.started for incident in running), default=None)
    outages = [outage for incident in facts.active for outage in incident.outages]
    still = [one for one in outages if one.end is None and one.component in components]
    if still and told not in (Answer.WATCHED, Answer.WORKED_ON):
        bad = worst(one.status for one in still)
        return min(_unbroken(one, outages) for one in still if one.status is bad)
    return min((one.started for one in facts.active if one.impact is not Impact.NONE), default=None)


def _unbroken(last: Outage, outages: Iterable[Outage]) -> datetime:
    """Return since when a component has not worked as it should, in whatever status."""
    start = last.start
    earlier = [one for one in outages if one.component == last.component and one.end is not None]
    for one in sorted(earlier, key=lambda one: one.start, reverse=True):
        if one.end is not None and one.end >= start:
            start = min(start, one.start)
    return start


def _hit(incidents: Iterable[IncidentFacts]) -> Iterator[tuple[str, ComponentStatus]]:
    for incident in incidents:
        for outage in incident.outages:
            if outage.end is None:
                yield outage.component, outage.status
