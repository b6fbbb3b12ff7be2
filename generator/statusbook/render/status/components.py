"""Components -> their rows and groups on the index, and a page for each."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.msgpack import encode

from statusbook.derive.facts import ComponentFacts, IncidentFacts, SiteFacts
from statusbook.model.words import ComponentStatus, worst
from statusbook.render.status.bars import (
    Bars,
    Stretch,
    bars,
    hundredths,
    look,
    settled_days,
    stretches,
    uptime_text,
)
from statusbook.render.status.edition import Edition
from statusbook.render.status.labels import COMPONENT_LABELS
from statusbook.render.status.lines import incident_line
from statusbook.render.status.pieces import Phrase, Piece, State, day, listed, moment, phrase
from statusbook.render.words import Words

NEWEST = 100
"""So many incidents a component's page lists; the history has all."""
FEW = 12
"""A page with no more components than these shows all its groups open."""


class ComponentRow(Struct, frozen=True):
    """A component on the index; `bars` is None where its uptime is not shown."""

    id: str
    heading: str
    name: Piece
    href: str
    description: Piece
    state: State
    since: Phrase
    uptime: str
    bars: Bars | None


class GroupRow(Struct, frozen=True):
    """A group of components and groups, with the worst status inside."""

    heading: str
    name: Piece
    description: Piece
    status: ComponentStatus
    state: State
    open: bool
    components: tuple[ComponentRow, ...]
    groups: tuple[GroupRow, ...]


class DayRow(Struct, frozen=True):
    """A line of the table of days: one day, or quiet days together."""

    days: str
    state: State
    incidents: Phrase


def component_rows(edition: Edition) -> list[ComponentRow]:
    """Show the components that belong to no group."""
    groups = {group.id for group in edition.view.site.groups}
    return [
        _component_row(edition, facts)
        for facts in _shown(edition.view.facts)
        if facts.component.group not in groups
    ]


def group_rows(edition: Edition) -> list[GroupRow]:
    """Show the groups that have anything to show, with what is inside."""
    known = {group.id for group in edition.view.site.groups}
    components = _shown(edition.view.facts)
    return [
        row
        for group in edition.view.site.groups
        if group.group not in known
        and (row := _group_row(edition, group.id, components)) is not None
    ]


def component_page(
    edition: Edition, path: str, facts: ComponentFacts, incidents: Sequence[IncidentFacts]
) -> bytes:
    """Render a component's page.

    Args:
        edition: The language.
        path: The page's path below the edition.
        facts: The component.
        incidents: The newest of those that touched it, newest first.
    """
    words = edition.words
    component = facts.component
    home = "../../"
    days = [_day_row(edition, stretch, home) for stretch in reversed(list(stretches(words, facts)))]
    feed = f"{edition.address}components/{component.id}/updates"
    notes = []
    if component.retired is not None:
        left = day(words, component.retired)
        notes.append(phrase(words, "This component left the page on {day}.", day=left))
    return edition.page(
        "component.html.j2",
        path,
        edition.name(component).text,
        description=edition.description(component).text,
        component=_component_row(edition, facts),
        notes=notes,
        is_retired=component.retired is not None,
        days=days,
        incidents=[incident_line(edition, incident, home) for incident in incidents],
        cut=words.ngettext("The newest {n}.", "The newest {n}.", NEWEST)
        if len(incidents) == NEWEST
        else "",
        feed=feed,
    )


def component_state(facts: ComponentFacts) -> bytes:
    """Return all that a page shows of a component, for its key: a moving uptime as printed."""
    uptime = hundredths(facts.uptime)
    return encode((facts.status, facts.since, uptime, facts.recorded_from, settled_days(facts)))


def _shown(facts: SiteFacts) -> list[ComponentFacts]:
    return [
        component
        for component in facts.components.values()
        if component.component.retired is None
        and not (
            component.component.only_show_if_degraded
            and component.status is ComponentStatus.OPERATIONAL
        )
    ]


def _component_row(edition: Edition, facts: ComponentFacts, level: int = 3) -> ComponentRow:
    words = edition.words
    component = facts.component
    since = Phrase()
    if facts.since is not None and facts.status is not ComponentStatus.OPERATIONAL:
        since = phrase(words, "since {time}", time=moment(words, facts.since))
    return ComponentRow(
        id=component.id,
        heading=_heading(level),
        name=edition.name(component),
        href=f"components/{component.id}/",
        description=edition.description(component),
        state=_state(words, facts.status),
        since=since,
        uptime=uptime_text(words, facts) if component.showcase else "",
        bars=bars(words, facts) if component.showcase else None,
    )


def _heading(level: int) -> str:
    return f"h{min(level, 6)}"


def _state(words: Words, status: ComponentStatus) -> State:
    return State(status, Piece(words.gettext(COMPONENT_LABELS[status])))


def _group_row(
    edition: Edition, group_id: str, components: Sequence[ComponentFacts], level: int = 3
) -> GroupRow | None:
    groups = edition.view.site.groups
    group = next(group for group in groups if group.id == group_id)
    inside = [facts for facts in components if facts.component.group == group_id]
    nested = [
        row
        for other in groups
        if other.group == group_id
        and (row := _group_row(edition, other.id, components, level + 1)) is not None
    ]
    if not inside and not nested:
        return None
    status = worst([*(facts.status for facts in inside), *(row.status for row in nested)])
    is_calm = status is ComponentStatus.OPERATIONAL
    return GroupRow(
        heading=_heading(level),
        name=edition.name(group),
        description=edition.description(group),
        status=status,
        state=_state(edition.words, status),
        open=not is_calm or len(components) <= FEW,
        components=tuple(_component_row(edition, facts, level + 1) for facts in inside),
        groups=tuple(nested),
    )


def _day_row(edition: Edition, stretch: Stretch, home: str) -> DayRow:
    links = (
        edition.title(edition.incidents[incident], f"{home}incidents/{incident}/")
        for incident in stretch.days[0].incidents
    )
    return DayRow(
        days=edition.words.days(stretch.days[0].day, stretch.days[-1].day),
        state=State(look(stretch.status), Piece(stretch.text)),
        incidents=listed(links),
    )
