"""Components of Statuspage, known by codes -> ours, known by names; also those that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from statusbook.importers.foreign import UnusableError, clean
from statusbook.importers.slug import component_id
from statusbook.importers.statuspage import records as source
from statusbook.model.parts import Group
from statusbook.model.plan import Component


class Registry:
    """Every component that any file names; ids are given in the order of first mention."""

    def __init__(self) -> None:
        """Begin empty."""
        self._ids: dict[str, str] = {}
        self._found: dict[str, source.Component] = {}
        self._listed: set[str] = set()
        self._last: dict[str, date] = {}

    def add(self, component: source.Component, *, listed: bool) -> None:
        """Take a component; `listed` says that it stood on the page itself."""
        if component.id not in self._found or listed:
            self._found[component.id] = component
        if listed:
            self._listed.add(component.id)

    def add_from(self, incident: source.Incident) -> None:
        """Take the components that an incident names."""
        for component in incident.components:
            self.add(component, listed=False)
        for update in incident.updates:
            for one in update.affected_components or ():
                # a bare name: the page does not show it any more, or it was never asked for
                self._found.setdefault(one.code, source.Component(id=one.code, name=one.name))
                self._seen(one.code, update.at)
        created = incident.created_at or min(update.at for update in incident.updates if update.at)
        for component in incident.components:
            self._seen(component.id, created)

    def id_of(self, code: str) -> str:
        """Return our id of a component or a group."""
        if code not in self._ids:
            name = self._found[code].name if code in self._found else code
            self._ids[code] = component_id(name, set(self._ids.values()))
        return self._ids[code]

    def groups(self) -> list[Group]:
        """Return the groups in the order of the page."""
        return [
            Group(
                id=self.id_of(group.id),
                name=_plain(group.name),
                description=_plain(group.description or "") or None,
                api_id=group.id,
            )
            for group in self._in_order()
            if group.group
        ]

    def components(self) -> list[Component]:
        """Return the components in the order of the page; those not on it are retired."""
        return [self._component(component) for component in self._in_order() if not component.group]

    def _component(self, component: source.Component) -> Component:
        in_group = component.group_id in self._found
        gone = bool(self._listed) and component.id not in self._listed
        return Component(
            id=self.id_of(component.id),
            name=_plain(component.name),
            group=self.id_of(component.group_id) if component.group_id and in_group else None,
            description=_plain(component.description or "") or None,
            since=component.start_date,
            retired=self._last.get(component.id) if gone or component.position is None else None,
            showcase=component.showcase,
            only_show_if_degraded=component.only_show_if_degraded,
            api_id=component.id,
        )

    def _in_order(self) -> Iterator[source.Component]:
        last = len(self._found) + 1
        yield from sorted(
            self._found.values(),
            key=lambda one: (one.position is None, one.position or last, one.name, one.id),
        )

    def _seen(self, code: str, at: datetime | None) -> None:
        if at is not None:
            self._last[code] = max(self._last.get(code, at.date()), at.date())


def _plain(text: str) -> str:
    """Take out what no page may hold; a name of nothing else becomes empty."""
    try:
        return " ".join(clean(text).text.split())
    except UnusableError:
        return ""
