"""Staged bytes -> the site that readers see, by renaming and removing only.

New files come first, while nothing that stands leads to them; so they may link in circles. Then
what changed is replaced in the order of ranks: all that it may link to is there. What no page leads
to any more goes last. So at any moment every file is whole, and every link leads somewhere that a
reader can reach from where he entered.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple

from statusbook.problems import StatusbookError
from statusbook.publish.folder import Ground, cannot
from statusbook.publish.paths import folders_of


class Swap(NamedTuple):
    """What is to change, each list in its order.

    `new` and `replaced` hold paths with the places of their bytes. `blocking` are stale files
    without whose removal another has no place, `stale` the others. `began` is the second, by the
    file system's clock, in which staging began.
    """

    new: list[tuple[str, str]]
    replaced: list[tuple[str, str]]
    blocking: list[str]
    stale: list[str]
    began: int

    def coming(self) -> list[str]:
        """Return the files that get new bytes."""
        return [path for path, _ in (*self.new, *self.replaced)]

    def going(self) -> list[str]:
        """Return the files that have no page any more."""
        return [*self.blocking, *self.stale]


def check_ground(swap: Swap, ground: Ground) -> None:
    """Refuse what cannot end well, before the first change.

    Raises:
        StatusbookError: names what stands in a file's place or above it.
    """
    coming = swap.coming()
    for folder in folders_of([*coming, *swap.going()]):
        ground.has(folder)
    emptied = folders_of(swap.going())
    for path in coming:
        if _is_folder(f"{ground.root}/{path}") and path not in emptied:
            raise StatusbookError(
                f"{ground.root}/{path} is a folder where a file belongs: remove it"
            )


def bring(swap: Swap, ground: Ground) -> None:
    """Bring the new files; what is in the way goes before.

    Raises:
        StatusbookError: the system refused a change.
    """
    take_away(swap.blocking, ground)
    for path, staged in swap.new:
        with _blamed("make", f"{ground.root}/{path}"):
            _put(path, staged, ground)


def replace(swap: Swap, ground: Ground) -> None:
    """Put files in others' places, each with a time that differs from the old one by a second.

    nginx tells two versions apart by length and whole seconds only.

    Raises:
        StatusbookError: the system refused a change.
    """
    for path, staged in swap.replaced:
        place = f"{ground.root}/{path}"
        with _blamed("replace", place):
            try:
                before = int(os.lstat(place).st_mtime)
            except (FileNotFoundError, NotADirectoryError):
                before = -1
            if before >= swap.began:
                os.utime(staged, (before + 1, before + 1))
            _put(path, staged, ground)


def take_away(paths: Sequence[str], ground: Ground) -> None:
    """Remove files in this order, then the folders that are empty without them.

    Raises:
        StatusbookError: the system refused, or a folder above is a link or somebody else's file.
    """
    for path in paths:
        if ground.has(_above(path)):
            _remove(path, ground)
    for folder in sorted(folders_of(paths), key=len, reverse=True):
        if ground.has(folder):
            with suppress(OSError):  # something is in it
                os.rmdir(f"{ground.root}/{folder}")
    ground.forget()


def _put(path: str, staged: str, ground: Ground) -> None:
    ground.make(_above(path))
    os.replace(staged, f"{ground.root}/{path}")


def _remove(path: str, ground: Ground) -> None:
    place = f"{ground.root}/{path}"
    with _blamed("remove", place), suppress(FileNotFoundError, NotADirectoryError):
        if not _is_folder(place):  # else somebody else put it there
            os.unlink(place)


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
