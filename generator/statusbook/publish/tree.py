"""Pages -> a folder: only what changed is rendered and written, and a kill breaks nothing.

A folder that is new is made beside its place and renamed into it whole. In a folder that an
earlier build made, all new bytes are staged out of sight first, then files are renamed into place
in three steps (see `swap`): new ones, changed ones, and away with stale ones. Before each step a
note in `.statusbook/pending` names its paths; the new manifest comes before the last step. A build
that finds a note takes away what nothing leads to, and trusts none of the other paths.

Nothing is forced to the disk: a kill loses no write that was made, and what a power cut may lose
shows as a file of the wrong length, which the next build writes again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from operator import attrgetter
from pathlib import Path

from statusbook.problems import StatusbookError
from statusbook.publish.folder import cannot, held, is_blank, refuse_foreign, sweep, sweep_half_made
from statusbook.publish.manifest import (
    MANIFEST,
    RELEASE,
    Manifest,
    Written,
    manifest_bytes,
    tree_digest,
)
from statusbook.publish.paths import STATE, check_paths
from statusbook.publish.renew import renew
from statusbook.publish.stage import (
    Release,
    Target,
    row_of,
    stage_pages,
    stage_release,
    write_file,
)
from statusbook.render.page import Page


def write_site(
    pages: Iterable[Page],
    out: Path,
    release: Release,
    *,
    workers: int = 1,
    keep_off: Iterable[Path] = (),
) -> Written:
    """Make `out` hold exactly the pages, `release.json`, and what others put beside them.

    Args:
        pages: All of them; they are written in the order of ranks, then in this one.
        out: A folder that an earlier build made, or an empty one, or none yet.
        release: Makes `release.json` from the digest of the tree (see `tree_digest`).
        workers: How many processes may render; the bytes are the same with any number.
        keep_off: Folders that must not be in `out`: the sources, the home folder.

    Raises:
        StatusbookError: two pages claim one file, `out` is not ours, or the system refuses.
        Exception: whatever a page raises while it is rendered; the site is as it was.
    """
    ordered = sorted(pages, key=attrgetter("rank"))
    place = os.path.abspath(out)
    kept = [os.fspath(folder) for folder in keep_off]
    beside, written = True, None
    while written is None:  # another build may make the folder, or move it, before we hold it
        refuse_foreign(place, kept)
        whole = beside and is_blank(place)
        try:
            written = (_make_whole if whole else renew)(ordered, place, release, workers)
        except OSError as error:
            if whole and os.path.isdir(place):
                beside = False  # a mount point, or the folder above is not ours to write
            elif str(error.filename).startswith((place, _half_made(place))):
                raise cannot("write", error, error.filename) from error
            else:  # met by a page that read its source again
                raise
    return written


def _make_whole(pages: list[Page], out: str, release: Release, workers: int) -> Written | None:
    """Make the site beside its place and move it there; None where another build was faster."""
    check_paths([*(page.path for page in pages), RELEASE])
    half = _half_made(out)
    os.makedirs(os.path.dirname(out), exist_ok=True)
    refuse_foreign(half, ())
    with held(half) as here:
        if not here or not is_blank(out):
            return None
        try:
            sweep_half_made(half)
            targets = [Target(page, f"{half}/{page.path}", "", "") for page in pages]
            rows = list(map(row_of, pages, stage_pages(targets, workers)))
            digest = tree_digest(rows)
            rows.append(stage_release(release(digest), f"{half}/{RELEASE}", "")[0])
            write_file(f"{half}/{MANIFEST}", manifest_bytes(Manifest(digest, rows)))
            if os.path.isdir(f"{out}/{STATE}"):  # empty, else `out` would not be blank
                os.rmdir(f"{out}/{STATE}")
            os.rename(half, out)
        except BaseException:
            with suppress(StatusbookError):  # the first trouble is the one to tell
                sweep(half)
            raise
    return Written(digest, len(pages), created=[row.path for row in rows])


def _half_made(out: str) -> str:
    above, name = os.path.split(out)
    return os.path.join(above, f".{name}.statusbook-new")
