"""A checkout -> the book: everything that people wrote in it, and every fault."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Raw, Struct
from msgspec.structs import replace

from statusbook.model.incident import Incident
from statusbook.model.plan import Components, StatusPage
from statusbook.problems import Problem, errors
from statusbook.read import cache, git
from statusbook.read.folder import REVIEW, IncidentFolder, find_incidents
from statusbook.read.incident import read_files, read_incident
from statusbook.read.plan import read_components, read_status_page
from statusbook.workers import fork_map

_RACE = 2_000_000_000
"""A file that changed this many nanoseconds before it was read may change again unseen."""
_MANY = 400
"""From this many folders on, two processes read faster than one."""


class Kept(Struct, frozen=True, array_like=True):
    """An incident as it was read: `raw` is the record, `stamp` says when to look at it again.

    `digest` names the content of the folder's files; `stamp` is what the file system says of them,
    empty where that cannot be relied on. `raw` is decoded by `load_incident` when it is needed.
    """

    id: str
    path: str
    stamp: str
    digest: str
    raw: Raw
    problems: tuple[Problem, ...] = ()


class Book(NamedTuple):
    """Everything read from one checkout; `incidents` in order of path.

    Where `problems` holds an error, what it speaks of is missing from the book.
    """

    root: Path
    status_page: StatusPage | None
    components: Components
    incidents: tuple[Kept, ...]
    problems: tuple[Problem, ...]


def read_book(root: Path, kept: Path | None = None, workers: int = 1) -> Book:
    """Read a checkout.

    Args:
        root: The folder that holds `plan/` and `incidents/`.
        kept: Folder of the cache, None for none.
        workers: How many processes may parse.
    """
    page, page_problems = read_status_page(root)
    components, component_problems = read_components(root)
    folders, folder_problems = find_incidents(root)
    incidents = _incidents(root, folders, kept, workers)
    return Book(
        root,
        page,
        components,
        tuple(incidents),
        (
            *page_problems,
            *component_problems,
            *folder_problems,
            *(problem for incident in incidents for problem in incident.problems),
        ),
    )


def load_incident(kept: Kept) -> Incident:
    """Return the record of an incident."""
    return msgspec.msgpack.decode(kept.raw, type=Incident)


def _incidents(
    root: Path, folders: Sequence[IncidentFolder], kept: Path | None, workers: int
) -> list[Kept]:
    """Take unchanged incidents from the cache and read the others."""
    started = time.time_ns()
    before = {old.path: old for old in cache.load(kept, "incidents", list[Kept]) or ()}
    stamps = [_stamp(folder, started) for folder in folders]
    changed = [
        folder
        for folder, stamp in zip(folders, stamps, strict=True)
        if not stamp or folder.path not in before or before[folder.path].stamp != stamp
    ]
    new = {incident.path: incident for incident in _read_changed(root, changed, before, workers)}
    incidents = [
        replace(new[folder.path], stamp=stamp) if folder.path in new else before[folder.path]
        for folder, stamp in zip(folders, stamps, strict=True)
    ]
    if changed or len(before) != len(incidents):
        cache.save(kept, "incidents", [one for one in incidents if not errors(one.problems)])
    return incidents


def _stamp(folder: IncidentFolder, started: int) -> str:
    """Say what the file system knows of a folder's files; nothing if one has only just changed."""
    if any(file.changed > started - _RACE for file in folder.files):
        return ""
    return "/".join(
        f"{file.name}:{file.size}:{file.changed}:{file.modified}:{file.inode}"
        for file in folder.files
    )


def _read_changed(
    root: Path, changed: Sequence[IncidentFolder], before: Mapping[str, Kept], workers: int
) -> list[Kept]:
    """Read the folders whose stamps changed; those whose content did not are taken as they were."""
    if len(changed) < _MANY:
        return msgspec.msgpack.decode(_read_some(root, changed, before, {}), type=list[Kept])
    blobs = git.clean_blobs(root) if before else {}
    parts = fork_map(lambda some: _read_some(root, some, before, blobs), changed, workers)
    return [one for part in parts for one in msgspec.msgpack.decode(part, type=list[Kept])]


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
            read.append(old)
            continue
        files, problems = read_files(str(root), folder)
        digest = _digest([(file.file.name, file.blob) for file in files])
        if old is not None and old.digest == digest and not problems:
            read.append(old)
            continue
        incident, faults = read_incident(folder, files)
        raw = Raw(msgspec.msgpack.encode(incident))
        read.append(Kept(folder.id, folder.path, "", digest, raw, (*problems, *faults)))
    return msgspec.msgpack.encode(read)


def _known_digest(folder: IncidentFolder, blobs: Mapping[str, str]) -> str | None:
    """Name a folder's content by what git knows; None where git does not know every file."""
    if not blobs:
        return None
    known = [
        (file.name, blobs.get(f"{folder.path}/{file.name}"))
        for file in folder.files
        if file.name != REVIEW
    ]
    return (
        _digest([(name, blob) for name, blob in known if blob])
        if all(b for _, b in known)
        else None
    )


def _digest(files: Sequence[tuple[str, str]]) -> str:
    digest = blake2b(digest_size=16)
    for name, blob in files:
        digest.update(f"{name}\0{blob}\n".encode())
    return digest.hexdigest()
