"""The states of all components and incidents -> the one sentence on top of the page."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from statusbook.model.words import IMPACT_RANK, ComponentStatus, Impact, Status

ALL_OPERATIONAL = "All Systems Operational"
MAINTENANCE = "Service Under Maintenance"
PARTLY_DEGRADED = "Partially Degraded Service"
DEGRADED = "Degraded System Service"
MINOR = "Minor Service Outage"
PARTIAL = "Partial System Outage"
MAJOR = "Major System Outage"

_OF_IMPACT = {Impact.MINOR: MINOR, Impact.MAJOR: PARTIAL, Impact.CRITICAL: MAJOR}


class Answer(StrEnum):
    """What somebody wants to know first: is it you? What the page says on top, by its meaning."""

    WORKING = "working"
    MAINTENANCE = "maintenance"
    WATCHED = "watched"
    WORKED_ON = "worked_on"
    PARTLY_DEGRADED = "partly_degraded"
    DEGRADED = "degraded"
    PARTLY_FAILING = "partly_failing"
    FAILING = "failing"
    PARTLY_DOWN = "partly_down"
    DOWN = "down"


def answer(
    components: Collection[ComponentStatus], open_incidents: Collection[Status], *, at_work: bool
) -> Answer:
    """Return what holds now, as components are now.

    Statuspage's sentence (`overall`) remembers how bad an incident has been and weighs one
    component like all of them, so programs may go by it; who reads the page would be told what is
    not so.

    Args:
        components: The present status of each component on the page; one that only planned work
            has taken down counts as under maintenance.
        open_incidents: How far the open incidents that hit anybody have come.
        at_work: Whether a maintenance is running.
    """
    for status, partly, wholly in _ANSWERS:
        if status in components:
            # the whole service: no component works better than this, whatever is planned
            is_all = all(one in _AT_LEAST[status] for one in components)
            return wholly if is_all else partly
    if any(status is not Status.MONITORING for status in open_incidents):
        return Answer.WORKED_ON
    if open_incidents:
        return Answer.WATCHED
    is_planned = at_work or ComponentStatus.UNDER_MAINTENANCE in components
    return Answer.MAINTENANCE if is_planned else Answer.WORKING


_ANSWERS = (
    (ComponentStatus.MAJOR_OUTAGE, Answer.PARTLY_DOWN, Answer.DOWN),
    (ComponentStatus.PARTIAL_OUTAGE, Answer.PARTLY_FAILING, Answer.FAILING),
    (ComponentStatus.DEGRADED_PERFORMANCE, Answer.PARTLY_DEGRADED, Answer.DEGRADED),
)
_WORST_FIRST = [status for status, _, _ in _ANSWERS]
_AT_LEAST = {status: _WORST_FIRST[: n + 1] for n, status in enumerate(_WORST_FIRST)}


def overall(
    components: Collection[ComponentStatus], impacts: Iterable[Impact], *, at_work: bool
) -> tuple[Impact, str]:
    """Return Statuspage's indicator and description of the whole page.

    The worse of the components and of the open incidents decides; where they weigh the same, the
    components name it. Maintenance alone has the indicator `none`, as clients know no other.
    A major outage of one component of several is a partial outage of the whole, as on GitHub's
    page; the words and the rest of the table are Statuspage's
    (support.atlassian.com/statuspage/docs/top-level-status-and-incident-impact-calculations).

    Args:
        components: The present status of each component on the page.
        impacts: The impacts of the incidents that are open.
        at_work: Whether a maintenance is running.
    """
    indicator, description = _of_components(components)
    for impact in impacts:
        if impact in _OF_IMPACT and IMPACT_RANK[impact] > IMPACT_RANK[indicator]:
            indicator, description = impact, _OF_IMPACT[impact]
    if indicator is Impact.NONE and description == ALL_OPERATIONAL and at_work:
        description = MAINTENANCE
    return indicator, description


def _of_components(statuses: Collection[ComponentStatus]) -> tuple[Impact, str]:
    count = len(statuses)
    down = sum(status is ComponentStatus.MAJOR_OUTAGE for status in statuses)
    partly = sum(status is ComponentStatus.PARTIAL_OUTAGE for status in statuses)
    degraded = sum(status is ComponentStatus.DEGRADED_PERFORMANCE for status in statuses)
    maintained = sum(status is ComponentStatus.UNDER_MAINTENANCE for status in statuses)
    table = (
        (down and down == count, (Impact.CRITICAL, MAJOR)),
        (down, (Impact.MAJOR, PARTIAL)),
        (partly and partly == count, (Impact.MAJOR, PARTIAL)),
        (partly, (Impact.MINOR, MINOR)),
        (degraded and degraded == count, (Impact.MINOR, DEGRADED)),
        (degraded, (Impact.MINOR, PARTLY_DEGRADED)),
        (maintained, (Impact.NONE, MAINTENANCE)),
    )
    return next((verdict for holds, verdict in table if holds), (Impact.NONE, ALL_OPERATIONAL))
