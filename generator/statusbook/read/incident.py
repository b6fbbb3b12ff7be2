"""One incident's folder -> an incident, or the problems in its files."""

from __future__ import annotations

import errno
import os
import stat
from hashlib import sha1
from typing import NamedTuple

from msgspec.structs import replace

from statusbook.model.incident import Incident, Update
from statusbook.model.parts import Translation
from statusbook.model.words import MAINTENANCE_STATUSES, Kind
from statusbook.problems import Problem
from statusbook.read.faults import Faults
from statusbook.read.folder import CHANGED, NO_FILE, SYMBOLIC_LINK, IncidentFolder, SourceFile
from statusbook.read.guard import MAX_BYTES, too_large
from statusbook.read.names import REVIEW, update_name, update_order
from statusbook.read.update import read_translation, read_update


class ReadFile(NamedTuple):
    """The bytes of a file and git's name for them."""

    file: SourceFile
    raw: bytes
    blob: str


def read_files(root: str, folder: IncidentFolder) -> tuple[list[ReadFile], list[Problem]]:
    """Read the bytes of an incident's updates; a file that changes meanwhile is a problem."""
    faults = Faults(folder.path)
    found = []
    for file in folder.files:
        if file.name == REVIEW:
            continue
        faults.path = f"{folder.path}/{file.name}"
        raw = read_bytes(f"{root}/{faults.path}", faults, file)
        if raw is not None:
            found.append(ReadFile(file, raw, blob_id(raw)))
    return found, faults.found


def read_bytes(
    path: str, faults: Faults, seen: SourceFile | None = None, most: int = MAX_BYTES
) -> bytes | None:
    """Read a plain file whole, never through a link; None where that cannot be done."""
    raw = b""
    try:
        # O_NONBLOCK: opening a pipe that was put in the file's place must not wait for a writer
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            now = os.fstat(descriptor)
            is_page = stat.S_ISREG(now.st_mode) and now.st_size <= most
            if is_page:
                raw = os.read(descriptor, now.st_size + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        _explain(error, faults, listed=seen is not None)
        return None
    if not is_page:
        faults.error(1, *(too_large(most) if stat.S_ISREG(now.st_mode) else NO_FILE))
        return None
    if len(raw) != now.st_size or (seen and seen.changed != now.st_ctime_ns):
        faults.error(1, *CHANGED)
        return None
    return raw


def _explain(error: OSError, faults: Faults, *, listed: bool) -> None:
    """Say why a file could not be opened."""
    if error.errno == errno.ELOOP:
        faults.error(1, *SYMBOLIC_LINK)
    elif error.errno == errno.ENXIO:  # a socket
        faults.error(1, *NO_FILE)
    elif error.errno == errno.ENOENT and listed:
        faults.error(1, *CHANGED)
    else:
        faults.error(1, "E201", f"cannot be read: {error.strerror}", "check its permissions")


def blob_id(raw: bytes) -> str:
    """Return git's name for a content (git-hash-object)."""
    return sha1(b"blob %d\0%b" % (len(raw), raw), usedforsecurity=False).hexdigest()


def read_incident(folder: IncidentFolder, files: list[ReadFile]) -> tuple[Incident, list[Problem]]:
    """Parse an incident's files; `updates` lacks those that have faults."""
    problems: list[Problem] = []
    updates: dict[str, Update] = {}
    translations: dict[str, dict[str, Translation]] = {}
    for file in files:
        name = update_name(file.file.name)
        if name is None:
            continue
        faults = Faults(f"{folder.path}/{file.file.name}")
        if name.language is None:
            update = read_update(file.raw, faults, name.id)
            if update is not None:
                updates[name.id] = update
        else:
            translation = read_translation(file.raw, faults)
            if translation is not None:
                translations.setdefault(name.id, {})[name.language] = translation
        problems += faults.found
    # of those listed, not of those read: one that cannot be read was told already
    names = (update_name(file.name) for file in folder.files)
    written = {name.id for name in names if name and not name.language}
    for update_id, texts in translations.items():
        if update_id in updates:
            updates[update_id] = replace(updates[update_id], translations=texts)
        elif update_id not in written:
            language = next(iter(texts))
            faults = Faults(f"{folder.path}/{update_id}.{language}.md")
            message = f"a translation of {update_id}.md, which does not exist"
            faults.error(
                1, "E214", message, "name it like the update, with the language before .md"
            )
            problems += faults.found
    if not written and not problems:
        faults = Faults(folder.path)
        hint = "write 1-investigating.md; a draft's folder begins with _"
        faults.error(1, "E215", "an incident without an update", hint)
        problems += faults.found
    ordered = sorted(updates.values(), key=lambda update: (update.at, update_order(update.id)))
    return Incident(folder.id, folder.path, _kind(ordered), tuple(ordered)), problems


def _kind(updates: list[Update]) -> Kind:
    """Tell planned work from an interruption by how the story begins."""
    for update in updates:
        if update.status is not None:
            return Kind.MAINTENANCE if update.status in MAINTENANCE_STATUSES else Kind.INCIDENT
    return Kind.MAINTENANCE if any(update.scheduled for update in updates) else Kind.INCIDENT
