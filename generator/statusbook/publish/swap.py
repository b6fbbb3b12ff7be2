"""Staged bytes -> the site that readers see, by renaming and removing only.

New files come first, each after those that it links to; nothing leads to them yet. Then what
changed is replaced in the order of ranks. What no page leads to any more goes last, in the reverse
order. So at any moment every file is whole and every link leads somewhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from statusbook.problems import StatusbookError
from statusbook.publish.changes import in_the_way
from statusbook.publish.folder import Ground, cannot
from statusbook.publish.manifest import Row
from statusbook.publish.order import Group, in_groups
from statusbook.publish.paths import folders_of


class Swap(NamedTuple):
    """What is to change: new files in groups, files to replace, both with their staged bytes.

    `began` is the second, by the file system's clock, in which staging began.
    """

    coming: list[tuple[Group, str]]
    replaced: list[tuple[str, str]]
    stale: list[Row]
    began: int

    def paths(self) -> list[str]:
        """Return the files that get new bytes."""
        new = [path for group, _ in self.coming for path in group.paths]
        return new + [path for path, _ in self.replaced]


def check_ground(swap: Swap, ground: Ground) -> None:
    """Refuse what cannot end well, before the first change.

    Raises:
        StatusbookError: names what stands in a file's place or above it.
    """
    coming = swap.paths()
    for folder in folders_of([*coming, *(row.path for row in swap.stale)]):
        ground.has(folder)
    emptied = folders_of(row.path for row in swap.stale)
    for path in coming:
        if _is_folder(f"{ground.root}/{path}") and path not in emptied:
            raise StatusbookError(
                f"{ground.root}/{path} is a folder where a file belongs: remove it"
            )


def make_visible(swap: Swap, ground: Ground, trash: str) -> None:
    """Bring the new, replace the changed, remove the stale.

    Raises:
        StatusbookError: the system refused a change; the next build mends what is half done.
    """
    coming = swap.paths()
    first = set(in_the_way([row.path for row in swap.stale], coming))
    for path in reversed([row.path for row in swap.stale if row.path in first]):
        _remove(path, ground)
    if first:
        _remove_empty(first, ground)
    for group, staged in swap.coming:
        _come(group, staged, ground)
    for path, staged in swap.replaced:
        _replace(path, staged, ground, swap.began)
    rest = [(row.path, row.rank) for row in swap.stale if row.path not in first]
    for number, group in enumerate(reversed(in_groups(rest))):
        _go(group, ground, f"{trash}/{number}")
    _remove_empty([path for path, _ in rest], ground)


def _come(group: Group, staged: str, ground: Ground) -> None:
    """Bring a group; its folder comes as a whole where it does not exist."""
    folder = group.folder
    with _blamed("make", f"{ground.root}/{folder}"):
        if not ground.has(folder):
            ground.make(_above(folder))
            os.rename(staged, f"{ground.root}/{folder}")
            ground.forget()
            return
        for path in group.paths:
            ground.make(_above(path))
            os.replace(f"{staged}/{group.inside(path)}", f"{ground.root}/{path}")


def _replace(path: str, staged: str, ground: Ground, began: int) -> None:
    """Put a file in another's place, with a time that differs from that one's by a second.

    nginx tells two versions apart by length and whole seconds only.
    """
    place = f"{ground.root}/{path}"
    with _blamed("replace", place):
        ground.make(_above(path))
        try:
            before = int(os.lstat(place).st_mtime)
        except FileNotFoundError:
            before = -1
        if before >= began:
            os.utime(staged, (before + 1, before + 1))
        os.replace(staged, place)


def _go(group: Group, ground: Ground, trash: str) -> None:
    """Remove a group; its folder goes as a whole where nothing else is in it."""
    folder = f"{ground.root}/{group.folder}"
    with _blamed("remove", folder):
        if group.folder and set(_files_below(folder)) == set(map(group.inside, group.paths)):
            os.makedirs(_above(trash), exist_ok=True)
            os.rename(folder, trash)
            return
    for path in reversed(group.paths):
        _remove(path, ground)


def _files_below(folder: str) -> Iterator[str]:
    """List what is no folder, also links to folders, as seen from the folder."""
    for above, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(f"{above}/{name}")]
        yield from (f"{above}/{name}"[len(folder) + 1 :] for name in files + links)


def _remove(path: str, ground: Ground) -> None:
    place = f"{ground.root}/{path}"
    with _blamed("remove", place), suppress(FileNotFoundError, NotADirectoryError):
        if not _is_folder(place):  # else somebody else put it there
            os.unlink(place)


def _remove_empty(paths: Iterable[str], ground: Ground) -> None:
    for folder in sorted(folders_of(paths), key=len, reverse=True):
        with suppress(OSError):  # gone already, or something is in it
            os.rmdir(f"{ground.root}/{folder}")
    ground.forget()


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _above(path: str) -> str:
    return path.rpartition("/")[0]


@contextmanager
def _blamed(verb: str, path: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise cannot(verb, error, path) from error
