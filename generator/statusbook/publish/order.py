"""New or outgoing files -> the order in which they may come and go, so that no link dangles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from statusbook.render.page import Rank

# Places beside those of pages, which are counted from 0: feeds before the pages beside them;
# programs' files without such a page; folders with an index.
_BESIDE, _AFTER, _LAST = -1, 1 << 29, 1 << 30


class Group(NamedTuple):
    """Files below one folder that come or go together, in the order of coming."""

    folder: str
    paths: list[str]

    def inside(self, path: str) -> str:
        """Return one of the paths as seen from the folder."""
        return path[len(self.folder) + 1 :] if self.folder else path


def in_groups(files: Iterable[tuple[str, int]]) -> list[Group]:
    """Sort files so that each comes after those that it may link to; going is the reverse.

    A page links to pages before it in the order of ranks and of the list. What programs read
    (feeds, API) links to pages and is linked to by them: it joins the pages of its folder, which
    comes as a whole where it did not exist, else just before them. Without a page beside it, it
    comes after all pages but indexes, which alone may link to it. A folder with an index of its
    own, such as a language's, is full of links to that index, so it comes whole and last.

    Args:
        files: (path, rank), in the order of the list of pages.
    """
    files = sorted(files, key=_rank)
    homes = {_folder(path) for path, rank in files if rank == Rank.INDEX} - {""}
    groups: dict[str, list[tuple[int, str]]] = {}  # by folder: (place among all pages, path)
    for place, (path, rank) in enumerate(files):
        folder = _home(path, homes) or _folder(path)
        groups.setdefault(folder, []).append((_place_of(rank, place), path))
    placed: list[tuple[int, Group]] = []
    for folder, members in groups.items():
        members.sort(key=_place)
        if folder in homes:
            placed.append((_LAST, Group(folder, [path for _, path in members])))
        else:
            placed += _place_group(folder, members)
    return [group for _, group in sorted(placed, key=_place)]


def _place_group(folder: str, members: list[tuple[int, str]]) -> list[tuple[int, Group]]:
    """Keep a folder together unless a page elsewhere comes between its own, and may link to one."""
    places = [place for place, _ in members if place != _BESIDE]
    if folder and places and places[-1] - places[0] < len(places):
        return [(places[0], Group(folder, [path for _, path in members]))]
    others = [path for place, path in members if place == _BESIDE]
    alone = [(place, Group(folder, [path])) for place, path in members if place != _BESIDE]
    return [(_AFTER, Group(folder, others)), *alone] if others else alone


def _place_of(rank: int, place: int) -> int:
    if rank >= Rank.FEED:
        return _BESIDE
    return place + _AFTER + 1 if rank == Rank.INDEX else place


def _home(path: str, homes: set[str]) -> str:
    """Return the outermost of the folders above a path that is one of `homes`, or ""."""
    at = path.find("/") if homes else -1
    while at >= 0:
        if path[:at] in homes:
            return path[:at]
        at = path.find("/", at + 1)
    return ""


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _rank(file: tuple[str, int]) -> int:
    return file[1]


def _place(placed: tuple[int, object]) -> int:
    return placed[0]
