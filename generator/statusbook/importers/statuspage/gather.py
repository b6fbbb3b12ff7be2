"""Files of Atlassian Statuspage, as its API v2 and its history feed give them -> our records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import urlsplit

import msgspec
from msgspec import Raw

from statusbook.importers.foreign import UnusableError, read_bytes, walk
from statusbook.importers.report import Account, Ending, Entry
from statusbook.importers.slug import incident_id
from statusbook.importers.statuspage import records as source
from statusbook.importers.statuspage.components import Registry
from statusbook.importers.statuspage.feed import Feed, read_feed
from statusbook.importers.statuspage.incident import imported_incident
from statusbook.importers.write import Imported, ImportedIncident
from statusbook.model.plan import StatusPage
from statusbook.model.zone import zone
from statusbook.read.names import is_incident_id, is_reserved

MOST: Final = 64 * 1024 * 1024
"""Bytes of one file; a whole history of a large page has a tenth of that."""

T = TypeVar("T")


def read_statuspage(paths: Sequence[Path], account: Account) -> Imported:
    """Read saved answers of the API and saved `history.atom` files, in any number and order.

    Folders are read with all below them. Where an incident is in several files, the newest copy
    counts, and a full one of the API more than one of a feed, which is minute by minute only.
    """
    gathered = _Gathered(account)
    for path in _files(paths, account):
        account.saw(str(path))
        try:
            gathered.read(path)
        except UnusableError as error:
            account.leave_out(str(path), str(error), error.line)
    return gathered.imported()


def _files(paths: Iterable[Path], account: Account) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from walk(path)
        elif path.exists() or path.is_symlink():
            yield path
        else:
            account.leave_out(str(path), "does not exist")


class _Gathered:
    """What the files read so far hold."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.page: source.Page | None = None
        self.registry = Registry()
        self.incidents: dict[str, tuple[source.Incident, str]] = {}
        self.feeds: list[Feed] = []

    def read(self, path: Path) -> None:
        raw = read_bytes(path, MOST)
        if path.suffix in {".atom", ".xml"} or raw.lstrip()[:1] == b"<":
            self.feeds.append(read_feed(raw, str(path), self.account))
            return
        if path.suffix != ".json" and raw.lstrip()[:1] not in {b"{", b"["}:
            raise UnusableError("is neither JSON nor Atom: nothing of Statuspage's")
        file = _decoded(b'{"incidents":%b}' % raw if raw.lstrip()[:1] == b"[" else raw, source.File)
        incidents = [*file.incidents, *file.scheduled_maintenances]
        incidents += [file.incident] if bytes(file.incident) else []
        if not incidents and not file.components and not (file.page and bytes(file.status)):
            raise UnusableError("holds no incidents and no components of Statuspage's API v2")
        if file.page is not None:
            self._take_page(file.page, str(path))
        for component in _each(file.components, source.Component, str(path), self.account):
            self.registry.add(component, listed=True)
        if file.components:
            self.account.ends(Entry(str(path), Ending.PLAN))
        for incident in _each(incidents, source.Incident, str(path), self.account):
            self._take_incident(incident, str(path))

    def _take_page(self, page: source.Page, path: str) -> None:
        if self.page is None:
            self.page = page
        elif self.page.id != page.id:
            self.account.warn(path, f'is of another page ("{page.name}"): kept with the first one')

    def _take_incident(self, incident: source.Incident, path: str) -> None:
        if not any(update.at for update in incident.updates):
            self.account.leave_out(path, f'"{incident.name}" ({incident.id}) has no update')
            return
        known = self.incidents.get(incident.id)
        if known is not None:
            newer = _age(incident) > _age(known[0])
            self.account.ends(Entry(known[1] if newer else path, Ending.OLDER, incident.id))
            if not newer:
                return
        self.incidents[incident.id] = (incident, path)

    def imported(self) -> Imported:
        """Put everything together; incidents oldest first."""
        ordered = sorted(
            self.incidents.values(), key=lambda found: (_started(found[0]), found[0].id)
        )
        for incident, _ in ordered:
            self.registry.add_from(incident)
        names: dict[str, str] = {}
        incidents: list[ImportedIncident] = []
        for incident, path in ordered:
            name = incident.id
            if not is_incident_id(name) or is_reserved(name) or name in names:
                name = incident_id(name, names)
                self.account.warn(path, f'the id "{incident.id}" became "{name}"')
            names[name] = path
            incidents.append(imported_incident(incident, name, path, self.registry, self.account))
        for feed in self.feeds:
            self.account.saw(feed.source)
            for told in feed.incidents:
                if told.id in names:
                    self.account.ends(Entry(feed.source, Ending.OLDER, told.id))
        return Imported(
            _page(self.page, self._newest_feed(), self.account),
            self.registry.groups(),
            self.registry.components(),
            [*incidents, *self._from_feeds(names)],
        )

    def _newest_feed(self) -> Feed | None:
        told = (feed for feed in self.feeds if feed.incidents)  # else it may be of anything
        return max(told, key=lambda feed: feed.updated, default=None)

    def _from_feeds(self, names: dict[str, str]) -> Iterator[ImportedIncident]:
        """Yield what only feeds tell of, each incident from the newest feed that has it."""
        newest: dict[str, ImportedIncident] = {}
        for feed in sorted(self.feeds, key=lambda feed: feed.updated):
            for told in feed.incidents:
                if told.id in names:
                    continue
                if told.id in newest:
                    older = newest[told.id].source
                    self.account.ends(Entry(older, Ending.OLDER, told.id))
                newest[told.id] = told
        yield from newest.values()


def _decoded(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError as error:
        raise UnusableError(f"is not of Statuspage's API v2: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnusableError(f"is not readable as JSON: {error}") from error
    except RecursionError as error:
        raise UnusableError("is nested too deep") from error


def _each(raws: Iterable[Raw], kind: type[T], path: str, account: Account) -> Iterator[T]:
    """Decode records one by one: a bad one costs no other."""
    for number, raw in enumerate(raws, 1):
        try:
            yield _decoded(bytes(raw), kind)
        except UnusableError as error:
            account.leave_out(path, f"{_name_of(raw) or f'record {number}'} {error}")


def _name_of(raw: Raw) -> str:
    """Return the title and the id of a record that is not as it should be; empty without them."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    if not isinstance(found, dict):
        return ""
    code, title = (found.get(key) for key in ("id", "name"))
    named = f'"{title}" ' if isinstance(title, str) else ""
    named += f"({code})" if isinstance(code, str) else ""
    return "".join(filter(str.isprintable, named.strip()))[:200]


def _age(incident: source.Incident) -> datetime:
    times = [update.at for update in incident.updates if update.at]
    return incident.updated_at or max(times)


def _started(incident: source.Incident) -> datetime:
    return min(update.at for update in incident.updates if update.at)


def _page(page: source.Page | None, feed: Feed | None, account: Account) -> StatusPage | None:
    if page is None and feed is None:
        return None
    title = page.name if page else feed.title if feed else ""
    url = (page.url if page else feed.url if feed else "").rstrip("/")
    host = urlsplit(url).hostname or "status.example.com"
    updated = page.updated_at if page else feed.updated if feed else None
    time_zone = page.time_zone if page else "Etc/UTC"
    try:
        zone(time_zone)
    except (LookupError, ValueError, OSError):
        account.warn("page", f'the time zone "{time_zone}" is not known: Etc/UTC is used')
        time_zone = "Etc/UTC"
    return StatusPage(
        title=title or host,
        url=url if urlsplit(url).scheme in {"https", "http"} else f"https://{host}",
        feed_id=f"tag:{host},{updated.year if updated else 2000}:status",
        api_id=page.id if page else None,
        time_zone=time_zone,
    )
