"""The words of states, as Atlassian Statuspage writes them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class ComponentStatus(StrEnum):
    """How a component works at a moment, from best to worst."""

    OPERATIONAL = "operational"
    UNDER_MAINTENANCE = "under_maintenance"
    DEGRADED_PERFORMANCE = "degraded_performance"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"


class Impact(StrEnum):
    """What users notice of an incident; `maintenance` is planned work."""

    NONE = "none"
    MAINTENANCE = "maintenance"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Status(StrEnum):
    """How far an incident or a maintenance has come."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    POSTMORTEM = "postmortem"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    VERIFYING = "verifying"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What an incident folder tells of: something unplanned, or planned work."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


INCIDENT_STATUSES: Final = (
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.MONITORING,
    Status.RESOLVED,
    Status.POSTMORTEM,
)
MAINTENANCE_STATUSES: Final = (
    Status.SCHEDULED,
    Status.IN_PROGRESS,
    Status.VERIFYING,
    Status.COMPLETED,
    Status.CANCELLED,
)
CLOSED: Final = frozenset({Status.RESOLVED, Status.POSTMORTEM, Status.COMPLETED, Status.CANCELLED})

COMPONENT_RANK: Final = {status: rank for rank, status in enumerate(ComponentStatus)}
IMPACT_RANK: Final = {impact: rank for rank, impact in enumerate(Impact)}
IMPACT_OF: Final = {
    ComponentStatus.OPERATIONAL: Impact.NONE,
    ComponentStatus.UNDER_MAINTENANCE: Impact.MAINTENANCE,
    ComponentStatus.DEGRADED_PERFORMANCE: Impact.MINOR,
    ComponentStatus.PARTIAL_OUTAGE: Impact.MAJOR,
    ComponentStatus.MAJOR_OUTAGE: Impact.CRITICAL,
}


def worst(statuses: Iterable[ComponentStatus]) -> ComponentStatus:
    """Return the worst of the statuses; `operational` where there are none."""
    return max(statuses, key=COMPONENT_RANK.__getitem__, default=ComponentStatus.OPERATIONAL)


class Statistic(StrEnum):
    """How the readings of one span of time become one value."""

    MEAN = "mean"
    MAX = "max"
    MIN = "min"
    SUM = "sum"
