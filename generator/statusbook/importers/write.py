"""What an importer found -> our files: each incident's folder whole, and nothing overwritten."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from statusbook.importers.report import Account, Ending, Entry
from statusbook.model.parts import Group
from statusbook.model.plan import Component, Components, StatusPage
from statusbook.problems import StatusbookError
from statusbook.read.faults import Faults
from statusbook.read.guard import MAX_BYTES
from statusbook.read.incident import read_bytes
from statusbook.read.names import update_name
from statusbook.read.plan import read_components
from statusbook.read.update import read_update

_HALF = "_half-imported-"
"""Begins the name of a folder that is not whole yet; such a folder is a draft to every build."""

_SAME = timedelta(minutes=1)
"""Times of feeds have no seconds: so near to each other two are one."""
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


def write_imported(imported: Imported, into: Path, account: Account) -> None:
    """Add what is new to the book at `into`.

    An incident that is there keeps its files; updates that are later than all it has are added.
    Plan files that are there are not touched: what they lack is told in the account.

    Raises:
        StatusbookError: a folder or a file cannot be written.
    """
    try:
        _write_plan(imported, into, account)
        there = _incidents_there(into)
        for incident in imported.incidents:
            _write_incident(incident, into, there, account)
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
    incident: ImportedIncident, into: Path, there: Mapping[str, Path], account: Account
) -> None:
    name = f"_{incident.id}" if incident.ending is Ending.DRAFT else incident.id
    # a draft may have been published since, and an incident may have been made one again
    known = there.get(name) or there.get(incident.id) or there.get(f"_{incident.id}")
    ending = incident.ending
    if known is not None and _is_another(incident, known):
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
        later = list(_later(incident, known))
        for update in later:
            _write_update(known, update, incident, account)
        ending = Ending.MORE if later else Ending.THERE
    place = known.relative_to(into).as_posix()
    account.ends(Entry(incident.source, ending, incident.id, place, incident.old_address))


def _is_another(incident: ImportedIncident, folder: Path) -> bool:
    """Whether a folder of the same id begins with another title and at another time."""
    names = sorted(
        (path.name for path in folder.glob("*.md") if update_name(path.name)), key=_order
    )
    if not names:
        return False
    raw = read_bytes(str(folder / names[0]), Faults(names[0]))
    there = read_update(raw, Faults(names[0]), "first") if raw is not None else None
    first = incident.updates[0].fields
    at = first["at"]
    if there is None or not isinstance(at, datetime):
        return False
    return there.title != _one_line(first.get("title")) and abs(there.at - at) > _SAME


def _order(name: str) -> tuple[int, str]:
    return int(name.partition("-")[0]), name


def _later(incident: ImportedIncident, folder: Path) -> Iterator[ImportedUpdate]:
    """Yield the updates whose numbers come after all that are there."""
    names = (update_name(path.name) for path in folder.glob("*.md"))
    last = max((int(name.id.partition("-")[0]) for name in names if name), default=0)
    for update in incident.updates:
        if int(update.name.partition("-")[0]) > last:
            yield update


def _write_update(
    folder: Path, update: ImportedUpdate, incident: ImportedIncident, account: Account
) -> None:
    head = "".join(f"{name}: {_value(value)}\n" for name, value in update.fields.items())
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
        _write(page, _page_text(imported.page).encode())
    if not components.exists():
        if imported.components or imported.groups:
            _write(components, _components_text(imported.groups, imported.components).encode())
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
    return _components_text(groups, components)


def _page_text(page: StatusPage) -> str:
    fields = {
        "title": page.title,
        "url": page.url,
        "feed_id": page.feed_id,
        "description": page.description,
        "api_id": page.api_id,
        "time_zone": page.time_zone,
        "language": page.language,
    }
    text = "".join(f"{name}: {_value(value)}\n" for name, value in fields.items() if value)
    if page.links:
        rows = ({"name": link.name, "url": link.url} for link in page.links)
        text += "links:\n" + "".join(map(_record, rows))
    return text


def _components_text(groups: Sequence[Group], components: Sequence[Component]) -> str:
    text = ""
    if groups:
        rows = [
            {
                "id": group.id,
                "name": group.name,
                "description": group.description,
                "group": group.group,
                "api_id": group.api_id,
            }
            for group in groups
        ]
        text += "groups:\n" + "".join(map(_record, rows))
    if components:
        text += "components:\n" + "".join(_record(_component_fields(one)) for one in components)
    return text


def _component_fields(component: Component) -> dict[str, object]:
    return {
        "id": component.id,
        "name": component.name,
        "group": component.group,
        "description": component.description,
        "since": component.since,
        "retired": component.retired,
        "showcase": None if component.showcase else False,
        "only_show_if_degraded": component.only_show_if_degraded or None,
        "api_id": component.api_id,
    }


def _record(fields: Mapping[str, object]) -> str:
    lines = [f"{name}: {_value(value)}" for name, value in fields.items() if value is not None]
    return "".join(
        f"{'  - ' if first else '    '}{line}\n"
        for first, line in ((line is lines[0], line) for line in lines)
    )


def _value(value: object) -> str:
    """Write a value as YAML that reads back as the very same text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_value(one)}" for key, one in value.items()) + "}"
    text = _one_line(value)
    if text.replace("-", "").replace("_", "").isalnum() and text.isascii():
        return (
            text
            if text not in {"null", "Null", "NULL"} and not text.startswith("-")
            else f'"{text}"'
        )
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _one_line(value: object) -> str:
    return " ".join(str(value).split())


def time_text(moment: datetime) -> str:
    """Write a moment in UTC as people do, no finer than it is: `2026-11-21T14:05Z`."""
    if moment.microsecond:
        fraction = f"{moment.microsecond:06d}".rstrip("0")
        return f"{moment:%Y-%m-%dT%H:%M:%S}.{fraction}Z"
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.second else f"{moment:%Y-%m-%dT%H:%MZ}"
