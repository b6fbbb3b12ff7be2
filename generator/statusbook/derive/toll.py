"""An incident's outages -> how long it hit each component and how badly, and how long anybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from statusbook.derive.facts import IncidentFacts, Outage
from statusbook.model.words import COMPONENT_RANK, ComponentStatus


class Toll(NamedTuple):
    """What one component suffered.

    `since` is when its present status began, and which that is; None where it works again.
    `lengths` is how long it was in each status before that, the worst first.
    """

    component: str
    since: tuple[ComponentStatus, datetime] | None
    lengths: tuple[tuple[ComponentStatus, timedelta], ...]


def tolls(facts: IncidentFacts) -> list[Toll]:
    """Tell what each component suffered, in the order of first mention; others are left out."""
    by_component: dict[str, list[Outage]] = {name: [] for name in facts.components}
    for outage in facts.outages:
        by_component.setdefault(outage.component, []).append(outage)
    return [_toll(name, outages) for name, outages in by_component.items() if outages]


def _toll(component: str, outages: Iterable[Outage]) -> Toll:
    since = None
    lengths: dict[ComponentStatus, timedelta] = {}
    for outage in outages:
        if outage.end is None:
            since = outage.status, outage.start
        else:
            lasted = outage.end - outage.start
            lengths[outage.status] = lengths.get(outage.status, timedelta()) + lasted
    worst_first = sorted(lengths, key=COMPONENT_RANK.__getitem__, reverse=True)
    return Toll(component, since, tuple((status, lengths[status]) for status in worst_first))


def time_hit(facts: IncidentFacts) -> timedelta | None:
    """Return how long at least one component was hit; None where one still is.

    An incident that was closed too early and reopened lasts longer than that.
    """
    total = timedelta()
    reached: datetime | None = None
    for outage in sorted(facts.outages, key=lambda one: one.start):
        if outage.end is None:
            return None
        begin = outage.start if reached is None else max(outage.start, reached)
        if outage.end > begin:
            total += outage.end - begin
            reached = outage.end
    return total
