"""What an importer found -> our files: each incident's folder whole, and nothing overwritten."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from statusbook.importers.report import Account, Ending, Entry
from statusbook.importers.yaml_text import (
    components_text,
    one_line,
    page_text,
    time_text,
    value_text,
)
from statusbook.model.incident import Update
from statusbook.model.parts import Group
from statusbook.model.plan import Component, Components, StatusPage
from statusbook.model.words import Status
from statusbook.problems import StatusbookError
from statusbook.read.faults import Faults
from statusbook.read.guard import MAX_BYTES
from statusbook.read.incident import read_bytes
from statusbook.read.names import update_name, update_order
from statusbook.read.plan import read_components
from statusbook.read.update import read_update

_HALF = "_half-imported-"
"""Begins the name of a folder that is not whole yet; such a folder is a draft to every build."""

_SAME = timedelta(minutes=1)
"""Times of feeds have no seconds: so near to each other two are one."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_ENDS = frozenset({Status.RESOLVED, Status.COMPLETED, Status.CANCELLED})
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})


class ImportedUpdate(NamedTuple):
    """One update: its file's name without the ending, its fields in order, its Markdown."""

    name: str
    fields: Mapping[str, object]
    body: str


class ImportedIncident(NamedTuple):
    """One incident: `year` groups it, `source` and `old_address` are for the report."""

    id: str
    year: str
    updates: Sequence[ImportedUpdate]
    source: str
    ending: Ending = Ending.INCIDENT
    old_address: str = ""


class Imported(NamedTuple):
    """Everything that an importer found; components in the order of the old page."""

    page: StatusPage | None
    groups: Sequence[Group]
    components: Sequence[Component]
    incidents: Sequence[ImportedIncident]

    @property
    def empty(self) -> bool:
        """Whether the importer recognised nothing."""
        return self.page is None and not (self.groups or self.components or self.incidents)


def write_imported(imported: Imported, into: Path, account: Account) -> None:
    """Add what is new to the book at `into`.

    An incident that is there keeps its files; updates that are later than all it has are added.
    Plan files that are there are not touched: what they lack is told in the account.

    Raises:
        StatusbookError: a folder or a file cannot be written.
    """
    try:
        _write_plan(imported, into, account)
        folders = _incidents_there(into)
        for incident in imported.incidents:
            _write_incident(incident, into, folders, account)
    except OSError as error:
        message = f"cannot write {error.filename}: {error.strerror}; import again after mending it"
        raise StatusbookError(message) from error


def _incidents_there(into: Path) -> dict[str, Path]:
    """Find the folders of incidents and drafts by their ids; sweep what a killed import left."""
    there: dict[str, Path] = {}
    for folder, folders, files in os.walk(into / "incidents"):
        for half in [name for name in folders if name.startswith(_HALF)]:
            shutil.rmtree(Path(folder, half))
            folders.remove(half)
        if any(name.endswith(".md") for name in files):
            there[Path(folder).name] = Path(folder)
    return there


def _write_incident(
    incident: ImportedIncident, into: Path, folders: Mapping[str, Path], account: Account
) -> None:
    name = f"_{incident.id}" if incident.ending is Ending.DRAFT else incident.id
    # a draft may have been published since, and an incident may have been made one again
    known = folders.get(name) or folders.get(incident.id) or folders.get(f"_{incident.id}")
    ending = incident.ending
    there = _updates_there(known) if known is not None else []
    if known is not None and _is_another(incident, there):
        place = known.relative_to(into).as_posix()
        account.leave_out(incident.source, f"{place} is another incident: rename one of the two")
        return
    if known is None:
        known = into / "incidents" / incident.year / name
        half = known.with_name(f"{_HALF}{incident.id}")
        half.mkdir(parents=True)
        for update in incident.updates:
            _write_update(half, update, incident, account)
        half.rename(known)
    else:
        later = list(_later(incident, known, there, account))
        for update in later:
            _write_update(known, update, incident, account)
        ending = Ending.MORE if later else Ending.THERE
    place = known.relative_to(into).as_posix()
    account.ends(Entry(incident.source, ending, incident.id, place, incident.old_address))


def _is_another(incident: ImportedIncident, there: Sequence[Update | None]) -> bool:
    """Whether what is there begins with another title and at another time."""
    known = there[0] if there else None
    if known is None:
        return False
    first = incident.updates[0]
    other_title = known.title != one_line(first.fields.get("title"))
    return other_title and abs(known.at - _at(first)) > _SAME


def _updates_there(folder: Path) -> list[Update | None]:
    """Read the updates of a folder in the order of their numbers; None for one with faults."""
    names = (update_name(path.name) for path in folder.glob("*.md"))
    ids = sorted({name.id for name in names if name and not name.language}, key=update_order)
    return [_update_there(folder, name) for name in ids]


def _update_there(folder: Path, name: str) -> Update | None:
    faults = Faults(name)
    raw = read_bytes(str(folder / f"{name}.md"), faults)
    return None if raw is None else read_update(raw, faults, name)


def _later(
    incident: ImportedIncident, folder: Path, there: Sequence[Update | None], account: Account
) -> Iterator[ImportedUpdate]:
    """Yield the updates that are new: numbered after all that are there, or later than them all.

    One that belongs between those that are there is told, for it may be one that was changed. An
    end that is there is the end: none of the same time, or an earlier one, is put beside it.
    """
    names = (update_name(path.name) for path in folder.glob("*.md"))
    taken = last = max((update_order(name.id)[0] for name in names if name), default=0)
    known = [one for one in there if one is not None]
    newest = max((one.at for one in known), default=_NEVER)
    end = max((one.at for one in known if one.status in _ENDS and not one.retracted), default=None)
    for update in incident.updates:
        number, at = update_order(update.name)[0], _at(update)
        same = [one for one in known if one.body.strip() == update.body.strip()]
        if number <= last and (same or at <= newest + _SAME):
            if not same and len(known) == len(there) and not _all_at(at, known):
                text = f"its update of {time_text(at)} is not in {folder.name}: add it by hand"
                account.warn(incident.source, text)
        elif any(one.status == update.fields.get("status") for one in _all_at(at, same)):
            continue  # there, with another number
        elif update.fields.get("status") in _ENDS and end is not None and at <= end + _SAME:
            text = f"update {update.name} is left out: {folder.name} has its end already"
            account.warn(incident.source, text)
        else:
            taken = max(taken + 1, number)
            yield update._replace(name=f"{taken}-{update.name.partition('-')[2]}")


def _at(update: ImportedUpdate) -> datetime:
    at = update.fields["at"]
    return at if isinstance(at, datetime) else _NEVER


def _all_at(at: datetime, updates: Iterable[Update]) -> list[Update]:
    return [one for one in updates if abs(one.at - at) <= _SAME]


def _write_update(
    folder: Path, update: ImportedUpdate, incident: ImportedIncident, account: Account
) -> None:
    head = "".join(f"{name}: {value_text(value)}\n" for name, value in update.fields.items())
    raw = f"---\n{head}---\n{update.body.strip()}\n".encode()
    if len(raw) > MAX_BYTES:
        text = f"the text of update {update.name} is larger than {MAX_BYTES // 1024} kB: left out"
        account.warn(incident.source, text)
        raw = f"---\n{head}---\n".encode()
    _write(folder / f"{update.name}.md", raw)


def _write(path: Path, raw: bytes) -> None:
    """Write a new file whole: a name that is taken is never written to."""
    temporary = path.with_name(f".#{path.name}")
    temporary.write_bytes(raw)
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS or os.path.lexists(path):
            raise
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)


def _write_plan(imported: Imported, into: Path, account: Account) -> None:
    plan = into / "plan"
    plan.mkdir(parents=True, exist_ok=True)
    page, components = plan / "status-page.yml", plan / "components.yml"
    if imported.page is not None and not page.exists():
        _write(page, page_text(imported.page).encode())
    if not components.exists():
        if imported.components or imported.groups:
            _write(components, components_text(imported.groups, imported.components).encode())
        return
    written, _ = read_components(into)
    missing = _missing(imported, written)
    if missing:
        account.hint(f"plan/components.yml is yours: add to it what it lacks\n{missing.rstrip()}")


def _missing(imported: Imported, written: Components) -> str:
    """Return the lines of groups and components that a book has not got."""
    known = {one.id for one in written.components}
    components = [one for one in imported.components if one.id not in known]
    known = {group.id for group in written.groups}
    needed = {one.group for one in components}
    groups = [group for group in imported.groups if group.id in needed - known]
    return components_text(groups, components)
