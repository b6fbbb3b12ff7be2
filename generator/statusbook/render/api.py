"""The public site -> the files of Statuspage's API v2, for the clients that people have.

What these files promise, and where they differ from Statuspage's, is written in docs/output.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache, partial
from itertools import islice
from typing import Any

import msgspec

from statusbook.derive.facts import IncidentFacts
from statusbook.model.words import Kind
from statusbook.render.api_components import Desk, desk_of, page_row
from statusbook.render.api_incidents import components_left, components_now, incident_row
from statusbook.render.api_records import ApiIncident, ApiStatus
from statusbook.render.page import Page, Rank, page_key
from statusbook.render.view import View, incident_key

NEWEST = 50
"""How many incidents, and how many maintenances, the lists of all of them hold."""

_ROOT = "api/v2"


def api_pages(view: View) -> Iterator[Page]:
    """Yield every file of the API: one for each incident and maintenance, then the eight lists."""
    facts = view.facts
    desk = cache(partial(desk_of, view))  # made by the first page that is rendered, if any is
    for each in facts.incidents:
        yield _incident_page(view, desk, each)
    incidents = _newest(facts.incidents, Kind.INCIDENT)
    unresolved = [each for each in facts.incidents if each.open and each.kind is Kind.INCIDENT]
    maintenances = _newest(facts.incidents, Kind.MAINTENANCE)
    planned = (*facts.running, *facts.upcoming)
    page = partial(_list_page, view, desk)
    yield page("summary", components=True, incidents=unresolved, maintenances=planned, status=True)
    yield page("status", status=True)
    yield page("components", components=True)
    yield page("incidents", incidents=incidents)
    yield page("incidents/unresolved", incidents=unresolved)
    yield page("scheduled-maintenances", maintenances=maintenances)
    yield page("scheduled-maintenances/upcoming", maintenances=facts.upcoming)
    yield page("scheduled-maintenances/active", maintenances=facts.running)


def _newest(incidents: Iterable[IncidentFacts], kind: Kind) -> list[IncidentFacts]:
    return list(islice((facts for facts in incidents if facts.kind is kind), NEWEST))


def _incident_page(view: View, desk: Callable[[], Desk], facts: IncidentFacts) -> Page:
    """Make the file of one incident.

    Once it is closed, nothing in the file depends on anything but the incident: neither the page's
    `updated_at` nor the status of its components. Else one update would change 10,000 files.
    """
    key = f"{view.key}/{incident_key(facts)}"
    if facts.open:
        key = page_key(key, *_states(view, facts.components))

    def render() -> bytes:
        components = components_now if facts.open else components_left
        row = incident_row(desk(), view.timeline(facts), components(desk(), facts))
        return _json({"page": page_row(desk(), facts.updated), "incident": row})

    return Page(f"{_ROOT}/incidents/{facts.id}.json", key, Rank.API, render, facts.id)


def _list_page(
    view: View,
    desk: Callable[[], Desk],
    name: str,
    *,
    components: bool = False,
    incidents: Sequence[IncidentFacts] | None = None,
    maintenances: Sequence[IncidentFacts] | None = None,
    status: bool = False,
) -> Page:
    """Make a file that holds the page and the lists asked for, in Statuspage's order."""
    told = [*(incidents or ()), *(maintenances or ())]
    shown = view.facts.components if components else _touched(told)
    key = page_key(
        view.key,
        _when(view.facts.updated),
        *(incident_key(facts) for facts in told),
        *_states(view, shown),
        *((view.facts.indicator, view.facts.description) if status else ()),
    )

    def render() -> bytes:
        lists: dict[str, Any] = {"page": page_row(desk(), view.facts.updated)}
        if components:
            lists["components"] = desk().listed
        if incidents is not None:
            lists["incidents"] = _rows(view, desk(), incidents)
        if maintenances is not None:
            lists["scheduled_maintenances"] = _rows(view, desk(), maintenances)
        if status:
            lists["status"] = ApiStatus(view.facts.indicator, view.facts.description)
        return _json(lists)

    return Page(f"{_ROOT}/{name}.json", key, Rank.API, render)


def _rows(view: View, desk: Desk, incidents: Iterable[IncidentFacts]) -> list[ApiIncident]:
    return [
        incident_row(desk, view.timeline(facts), components_now(desk, facts)) for facts in incidents
    ]


def _touched(incidents: Iterable[IncidentFacts]) -> set[str]:
    return {name for facts in incidents for name in facts.components}


def _states(view: View, names: Iterable[str]) -> Iterator[str]:
    """Name the present state of components, for a key."""
    for name in sorted(view.facts.components.keys() & names):
        component = view.facts.components[name]
        yield f"{name}={component.status}@{_when(component.since)}"


def _when(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _json(top: dict[str, Any]) -> bytes:
    return msgspec.json.encode(top)
