"""The folders below `incidents/` -> the files to read, and what does not belong there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from statusbook.problems import Level, Location, Problem
from statusbook.read.names import (
    REVIEW,
    is_incident_id,
    is_litter,
    is_reserved,
    looks_like_a_key,
    update_name,
)
from statusbook.workers import fork_map

MAX_GROUPS: Final = 4
MAX_FILES: Final = 200_000

_MANY = 2_000
"""From this many folders on, two processes look faster than one."""

SYMBOLIC_LINK: Final = (
    "E204",
    "a symbolic link",
    "put the file itself here: links are never followed",
)
_NO_FOLDER: Final = ("E218", "not a folder", "make it a folder of its own, not a link or a file")
NO_FILE: Final = ("E205", "neither a file nor a folder", "delete it")
CHANGED: Final = ("E213", "the file changed while it was read", "run the command again")

RACE = 2_000_000_000
"""A file that changed this many nanoseconds before it was seen may change again unseen."""


class SourceFile(Struct, frozen=True, array_like=True):
    """One file as the file system has it; `changed` is when it last changed (ctime), in ns."""

    name: str
    size: int
    changed: int
    inode: int


class IncidentFolder(Struct, frozen=True, array_like=True):
    """One incident's folder; `path` is relative to the book's root.

    `stamp` says what the file system knows of the files: where it is the same as before, no file
    has changed, and `files` is empty. It is empty itself where a file has only just changed.
    """

    id: str
    path: str
    stamp: str
    files: tuple[SourceFile, ...]


class Found(Struct, array_like=True):
    """The incident folders of a book, sorted by path, and the problems of their names."""

    folders: list[IncidentFolder]
    problems: list[Problem]


def find_incidents(root: Path, known: Mapping[str, str], now: int, workers: int = 1) -> Found:
    """List every incident folder below `root/incidents`.

    A folder with files is an incident, one with folders only groups them; a name that begins with
    `_` is a draft and is not looked into. Symbolic links, devices, keys and names that do not fit
    are problems; what editors and systems leave behind is passed over.

    Args:
        root: The book's root.
        known: Stamps of folders without problems, by their path.
        now: Nanoseconds since 1970, to tell which files have only just changed.
        workers: How many processes may look.
    """
    base = os.fspath(root)
    top = _Search(base, known, now)
    if not os.path.isdir(f"{base}/incidents") or os.path.islink(f"{base}/incidents"):
        if os.path.lexists(f"{base}/incidents"):
            top.error("incidents", *_NO_FOLDER)
        return top.found
    names = top.look_at("incidents", 0)

    def look(some: Sequence[str]) -> bytes:
        search = _Search(base, known, now)
        for name in some:
            search.look_into(f"incidents/{name}", 1)
        return msgspec.msgpack.encode(search.found)

    folders: list[IncidentFolder] = []
    for part in fork_map(look, names, workers if max(len(known), len(names)) > _MANY else 1):
        found = msgspec.msgpack.decode(part, type=Found)
        folders += found.folders
        top.found.problems += found.problems
    folders.sort(key=lambda folder: folder.path)
    if sum(len(folder.files) or folder.stamp.count("/") + 1 for folder in folders) > MAX_FILES:
        message = f"more than {MAX_FILES} files below incidents/"
        top.error("incidents", "E208", message, "move old years to another repository")
        folders = []
    return Found(folders, [*top.found.problems, *_same_names(folders)])


def list_folder(root: Path, path: str) -> IncidentFolder:
    """List the files of one incident's folder, whatever is known of it."""
    search = _Search(os.fspath(root), {}, 0)
    search.look_at(path, 1)
    nothing = IncidentFolder(path.rpartition("/")[2], path, "", ())
    return search.found.folders[0] if search.found.folders else nothing


class _Search:
    """The walk through one part of the tree."""

    def __init__(self, root: str, known: Mapping[str, str], now: int) -> None:
        self.root = root
        self.known = known
        self.settled = now - RACE
        self.found = Found([], [])

    def look_into(self, path: str, depth: int) -> None:
        """Look at a folder and at all below it."""
        for name in self.look_at(path, depth):
            self.look_into(f"{path}/{name}", depth + 1)

    def look_at(self, path: str, depth: int) -> list[str]:
        """Take a folder as an incident, or return the names of the folders that it groups."""
        files: list[SourceFile] = []
        folders: list[str] = []
        try:
            with os.scandir(f"{self.root}/{path}") as entries:
                for entry in entries:
                    if entry.is_file(follow_symlinks=False):
                        self._take_file(entry, path, files)
                    else:
                        self._take_other(entry, path, folders)
        except FileNotFoundError:
            self.error(path, *CHANGED)
            return []
        except OSError as error:
            self.error(path, "E201", f"cannot be read: {error.strerror}", "check its permissions")
            return []
        if depth == 0:
            for file in files:
                hint = "put it into the folder of its incident, `incidents/<id>/`"
                place = f"{path}/{file.name}"
                self.error(place, "E202", "a file outside of an incident's folder", hint)
        elif files:
            self._take_incident(path, files, folders)
            return []
        elif depth > MAX_GROUPS:
            message = f"folders are nested deeper than {MAX_GROUPS}"
            self.error(path, "E203", message, "group incidents by year or by month only")
            return []
        return sorted(folders)

    def _take_file(self, entry: os.DirEntry[str], path: str, files: list[SourceFile]) -> None:
        name = entry.name
        if (not name.endswith(".md") or name[0] in ".#") and self._passed_over(name, path):
            return
        seen = entry.stat(follow_symlinks=False)
        if seen.st_nlink > 1:
            self.error(f"{path}/{name}", *_HARD_LINK, Level.WARNING)
        files.append(SourceFile(name, seen.st_size, seen.st_ctime_ns, seen.st_ino))

    def _take_other(self, entry: os.DirEntry[str], path: str, folders: list[str]) -> None:
        name = entry.name
        place = f"{path}/{name}"
        if entry.is_symlink():
            if not is_litter(name):  # editors lock a file by a link to nowhere
                self.error(place, *SYMBOLIC_LINK)
        elif not entry.is_dir(follow_symlinks=False):
            self.error(place, *NO_FILE)
        elif name == ".git":
            self.error(place, *_SUBMODULE)
        elif not name.startswith(("_", ".")):
            folders.append(name)

    def _passed_over(self, name: str, path: str) -> bool:
        """Whether a file is no update and need not be one; keys are told."""
        place = f"{path}/{name}"
        if looks_like_a_key(name):
            hint = "take it out of the repository and replace the key: it may have been read"
            self.error(place, "E207", "this looks like a secret key", hint)
            return True
        if name == ".git":
            self.error(place, *_SUBMODULE)
            return True
        return is_litter(name)

    def _take_incident(self, path: str, files: list[SourceFile], folders: list[str]) -> None:
        files.sort(key=lambda file: file.name)
        stamp = ""
        if max(file.changed for file in files) <= self.settled:
            stamp = "/".join([f"{f.name}:{f.size}:{f.changed:x}:{f.inode}" for f in files])
        incident_id = path.rpartition("/")[2]
        if stamp and not folders and self.known.get(path) == stamp:
            self.found.folders.append(IncidentFolder(incident_id, path, stamp, ()))
            return
        if not self._may_be_id(incident_id, path):
            return
        before = len(self.found.problems)
        for name in folders:
            hint = "an incident's folder holds its updates and nothing below"
            place = f"{path}/{name}"
            self.error(place, "E209", "a folder inside of an incident's folder", hint)
        for file in files:
            self._check_name(path, file.name)
        if len(self.found.problems) > before:
            stamp = ""  # look again: problems of names are kept nowhere
        self.found.folders.append(IncidentFolder(incident_id, path, stamp, tuple(files)))

    def _may_be_id(self, name: str, path: str) -> bool:
        if is_reserved(name):
            self.error(path, "E210", f'"{name}" is a reserved name', "choose another name")
        elif not is_incident_id(name):
            hint = "use a-z, 0-9 and -, as in 2026-11-21-card-payments; at most 100 characters"
            self.error(path, "E210", f'"{name}" cannot be the id of an incident', hint)
        else:
            return True
        return False

    def _check_name(self, path: str, name: str) -> None:
        if name != REVIEW and update_name(name) is None:
            hint = "updates are named 1-investigating.md, translations 1-investigating.pl.md"
            if not name.endswith(".md"):
                hint = "an incident's folder holds updates only: move it elsewhere"
            self.error(f"{path}/{name}", "E211", "not the name of an update", hint)

    def error(
        self, path: str, code: str, message: str, hint: str, level: Level = Level.ERROR
    ) -> None:
        """Keep a problem; a name that is no text is shown with its odd bytes as numbers."""
        shown = path.encode(errors="backslashreplace").decode()
        readable = message.encode(errors="backslashreplace").decode()
        self.found.problems.append(Problem(Location(shown), code, readable, hint, level))


_SUBMODULE: Final = (
    "E206",
    "another repository (a submodule)",
    "files of other repositories are not read: copy them here",
)


_HARD_LINK: Final = (
    "E217",
    "the file has a second name somewhere (a hard link)",
    "copy it: what is written there stands here too, meant for the public or not",
)


def _same_names(folders: Sequence[IncidentFolder]) -> list[Problem]:
    """Two folders of one name would claim one address, wherever they lie."""
    first: dict[str, str] = {}
    found = []
    for folder in folders:
        other = first.setdefault(folder.id, folder.path)
        if other != folder.path:
            message = f'"{folder.id}" is also the name of {other}'
            location = Location(folder.path)
            found.append(Problem(location, "E212", message, "rename the newer of the two"))
    return found
