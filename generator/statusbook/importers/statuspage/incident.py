"""An incident of Statuspage -> the files of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from statusbook.importers.foreign import UnusableError, clean
from statusbook.importers.html import markdown_of
from statusbook.importers.report import Account, Ending
from statusbook.importers.statuspage import records as source
from statusbook.importers.statuspage.components import Registry
from statusbook.importers.write import ImportedIncident, ImportedUpdate
from statusbook.model.words import (
    INCIDENT_STATUSES,
    MAINTENANCE_STATUSES,
    ComponentStatus,
    Impact,
    Kind,
)

MAX_TITLE: Final = 300
_NEWER: Final = {"canceled": "cancelled"}
_COMPONENT_STATUSES: Final = frozenset(map(str, ComponentStatus))


def imported_incident(
    incident: source.Incident, name: str, path: str, registry: Registry, account: Account
) -> ImportedIncident:
    """Turn one incident into updates in the order of time; times keep their milliseconds.

    The impact is said by the first update, for Statuspage's own may have been set by hand. A
    component that no update speaks of is named by the first one as operational, so that the
    incident stays tied to it.
    """
    if (incident.postmortem_body or "").strip() and incident.postmortem_published_at is None:
        account.warn(path, f'the post-mortem of "{incident.id}" was never published: left out')
    planned = incident.scheduled_for is not None
    kind = Kind.MAINTENANCE if planned else Kind.INCIDENT
    told = [(update.at.astimezone(UTC), update) for update in incident.updates if update.at]
    if lost := len(incident.updates) - len(told):
        account.warn(path, f'"{incident.id}" has {lost} updates without a time: left out')
    told.reverse()  # they come newest first, and equal times stay in that order
    told.sort(key=lambda pair: pair[0])
    updates = [
        ImportedUpdate(
            f"{number}-{_status(update, kind, path, account).replace('_', '-')}",
            _fields(at, update, kind, path, registry, account),
            markdown_of(clean_text(update.body, path, account)),
        )
        for number, (at, update) in enumerate(told, 1)
    ]
    first = _first_fields(incident, told[0][0], kind, path, account)
    components = dict.fromkeys(
        (registry.id_of(one.id) for one in incident.components), ComponentStatus.OPERATIONAL
    )
    for update in updates:
        for component in update.fields.get("components", {}):  # type: ignore[attr-defined]
            components.pop(component, None)
    said = {**components, **updates[0].fields.get("components", {})}  # type: ignore[dict-item]
    fields = {**first, **updates[0].fields, **({"components": said} if said else {})}
    updates[0] = updates[0]._replace(fields=fields)
    ending = Ending.MAINTENANCE if planned else Ending.INCIDENT
    year = f"{told[0][0]:%Y}"
    return ImportedIncident(name, year, updates, path, ending, f"/incidents/{incident.id}")


def clean_text(text: str, path: str, account: Account) -> str:
    """Take out characters that no page may hold, and tell so."""
    try:
        found = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
    except UnusableError as error:
        account.warn(path, f"a text {error}: it is left empty")
        return ""
    for removed in found.removed:
        account.warn(path, f"{removed} was taken out of a text")
    return found.text


def clean_title(text: str, path: str, account: Account) -> str:
    """Make one short line of a title."""
    title = " ".join(clean_text(text, path, account).split()) or "Untitled"
    if len(title) > MAX_TITLE:
        account.warn(path, f"the title is longer than {MAX_TITLE} characters: cut")
        title = title[: MAX_TITLE - 1].rstrip() + "…"
    return title


def _first_fields(
    incident: source.Incident, at: datetime, kind: Kind, path: str, account: Account
) -> dict[str, object]:
    fields: dict[str, object] = {"title": clean_title(incident.name, path, account)}
    impact = incident.impact
    if impact == Impact.MAINTENANCE:
        if kind is Kind.INCIDENT:
            account.warn(path, "the impact `maintenance` of an incident is left out")
    elif impact in set(Impact):
        fields["impact"] = impact
    if incident.scheduled_for is not None:
        start = incident.scheduled_for.astimezone(UTC)
        until = (incident.scheduled_until or incident.scheduled_for).astimezone(UTC)
        if until <= start:
            account.warn(path, "the planned window ends before it begins: it lasts a minute here")
            until = start.replace(second=0) if start.second else start
            until = datetime.fromtimestamp(start.timestamp() + 60, UTC)
        fields["scheduled"] = {"from": start, "until": until}
    elif incident.started_at is not None:
        started = incident.started_at.astimezone(UTC)
        if started < at:
            fields["started"] = started
        elif started > at:
            account.warn(path, "started after its first update: the update counts")
    return fields


def _status(update: source.Update, kind: Kind, path: str, account: Account) -> str:
    status = _NEWER.get(update.status, update.status)
    fitting = MAINTENANCE_STATUSES if kind is Kind.MAINTENANCE else INCIDENT_STATUSES
    if status in set(fitting):
        return status
    account.warn(
        path, f'the status "{update.status}" does not fit: the update keeps the one before'
    )
    return "update"


def _fields(
    at: datetime,
    update: source.Update,
    kind: Kind,
    path: str,
    registry: Registry,
    account: Account,
) -> dict[str, object]:
    status = _status(update, kind, path, Account())
    fields: dict[str, object] = {} if status == "update" else {"status": status}
    fields["at"] = at
    components = {}
    for one in update.affected_components or ():
        if one.new_status in _COMPONENT_STATUSES:
            components[registry.id_of(one.code)] = one.new_status
        else:
            account.warn(path, f'the component status "{one.new_status}" is not known: left out')
    if components:
        fields["components"] = components
    return fields
