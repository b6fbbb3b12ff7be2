"""The folders below `incidents/` -> the files to read, and what does not belong there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final, NamedTuple

from statusbook.problems import Level, Location, Problem
from statusbook.read.guard import MAX_BYTES

MAX_GROUPS: Final = 4
MAX_FILES: Final = 200_000

_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,98}[a-z0-9_-])?")
_UPDATE = re.compile(
    r"(\d{1,4}-[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?)(?:\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?))?\.md"
)
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{n}{i}" for n in ("com", "lpt") for i in "123456789")}
)
_RESERVED = frozenset({"index", "unresolved"})
_LITTER = re.compile(r"\.DS_Store|Thumbs\.db|desktop\.ini|\.gitkeep|\.#.*|.*~|.*\.sw[a-z]|#.*#")
_KEY = re.compile(r"\.env(\..*)?|.*\.(pem|key|p12|pfx|keystore|jks)|id_(rsa|dsa|ecdsa|ed25519)")
REVIEW: Final = "review.md"


class SourceFile(NamedTuple):
    """One file of an incident: its name, and its stamp as the file system has it."""

    name: str
    size: int
    changed: int
    """Time of the last change of content or place, in nanoseconds (ctime)."""
    modified: int
    inode: int


class IncidentFolder(NamedTuple):
    """One incident's folder: id, path below the book's root with `/`, files in order of name."""

    id: str
    path: str
    files: tuple[SourceFile, ...]


class UpdateName(NamedTuple):
    """What an update file's name says: the id of the update, and the language of a translation."""

    id: str
    language: str | None


def update_name(name: str) -> UpdateName | None:
    """Read a file's name: `2-identified.md`, `2-identified.pl.md`; None for any other."""
    found = _UPDATE.fullmatch(name)
    return UpdateName(found.group(1), found.group(2)) if found else None


def update_order(update_id: str) -> tuple[int, str]:
    """Sort ids of updates by their number, then by their name."""
    number, _, name = update_id.partition("-")
    return int(number), name


def find_incidents(root: Path) -> tuple[list[IncidentFolder], list[Problem]]:
    """List every incident folder below `root/incidents`, sorted by path.

    A folder with files is an incident, one with folders only groups them; a name that begins with
    `_` is a draft and is not looked into. Symbolic links, devices, keys and names that do not fit
    are problems; what editors and systems leave behind is passed over.
    """
    search = _Search(os.fspath(root))
    if (root / "incidents").is_dir():
        search.look_into("incidents", 0)
    search.folders.sort(key=lambda folder: folder.path)
    return search.folders, [*search.problems, *_same_names(search.folders)]


class _Search:
    """The walk: folders and problems found so far."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.folders: list[IncidentFolder] = []
        self.problems: list[Problem] = []
        self.files = 0

    def look_into(self, path: str, depth: int) -> None:
        files: list[SourceFile] = []
        folders: list[str] = []
        try:
            with os.scandir(f"{self.root}/{path}") as entries:
                for entry in entries:
                    self._sort(entry, path, files, folders)
        except OSError as error:
            self._error(path, "E201", f"cannot be read: {error.strerror}", "check its permissions")
            return
        if depth and (files or not folders):
            if files:
                self._incident(path, files, folders)
            return
        for file in files:
            hint = "put it into the folder of its incident, `incidents/<id>/`"
            self._error(
                f"{path}/{file.name}", "E202", "a file outside of an incident's folder", hint
            )
        if depth >= MAX_GROUPS:
            message = f"folders are nested deeper than {MAX_GROUPS}"
            self._error(path, "E203", message, "group incidents by year or by month only")
            return
        for name in sorted(folders):
            self.look_into(f"{path}/{name}", depth + 1)

    def _sort(
        self, entry: os.DirEntry[str], path: str, files: list[SourceFile], folders: list[str]
    ) -> None:
        name = entry.name
        if entry.is_file(follow_symlinks=False):
            if name.endswith(".md") or not self._passed_over(name, path):
                found = entry.stat(follow_symlinks=False)
                files.append(
                    SourceFile(
                        name, found.st_size, found.st_ctime_ns, found.st_mtime_ns, found.st_ino
                    )
                )
        elif entry.is_symlink():
            hint = "put the file itself here: links are never followed"
            self._error(f"{path}/{name}", "E204", "a symbolic link", hint)
        elif not entry.is_dir(follow_symlinks=False):
            self._error(f"{path}/{name}", "E205", "neither a file nor a folder", "delete it")
        elif name == ".git":
            hint = "files of other repositories are not read: copy them here"
            self._error(f"{path}/{name}", "E206", "another repository (a submodule)", hint)
        elif not name.startswith(("_", ".")):
            folders.append(name)

    def _passed_over(self, name: str, path: str) -> bool:
        if _KEY.fullmatch(name):
            hint = "take it out of the repository and replace the key: it may have been read"
            self._error(f"{path}/{name}", "E207", "this looks like a secret key", hint)
            return True
        if name == ".git":
            hint = "files of other repositories are not read: copy them here"
            self._error(f"{path}/{name}", "E206", "another repository (a submodule)", hint)
            return True
        return bool(_LITTER.fullmatch(name))

    def _incident(self, path: str, files: list[SourceFile], folders: list[str]) -> None:
        incident_id = path.rpartition("/")[2]
        files.sort()
        self.files += len(files)
        if self.files > MAX_FILES:
            raise_limit = f"more than {MAX_FILES} files below incidents/"
            self._error("incidents", "E208", raise_limit, "move old years to another repository")
            return
        if not self._is_id(incident_id, path):
            return
        for name in folders:
            hint = "an incident's folder holds its updates and nothing below"
            self._error(f"{path}/{name}", "E209", "a folder inside of an incident's folder", hint)
        for file in files:
            self._file(path, file)
        self.folders.append(IncidentFolder(incident_id, path, tuple(files)))

    def _is_id(self, name: str, path: str) -> bool:
        if name.partition(".")[0] in _DEVICES or name in _RESERVED:
            self._error(path, "E210", f'"{name}" is a reserved name', "choose another name")
        elif not _ID.fullmatch(name):
            hint = "use a-z, 0-9 and -, as in 2026-11-21-card-payments; at most 100 characters"
            self._error(path, "E210", f'"{name}" cannot be the id of an incident', hint)
        else:
            return True
        return False

    def _file(self, path: str, file: SourceFile) -> None:
        place = f"{path}/{file.name}"
        if file.name == REVIEW:
            return
        if update_name(file.name) is None:
            hint = "updates are named 1-investigating.md, translations 1-investigating.pl.md"
            self._error(place, "E211", "not the name of an update", hint)
        elif file.size > MAX_BYTES:
            message = f"the file is larger than {MAX_BYTES // 1024} kB"
            self._error(place, "E101", message, "split it up")

    def _error(self, path: str, code: str, message: str, hint: str) -> None:
        shown = path.encode(errors="backslashreplace").decode()
        self.problems.append(Problem(Location(shown), code, message, hint, Level.ERROR))


def _same_names(folders: list[IncidentFolder]) -> list[Problem]:
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
