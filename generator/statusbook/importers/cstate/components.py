"""The systems of a cState site, and those that only issues name -> our groups and components."""

from __future__ import annotations

from datetime import date, datetime

from statusbook.importers.cstate.config import Site
from statusbook.importers.cstate.issue import Issue
from statusbook.importers.report import Account
from statusbook.importers.slug import component_id
from statusbook.model.parts import Group
from statusbook.model.plan import Component


class Systems:
    """The systems by their names; a name that the site does not know is a retired component."""

    def __init__(self, site: Site) -> None:
        """Give ids to the systems that the site has, and then to its categories."""
        self._site = site
        self._ids: dict[str, str] = {}
        self._groups: dict[str, str] = {}
        self._retired: dict[str, date] = {}
        for system in site.systems:
            if system.name not in self._ids:
                self._ids[system.name] = self._new_id(system.title)
        self._folded = {name.casefold(): name for name in self._ids}
        for category in site.categories:
            if not category.untitled and category.name not in self._groups:
                self._groups[category.name] = self._new_id(category.name)

    def ids_of(self, issue: Issue, last: datetime, account: Account) -> list[str]:
        """Return the components that an issue names, each once; `last` is its newest time."""
        ids: dict[str, None] = {}
        for written, line in issue.affected:
            for name in self._names(written, issue.source, line, account):
                ids[self._id_of(name, last)] = None
        return list(ids)

    def groups(self) -> list[Group]:
        """Return the categories that have a title and a system."""
        used = {system.category for system in self._site.systems}
        return [
            Group(
                id=self._groups[category.name],
                name=category.name,
                description=category.description,
            )
            for category in self._site.categories
            if category.name in self._groups and category.name in used
        ]

    def components(self) -> list[Component]:
        """Return the systems in the order of the page, then the retired ones."""
        found = {
            system.name: Component(
                id=self._ids[system.name],
                name=system.title,
                group=self._groups.get(system.category),
                description=system.description,
            )
            for system in self._site.systems
        }
        gone = [
            Component(id=self._ids[name], name=name, retired=self._retired[name])
            for name in self.gone()
        ]
        return [*found.values(), *gone]

    def gone(self) -> list[str]:
        """Return the names that only issues hold, in the order of the alphabet."""
        return sorted(self._retired, key=lambda name: (name.casefold(), name))

    def _names(self, written: str, source: str, line: int, account: Account) -> list[str]:
        """Read one entry of `affected`: a name, in any case, or several with commas between."""
        if written in self._ids:
            return [written]
        if known := self._folded.get(written.casefold()):
            account.warn(source, f'"{written}" is taken for the system "{known}"', line)
            return [known]
        parts = [part.strip() for part in written.split(",")]
        known_parts = [self._folded.get(part.casefold()) for part in parts if part]
        if len(parts) > 1 and all(known_parts):
            account.warn(source, f'"{written}" is taken for {len(known_parts)} systems', line)
            return [name for name in known_parts if name]
        return [written]

    def _id_of(self, name: str, last: datetime) -> str:
        if name not in self._ids:
            self._ids[name] = self._new_id(name)
            self._folded[name.casefold()] = name
            self._retired[name] = last.date()
        elif name in self._retired:
            self._retired[name] = max(self._retired[name], last.date())
        return self._ids[name]

    def _new_id(self, name: str) -> str:
        return component_id(name, {*self._ids.values(), *self._groups.values()})
