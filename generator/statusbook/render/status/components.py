"""Components -> their rows and groups on the index, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.msgpack import encode
from msgspec.structs import replace

from statusbook.derive.facts import ComponentFacts, IncidentFacts, SiteFacts
from statusbook.model.words import ComponentStatus
from statusbook.render.status.edition import Edition
from statusbook.render.status.metrics import metric_parts, metrics_of
from statusbook.render.status.parts.bars import (
    Bars,
    Stretch,
    bars,
    hundredths,
    look,
    settled_days,
    stretches,
    uptime_rule,
    uptime_text,
)
from statusbook.render.status.parts.descriptions import describe_component
from statusbook.render.status.parts.lines import incident_line
from statusbook.render.status.parts.pieces import Phrase, Piece, State, day, listed, phrase
from statusbook.render.status.parts.spans import Shown, Variants
from statusbook.render.status.parts.standing import standing, standing_since
from statusbook.render.words import Words

INDEX = "./"
NEWEST = 100
"""So many incidents a component's page lists; the history has all."""
MOST_ROWS = 8
"""So many rows of its days a component has on the index; its page has all."""
FEW = 12
"""A page with no more components than these shows all its groups open."""


class DayRow(Struct, frozen=True):
    """A line of the table of days: one day, or quiet days together; `id` is the anchor."""

    id: str
    days: str
    state: State
    incidents: Phrase


class DayTable(Struct, frozen=True):
    """The days of a component, newest first; `more` leads to those that are left out."""

    heads: tuple[str, ...]
    rows: tuple[DayRow, ...]
    more: Piece | None = None


class ComponentRow(Struct, frozen=True):
    """A component on the index; `bars` is None where its uptime is not shown.

    `days` is None too where all of them were quiet.
    """

    id: str
    heading: str
    name: Piece
    href: str
    description: Piece
    state: Shown | Variants
    since: Shown | Variants
    uptime: str
    bars: Bars | None
    days: DayTable | None


class GroupRow(Struct, frozen=True):
    """A group of components and groups, with the worst status inside."""

    heading: str
    name: Piece
    description: Piece
    state: Shown | Variants
    open: bool
    components: tuple[ComponentRow, ...]
    groups: tuple[GroupRow, ...]


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
    feed = f"{edition.address}components/{component.id}/updates"
    notes = []
    if component.retired is not None:
        left = day(words, component.retired)
        notes.append(phrase(words, "This component left the page on {day}.", day=left))
    return edition.page(
        "component.html.j2",
        path,
        edition.name(component).text,
        description=describe_component(edition, component),
        component=_component_row(edition, facts),
        notes=notes,
        metrics=metric_parts(edition, metrics_of(edition.view, component.id), home),
        is_retired=component.retired is not None,
        days=_day_table(edition, _newest_first(words, facts), home),
        uptime=uptime_rule(words),
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


def incidents_of_days(facts: ComponentFacts) -> list[str]:
    """Return the incidents that a table of the component's days names, sorted."""
    return sorted({incident for day in facts.days for incident in day.incidents})


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
    return ComponentRow(
        id=component.id,
        heading=_heading(level),
        name=edition.name(component),
        href=f"components/{component.id}/",
        description=edition.description(component),
        state=standing(edition, [component.id]),
        since=standing_since(edition, facts),
        uptime=uptime_text(words, facts) if component.showcase else "",
        bars=bars(words, facts) if component.showcase else None,
        days=_loud_days(edition, facts) if component.showcase else None,
    )


def _loud_days(edition: Edition, facts: ComponentFacts) -> DayTable | None:
    """Show the newest days of a component on the index; None where all was calm."""
    told = _newest_first(edition.words, facts)
    if all(stretch.is_quiet for stretch in told):
        return None
    table = _day_table(edition, told[:MOST_ROWS], INDEX)
    if len(told) <= MOST_ROWS:
        return table
    href = f"{INDEX}components/{facts.component.id}/#_days"
    return replace(table, more=Piece(edition.words.gettext("All days"), href=href))


def _day_table(edition: Edition, told: Iterable[Stretch], home: str) -> DayTable:
    words = edition.words
    return DayTable(
        heads=(words.gettext("Day"), words.gettext("Status")),
        rows=tuple(_day_row(edition, stretch, home) for stretch in told),
    )


def _newest_first(words: Words, facts: ComponentFacts) -> list[Stretch]:
    return list(stretches(words, facts))[::-1]


def _heading(level: int) -> str:
    return f"h{min(level, 6)}"


def _ids(groups: Iterable[GroupRow]) -> list[str]:
    """Return the ids of all components in some groups."""
    return [
        name
        for group in groups
        for name in (*(row.id for row in group.components), *_ids(group.groups))
    ]


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
    names = [*(facts.component.id for facts in inside), *_ids(nested)]
    statuses = {edition.view.facts.components[name].status for name in names}
    is_calm = statuses == {ComponentStatus.OPERATIONAL}
    return GroupRow(
        heading=_heading(level),
        name=edition.name(group),
        description=edition.description(group),
        state=standing(edition, names),
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
        id=stretch.days[-1].day.isoformat(),
        days=edition.words.days(stretch.days[0].day, stretch.days[-1].day),
        state=State(look(stretch.status), Piece(stretch.text)),
        incidents=listed(links),
    )
