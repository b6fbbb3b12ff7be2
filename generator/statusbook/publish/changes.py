"""The pages wanted and the site that stands -> which pages to render, which files come and go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from statusbook.publish.manifest import RELEASE, Row
from statusbook.publish.paths import STATE, fold, folders_of, is_safe
from statusbook.render.page import Page, Rank


class Standing(NamedTuple):
    """What is known of the site that stands: files by path, and paths of which nothing is sure.

    `doubtful` are the paths that an unfinished build was about to touch, with their ranks; `loose`
    are the files that it left and nothing leads to.
    """

    rows: Mapping[str, Row]
    doubtful: Mapping[str, int]
    loose: Sequence[str] = ()


class Changes(NamedTuple):
    """Which pages to render, with what stands in each one's place, and which files are stale.

    `dirty` has indices of pages, as keys, and what `Target.have` says of each. `stale` is in the
    order in which the files once came.
    """

    dirty: dict[int, str | None]
    stale: list[Row]


def changes(pages: Sequence[Page], standing: Standing, out: str) -> Changes:
    """Compare keys with those of the last build, and files with what it wrote.

    A file that is gone or has another length than it was given is written again; so a disk that
    lost its last seconds of work is noticed, without reading 20,000 files.
    """
    rows = standing.rows
    if standing.doubtful:
        rows = {path: row for path, row in rows.items() if path not in standing.doubtful}
    known = [rows.get(page.path) for page in pages]
    dirty: dict[int, str | None] = {}
    for at, (page, row, intact) in enumerate(zip(pages, known, _intact(out, known), strict=True)):
        if not row or not intact:
            dirty[at] = None if os.path.lexists(f"{out}/{page.path}") else ""
        elif row.key != page.key or row.rank != page.rank:
            dirty[at] = row.digest
    return Changes(dirty, _stale(pages, standing))


def in_order_of_coming(files: Iterable[tuple[str, int]]) -> list[str]:
    """Sort new files such that what readers enter by comes last, and the index after all others.

    Nothing that stands leads to them, so where they link in circles nobody meets a dead link. What
    goes, goes in the reverse order.

    Args:
        files: (path, rank), in the order of the list of pages.
    """
    files = sorted(files, key=itemgetter(1))
    inner = [path for path, rank in files if rank != Rank.INDEX]
    return inner + [path for path, rank in reversed(files) if rank == Rank.INDEX]


def in_the_way(stale: Sequence[str], coming: Sequence[str]) -> list[str]:
    """Return the stale paths without whose removal a coming file has no place.

    A file where a folder must be, a folder where a file must be, or `API` for `api` on a file
    system that takes them for one.
    """
    if not stale or not coming:
        return []
    places = set(fold(coming))
    above = folders_of(places)
    folded = fold(stale)
    return [
        path
        for path, name in zip(stale, folded, strict=True)
        if name in places or name in above or not places.isdisjoint(folders_of([name]))
    ]


def unclaimed(out: str, paths: Iterable[str]) -> list[str]:
    """List the files in the folder that are none of `paths`."""
    wanted, found = set(paths), []
    for folder, folders, files in os.walk(out):
        if folder == out:
            folders.remove(STATE)
        inside = folder[len(out) + 1 :]
        found += [path for name in files if (path := _join(inside, name)) not in wanted]
    return sorted(found)


def _intact(out: str, rows: Sequence[Row | None]) -> list[bool]:
    """Tell of each file whether it is a plain one of its length."""
    lstat, found = os.lstat, []
    for row in rows:
        try:
            there = lstat(f"{out}/{row.path}") if row else None
        except OSError:
            there = None
        found.append(
            there is not None
            and row is not None
            and there.st_size == row.size
            and there.st_mode & 0o170000 == 0o100000
        )
    return found


def _stale(pages: Sequence[Page], standing: Standing) -> list[Row]:
    """List our files that no page claims any more; a path that leaves the folder is not ours."""
    rows, doubtful = standing.rows, standing.doubtful
    if not doubtful and len(rows) == len(pages) + 1 and all(page.path in rows for page in pages):
        return []
    wanted = {page.path for page in pages} | {RELEASE}
    gone = [row for row in rows.values() if row.path not in wanted]
    gone += [
        Row(path, "", "", 0, rank)
        for path, rank in doubtful.items()
        if path not in wanted and path not in rows
    ]
    return [row for row in gone if is_safe(row.path)]


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
