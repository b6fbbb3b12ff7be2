"""Timelines -> the API's incidents and maintenances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import asdict, replace

from statusbook.derive.facts import Change, Entry, IncidentFacts, Timeline
from statusbook.model.words import Kind, Status
from statusbook.render.api_components import Desk
from statusbook.render.api_records import (
    ApiAffected,
    ApiComponent,
    ApiIncident,
    ApiMaintenance,
    ApiUpdate,
    timestamp,
)
from statusbook.render.markdown import text_of
from statusbook.render.status.parts.labels import (
    AUTOMATIC_TEXTS,
    WORKAROUND,
    WORKAROUND_ENDED,
    entry_label,
)


def components_now(desk: Desk, facts: IncidentFacts) -> list[ApiComponent]:
    """Return an incident's components with their present status, in the order of the page."""
    return [row for name, row in desk.components.items() if name in facts.components]


def components_left(desk: Desk, facts: IncidentFacts) -> list[ApiComponent]:
    """Return a closed incident's components as it left them, in the order of the page."""
    left = timestamp(facts.resolved_at or facts.updated, desk.here)
    return [
        replace(row, status=facts.components[name], updated_at=left)
        for name, row in desk.components.items()
        if name in facts.components
    ]


def incident_row(desk: Desk, timeline: Timeline, components: list[ApiComponent]) -> ApiIncident:
    """Tell an incident; a maintenance has its window besides."""
    facts, here = timeline.facts, desk.here

    def moment(at: datetime | None) -> str | None:
        return timestamp(at, here) if at else None

    planned = facts.kind is Kind.MAINTENANCE
    incident = ApiIncident(
        id=facts.id,
        name=facts.title,
        status=_status(facts.status),
        created_at=timestamp(facts.created, here),
        updated_at=timestamp(facts.updated, here),
        monitoring_at=moment(facts.monitoring_at),
        resolved_at=moment(facts.resolved_at),
        impact=facts.impact,
        shortlink=f"{desk.site.url}/incidents/{facts.id}",
        # Statuspage counts a maintenance from its announcement; its window has keys of its own
        started_at=timestamp(facts.created if planned else facts.started, here),
        page_id=desk.site.api_id,
        incident_updates=_update_rows(desk, facts.id, timeline.entries),
        components=components,
    )
    if not planned:
        return incident
    begin, end = facts.started, facts.ended or facts.started
    if facts.scheduled is not None:
        begin, end = facts.scheduled.start, facts.scheduled.until
    return ApiMaintenance(
        **asdict(incident),
        scheduled_for=timestamp(begin, here),
        scheduled_until=timestamp(end, here),
    )


def _update_rows(desk: Desk, incident_id: str, entries: Sequence[Entry]) -> list[ApiUpdate]:
    rows = []
    for entry in reversed(entries):
        at = timestamp(entry.at, desk.here)
        rows.append(
            ApiUpdate(
                id=entry.id,
                status=_status(entry.status),
                body=_body(desk, entry),
                incident_id=incident_id,
                created_at=at,
                updated_at=at,
                display_at=at,
                affected_components=_affected(desk, entry.changes),
            )
        )
    return rows


def _affected(desk: Desk, changes: Sequence[Change]) -> list[ApiAffected] | None:
    return [
        ApiAffected(code=row.id, name=row.name, old_status=change.old, new_status=change.new)
        for change in changes
        if (row := desk.components.get(change.component))  # an old incident may name a lost one
    ] or None


def _body(desk: Desk, entry: Entry) -> str:
    """Return the update's text; what clients have no status for stands before it."""
    if entry.automatic:
        return desk.words.gettext(AUTOMATIC_TEXTS[entry.status])
    text = _text(desk, entry) if entry.retracted is None else entry.retracted
    if entry.retracted is None and entry.status is not Status.CANCELLED:
        return text
    label = desk.words.gettext(entry_label(entry))
    return f"{label}: {text}" if text else label


def _text(desk: Desk, entry: Entry) -> str:
    """Return what an update says, and below it what readers can do since then."""
    parts = [text_of(entry.body)]
    if entry.workaround == "":
        parts.append(desk.words.gettext(WORKAROUND_ENDED))
    elif entry.workaround is not None:
        label = desk.words.gettext(WORKAROUND)
        parts.append(f"{label}:\n{text_of(entry.workaround)}")
    return "\n\n".join(filter(None, parts))


def _status(status: Status) -> Status:
    """Return the status in the words of Statuspage, which has none for work that was cancelled."""
    return Status.COMPLETED if status is Status.CANCELLED else status
