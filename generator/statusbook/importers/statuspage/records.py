"""The shapes of Statuspage's API v2 that an import reads; what else is in a file is passed over."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Raw, Struct

from statusbook.model.words import Status


class Page(Struct):
    """The page that a file is of."""

    id: str
    name: str
    url: str = ""
    time_zone: str = "Etc/UTC"
    updated_at: datetime | None = None


class Component(Struct):
    """A component, or with `group` a group of them."""

    id: str
    name: str
    description: str | None = None
    position: int | None = None
    showcase: bool = True
    start_date: date | None = None
    group_id: str | None = None
    group: bool = False
    only_show_if_degraded: bool = False
    components: list[str] = []


class Affected(Struct):
    """What an update did to a component; `code` is the component's id."""

    code: str
    name: str
    new_status: str


class Update(Struct):
    """One update of an incident."""

    status: str
    body: str = ""
    created_at: datetime | None = None
    display_at: datetime | None = None
    affected_components: list[Affected] | None = None

    @property
    def at(self) -> datetime | None:
        """The time that readers saw."""
        return self.display_at or self.created_at


class Incident(Struct):
    """An incident, or with `scheduled_for` a maintenance."""

    id: str
    name: str
    status: str
    incident_updates: list[Update] | None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    started_at: datetime | None = None
    impact: str | None = None
    components: list[Component] = []
    scheduled_for: datetime | None = None
    scheduled_until: datetime | None = None
    postmortem_body: str | None = None
    postmortem_published_at: datetime | None = None

    @property
    def updates(self) -> list[Update]:
        """Its updates, newest first; a published post-mortem is the newest of them."""
        told = self.incident_updates or []
        body, at = (self.postmortem_body or "").strip(), self.postmortem_published_at
        if not body or at is None or any(update.status == Status.POSTMORTEM for update in told):
            return told
        return [Update(status=Status.POSTMORTEM, body=body, display_at=at), *told]


class File(Struct):
    """An answer of the API: which of the parts are there depends on what was asked."""

    page: Page | None = None
    incident: Raw = Raw()
    incidents: list[Raw] = []
    scheduled_maintenances: list[Raw] = []
    components: list[Raw] = []
    status: Raw = Raw()
