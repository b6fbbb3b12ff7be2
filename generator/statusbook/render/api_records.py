"""The objects of Statuspage's API v2: their keys, in the order in which clients see them.

A timestamp is text with three decimals and a zone, as `timestamp` writes it.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from msgspec import Struct

from statusbook.model.words import ComponentStatus, Impact, Status


def timestamp(at: datetime, here: tzinfo) -> str:
    """Write a moment as Statuspage does: `Z` on pages in UTC, elsewhere the zone's offset."""
    text = at.astimezone(here).isoformat(timespec="milliseconds")
    return text[:-6] + "Z" if here is UTC else text


class ApiPage(Struct, frozen=True):
    """The page itself; stands first in every file."""

    id: str
    name: str
    url: str
    time_zone: str
    updated_at: str


class ApiStatus(Struct, frozen=True):
    """The page in one word and in one sentence."""

    indicator: Impact
    description: str


class ApiComponent(Struct, frozen=True):
    """A component; `position` counts from 1 inside its group or on the top level."""

    id: str
    name: str
    status: ComponentStatus
    created_at: str
    updated_at: str
    position: int
    description: str | None
    showcase: bool
    start_date: str | None
    group_id: str | None
    page_id: str
    group: bool
    only_show_if_degraded: bool


class ApiGroup(ApiComponent, frozen=True):
    """A group: a component with the ids of its members."""

    components: list[str]


class ApiAffected(Struct, frozen=True):
    """What an update did to a component; `code` is the component's id."""

    code: str
    name: str
    old_status: ComponentStatus
    new_status: ComponentStatus


class ApiUpdate(Struct, frozen=True):
    """One update; `body` is plain text."""

    id: str
    status: Status
    body: str
    incident_id: str
    created_at: str
    updated_at: str
    display_at: str
    affected_components: list[ApiAffected] | None
    deliver_notifications: bool = True
    custom_tweet: str | None = None
    tweet_id: str | None = None


class ApiIncident(Struct, frozen=True):
    """An incident, its updates newest first."""

    id: str
    name: str
    status: Status
    created_at: str
    updated_at: str
    monitoring_at: str | None
    resolved_at: str | None
    impact: Impact
    shortlink: str
    started_at: str
    page_id: str
    incident_updates: list[ApiUpdate]
    components: list[ApiComponent]


class ApiMaintenance(ApiIncident, frozen=True):
    """A maintenance: an incident with a window."""

    scheduled_for: str
    scheduled_until: str
