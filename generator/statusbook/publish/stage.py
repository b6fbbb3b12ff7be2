"""Pages that may have changed -> their bytes in files that nobody sees yet.

Rendering and all writing happen here, before the first visible change: what goes wrong while a
page is made, or for want of space, leaves the site as it was.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

import msgspec

from statusbook.publish.folder import cannot, make_folder
from statusbook.publish.manifest import RELEASE, Row
from statusbook.render.page import Page, Rank
from statusbook.workers import fork_map

Release = Callable[[str], bytes]
_LAST = max(Rank) + 1

# Below this, a second process costs more than it saves.
_WORTH_A_WORKER = 300


class Target(NamedTuple):
    """A page to render, where to put its bytes, and what its reader has now.

    `have` is the digest of the file that stands at `there`; None where that has to be compared,
    "" where there is no file.
    """

    page: Page
    staged: str
    there: str
    have: str | None


class Made(NamedTuple):
    """What became of a page: digest and length of its bytes, and whether they are new."""

    digest: str
    size: int
    new: bool


def stage_pages(targets: Sequence[Target], workers: int) -> list[Made]:
    """Render the pages and write the bytes that are new; tell of each page, in order.

    Pages that are near to each other are rendered one after the other, by one process.

    Raises:
        StatusbookError: a file cannot be written.
        Exception: whatever a page raises while it is rendered.
    """
    workers = min(workers, len(targets) // _WORTH_A_WORKER + 1)
    order = sorted(range(len(targets)), key=lambda at: targets[at].page.near)
    results = fork_map(_stage_part, [targets[at] for at in order], workers)
    made = dict(zip(order, chain.from_iterable(map(_decode, results)), strict=True))
    return [made[at] for at in range(len(targets))]


def stage_release(content: bytes, staged: str, there: str) -> tuple[Row, bool]:
    """Write `release.json`, which no page can claim; tell whether it is new."""
    page = Page(RELEASE, "", Rank.API, lambda: content)
    have = None if os.path.lexists(there) else ""
    (made,) = stage_pages([Target(page, staged, there, have)], 1)
    return Row(RELEASE, "", made.digest, made.size, _LAST), made.new


def row_of(page: Page, made: Made) -> Row:
    """Note what was made of a page."""
    return Row(page.path, page.key, made.digest, made.size, page.rank)


def write_file(path: str, content: bytes) -> None:
    """Write a new file that everyone may read, whatever the umask.

    Raises:
        StatusbookError: names the file and the cause.
    """
    try:
        descriptor = os.open(path, _CREATE, 0o644)
        try:
            if os.fstat(descriptor).st_mode & 0o777 != 0o644:
                os.fchmod(descriptor, 0o644)
            rest = content
            while rest:  # a disk that fills up takes a part first
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
    except OSError as error:
        raise cannot("write", error, path) from error


_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


_decode = msgspec.msgpack.Decoder(list[Made]).decode


def _stage_part(targets: Sequence[Target]) -> bytes:
    folders: set[str] = set()
    made = []
    for page, staged, there, have in targets:
        content = page.render()
        digest = sha256(content).hexdigest()
        new = not _same(there, content) if have is None else digest != have
        if new:
            _make_folders(staged.rpartition("/")[0], folders)
            write_file(staged, content)
        made.append(Made(digest, len(content), new))
    return msgspec.msgpack.encode(made)


def _same(path: str, content: bytes) -> bool:
    """Tell whether the very bytes stand there already; no link is followed."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return False
        with open(descriptor, "rb", closefd=False) as file:
            return file.read() == content
    finally:
        os.close(descriptor)


def _make_folders(folder: str, known: set[str]) -> None:
    if folder in known:
        return
    try:
        make_folder(folder)
    except FileExistsError:
        pass  # another worker was faster
    except FileNotFoundError:
        _make_folders(folder.rpartition("/")[0], known)
        _make_folders(folder, known)
    except OSError as error:
        raise cannot("make", error, folder) from error
    known.add(folder)
