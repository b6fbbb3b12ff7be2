"""A path given for output -> a folder that is ours to write, held by one build at a time.

A build never takes over a folder that holds anything it did not write itself: only what lies
beside our own note in `.statusbook` may be replaced or removed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from statusbook.problems import StatusbookError
from statusbook.publish.paths import STATE, fold

NOTE = f"{STATE}/written-by-statusbook.txt"
_NOTE_TEXT = b"""\
`statusbook build` wrote everything around this folder and replaces or removes it again.
This note tells it that it may; manifest.jsonl lists what it wrote.
"""
_WAIT = 0.05  # seconds between two looks at a lock
_LOOKS = 400


def refuse_foreign(out: str, keep_off: Iterable[str]) -> None:
    """Refuse to write into a folder that is not ours, or that holds one of `keep_off`.

    Raises:
        StatusbookError: says why; nothing has been touched.
    """
    if os.path.islink(out):
        raise StatusbookError(f"{out} is a symbolic link: give the folder itself as output")
    real = os.path.realpath(out)
    for kept in (os.sep, *keep_off):
        there = os.path.realpath(kept)
        if os.path.commonpath([real, there]) == real:
            what = "is in use already" if real == there else f"holds {there}"
            raise StatusbookError(f"a site needs a folder of its own as output, and {out} {what}")
    if os.path.lexists(out) and not os.path.isdir(out):
        raise StatusbookError(f"{out} is not a folder: give another one as output")
    if not is_ours(out) and not is_blank(out):
        raise StatusbookError(
            f"{out} is not empty and Statusbook did not make it: "
            "give another folder as output, or empty it yourself"
        )


def is_ours(out: str) -> bool:
    """Tell whether an earlier build made the folder."""
    return _is_folder(f"{out}/{STATE}") and _is_file(f"{out}/{NOTE}")


def is_blank(out: str) -> bool:
    """Tell whether there is no folder yet or nothing in it, not even from a killed build."""
    try:
        found = os.listdir(out)
        return not found or (found == [STATE] and not os.listdir(f"{out}/{STATE}"))
    except (FileNotFoundError, NotADirectoryError):
        return not os.path.lexists(out)


@contextmanager
def held(out: str) -> Iterator[bool]:
    """Make the folder ours where it is not yet, and hold it against other builds.

    Yields False where the build that held it before has moved it away. The lock ends with the last
    process that has it, so a killed build's workers keep it until they are gone. Waits 20 seconds
    for another build to end.

    Raises:
        StatusbookError: another build is still at work there.
    """
    for folder in (out, f"{out}/{STATE}"):
        try:
            make_folder(folder)
        except FileExistsError:
            if not _is_folder(folder):
                raise StatusbookError(f"{folder} is no folder: remove it") from None
    note = os.open(f"{out}/{NOTE}", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        _lock(note, out)
        _write_note(note, f"{out}/{NOTE}")
        yield _leads_to(f"{out}/{NOTE}", note)
    finally:
        os.close(note)


def sweep(path: str) -> None:
    """Remove a folder of ours with all that is in it, where it exists; follow no link."""
    try:
        os.rmdir(path)
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno != errno.ENOTEMPTY:
            raise cannot("remove", error, path) from error
    else:
        return
    from shutil import rmtree  # it imports four compressors: only where something is left

    try:
        rmtree(path)
    except OSError as error:
        raise cannot("remove", error, path) from error


def sweep_half_made(out: str) -> None:
    """Remove what a killed build left in a folder that is held and was never finished."""
    for folder in (out, f"{out}/{STATE}"):
        for name in os.listdir(folder):
            path = f"{folder}/{name}"
            if path not in (f"{out}/{STATE}", f"{out}/{NOTE}"):
                sweep(path) if _is_folder(path) else os.unlink(path)


_REMEDIES = {
    errno.ENOSPC: "free some space and build again",
    errno.EDQUOT: "free some space and build again",
    errno.EROFS: "the disk is read-only: give another output",
    errno.EACCES: "give the folder's owner, or another output",
    errno.EPERM: "give the folder's owner, or another output",
}


class Ground:
    """The folders below the output: which exist, and that none of them leads elsewhere."""

    def __init__(self, root: str, leaving: Iterable[str] = ()) -> None:
        """Begin at a folder that exists; what is found is remembered.

        Args:
            root: The output folder.
            leaving: Files that will be removed, so they do not stand in a folder's way.
        """
        self.root = root
        self._leaving = set(fold(list(leaving)))
        self._found = {"": True}

    def has(self, folder: str) -> bool:
        """Tell whether a folder exists.

        Raises:
            StatusbookError: the folder or one above is a link or a file of somebody else's.
        """
        if folder not in self._found:
            self._found[folder] = self.has(folder.rpartition("/")[0]) and self._look(folder)
        return self._found[folder]

    def make(self, folder: str) -> None:
        """Make a folder and those above it, where they do not exist."""
        if not self.has(folder):
            self.make(folder.rpartition("/")[0])
            make_folder(f"{self.root}/{folder}")
            self._found[folder] = True

    def forget(self) -> None:
        """Look again: folders came or went."""
        self._found = {"": True}

    def _look(self, folder: str) -> bool:
        place = f"{self.root}/{folder}"
        try:
            mode = os.lstat(place).st_mode
        except FileNotFoundError:
            return False
        if stat.S_ISDIR(mode):
            return True
        if fold([folder])[0] in self._leaving:
            return False
        kind = "a symbolic link" if stat.S_ISLNK(mode) else "a file"
        raise StatusbookError(f"{place} is {kind} where a folder belongs: remove it")


def make_folder(path: str) -> None:
    """Make a folder that everyone may read, whatever the umask."""
    os.mkdir(path, 0o755)
    if stat.S_IMODE(os.lstat(path).st_mode) & 0o777 != 0o755:
        os.chmod(path, 0o755)  # noqa: S103 - what lies in it is public


def cannot(verb: str, error: OSError, path: str) -> StatusbookError:
    """Say which file the system refused, why, and what may help."""
    remedy = _REMEDIES.get(error.errno or 0, "")
    return StatusbookError(
        f"cannot {verb} {path}: {error.strerror or error}" + (f" ({remedy})" if remedy else "")
    )


def _is_folder(path: str) -> bool:
    return os.path.isdir(path) and not os.path.islink(path)


def _is_file(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _write_note(note: int, path: str) -> None:
    if os.fstat(note).st_size == len(_NOTE_TEXT):
        return
    try:
        os.pwrite(note, _NOTE_TEXT, 0)
        os.ftruncate(note, len(_NOTE_TEXT))
        os.fchmod(note, 0o644)
    except OSError as error:
        raise cannot("write", error, path) from error


def _leads_to(path: str, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.lstat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _lock(note: int, out: str) -> None:
    for _ in range(_LOOKS):
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_WAIT)
        else:
            return
    raise StatusbookError(f"another build is writing {out}: wait for it, or end it")
