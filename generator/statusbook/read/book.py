"""A checkout -> the book: everything that people wrote in it, and every fault."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from statusbook.model.brand import PublicBrand
from statusbook.model.incident import Incident
from statusbook.model.plan import Components, StatusPage
from statusbook.problems import Problem, StatusbookError, errors
from statusbook.read import cache, git
from statusbook.read.brand import read_brand
from statusbook.read.catalogues import read_catalogues
from statusbook.read.folder import IncidentFolder, find_incidents, list_folder
from statusbook.read.incident import ReadFile, read_files, read_incident
from statusbook.read.metrics import BookMetrics, read_metrics
from statusbook.read.names import REVIEW
from statusbook.read.plan import STATUS_PAGE, read_components, read_status_page
from statusbook.read.records import Place, Records
from statusbook.read.templates import read_templates
from statusbook.workers import fork_map

_MANY = 400
"""From this many folders on, two processes read faster than one."""


class Kept(Struct, frozen=True, array_like=True):
    """An incident as it was read, without its record: `load_incident` has that.

    `digest` names the content of the folder's files; `stamp` is what the file system says of them,
    empty where that cannot be relied on; `place` is where the cache has the record.
    """

    id: str
    path: str
    stamp: str
    digest: str
    place: Place | None
    problems: tuple[Problem, ...] = ()


class Book(NamedTuple):
    """Everything read from one checkout; `incidents` in order of path.

    `catalogues` are the owner's words for the pages, as texts of `.po` files by language, and
    `templates` the owner's page templates, as texts by name.
    Where `problems` holds an error, what it speaks of is missing from the book.
    """

    root: Path
    status_page: StatusPage | None
    components: Components
    metrics: BookMetrics
    incidents: tuple[Kept, ...]
    records: Records
    problems: tuple[Problem, ...]
    brand: PublicBrand = PublicBrand()
    catalogues: Mapping[str, str] = MappingProxyType({})
    templates: Mapping[str, str] = MappingProxyType({})


def read_book(root: Path, folder: Path | None = None, workers: int = 1) -> Book:
    """Read a checkout.

    Args:
        root: The folder that holds `plan/` and `incidents/`.
        folder: Folder of the cache, None for none.
        workers: How many processes may look and parse.
    """
    page, page_problems = read_status_page(root)
    components, component_problems = read_components(root)
    brand, brand_problems = PublicBrand(), list[Problem]()
    if page is not None and page.brand is not None:
        brand, brand_problems = read_brand(root, page.brand, STATUS_PAGE)
    templates, template_problems = read_templates(root)
    catalogues, catalogue_problems = read_catalogues(root, folder, templates)
    metrics = read_metrics(root, folder, time.time_ns())
    kept = cache.load(folder, "incidents", list[Kept]) or []
    records = Records(folder)
    before = {incident.path: incident for incident in kept}
    stamps = {path: incident.stamp for path, incident in before.items()}
    # Not the book's `now`: how fresh a file is, only the machine's own clock can say.
    found = find_incidents(root, stamps, time.time_ns(), workers)
    incidents = _incidents(root, found.folders, before, records, workers)
    if incidents != kept:
        _keep(folder, incidents, records)
    return Book(
        root,
        page,
        components,
        metrics,
        tuple(incidents),
        records,
        (
            *page_problems,
            *component_problems,
            *brand_problems,
            *template_problems,
            *catalogue_problems,
            *metrics.problems,
            *found.problems,
            *(problem for incident in incidents for problem in incident.problems),
        ),
        brand,
        catalogues,
        templates,
    )


def load_incident(book: Book, kept: Kept) -> Incident:
    """Return the record of an incident, from its files again where the cache lost it.

    Raises:
        StatusbookError: they are no longer those that the book was read from.
    """
    raw = book.records.get(kept.digest, kept.place)
    if raw is not None:
        try:
            return msgspec.msgpack.decode(raw, type=Incident)
        except msgspec.DecodeError:
            pass
    folder = list_folder(book.root, kept.path)
    files, _ = read_files(str(book.root), folder)
    if _digest_of(folder, files) != kept.digest:
        message = f"{kept.path} changed while it was read: run the command again"
        raise StatusbookError(message)
    return read_incident(folder, files)[0]


class _Read(Struct, array_like=True):
    """What one process read: an incident and its record, None where the record is known."""

    kept: Kept
    record: bytes | None


def _incidents(
    root: Path,
    folders: Sequence[IncidentFolder],
    before: Mapping[str, Kept],
    records: Records,
    workers: int,
) -> list[Kept]:
    """Take unchanged incidents as they were and read the others."""
    changed = [folder for folder in folders if folder.files]
    new: dict[str, Kept] = {}
    for one in _read_changed(root, changed, before, workers):
        new[one.kept.path] = one.kept
        if one.record is not None:
            records.put(one.kept.digest, one.record)
    return [
        replace(new[folder.path], stamp=folder.stamp) if folder.files else before[folder.path]
        for folder in folders
    ]


def _keep(folder: Path | None, incidents: Sequence[Kept], records: Records) -> None:
    """Write the cache: incidents with errors are read again the next time."""
    sound = [one for one in incidents if not errors(one.problems)]
    places = records.store((one.digest, one.place) for one in sound)
    placed = [replace(one, place=places[one.digest]) for one in sound if one.digest in places]
    cache.save(folder, "incidents", placed)


def _read_changed(
    root: Path, changed: Sequence[IncidentFolder], before: Mapping[str, Kept], workers: int
) -> list[_Read]:
    """Read the folders whose stamps changed; those whose content did not are taken as they were."""
    if len(changed) < _MANY:
        return msgspec.msgpack.decode(_read_some(root, changed, before, {}), type=list[_Read])
    blobs = git.clean_blobs(root) if before else {}
    parts = fork_map(lambda some: _read_some(root, some, before, blobs), changed, workers)
    return [one for part in parts for one in msgspec.msgpack.decode(part, type=list[_Read])]


def _read_some(
    root: Path,
    folders: Sequence[IncidentFolder],
    before: Mapping[str, Kept],
    blobs: Mapping[str, str],
) -> bytes:
    read = []
    for folder in folders:
        old = before.get(folder.path)
        if old is not None and old.digest == _known_digest(folder, blobs):
            read.append(_Read(old, None))
            continue
        files, problems = read_files(str(root), folder)
        digest = _digest_of(folder, files)
        if old is not None and old.digest == digest and not problems:
            read.append(_Read(old, None))
            continue
        incident, faults = read_incident(folder, files)
        kept = Kept(folder.id, folder.path, "", digest, None, (*problems, *faults))
        read.append(_Read(kept, msgspec.msgpack.encode(incident)))
    return msgspec.msgpack.encode(read)


def _known_digest(folder: IncidentFolder, blobs: Mapping[str, str]) -> str | None:
    """Name a folder's content by what git knows; None where git does not know every file."""
    known = []
    for file in folder.files:
        blob = blobs.get(f"{folder.path}/{file.name}")
        if file.name == REVIEW:
            continue
        if blob is None:
            return None
        known.append((file.name, blob))
    return _digest(folder.path, known)


def _digest_of(folder: IncidentFolder, files: Sequence[ReadFile]) -> str:
    return _digest(folder.path, [(file.file.name, file.blob) for file in files])


def _digest(path: str, files: Sequence[tuple[str, str]]) -> str:
    """Name what a record is made of: it holds its folder's path, so two of one content differ."""
    digest = blake2b(f"{path}\n".encode(), digest_size=16)
    for name, blob in files:
        digest.update(f"{name}\0{blob}\n".encode())
    return digest.hexdigest()
