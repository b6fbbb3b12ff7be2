"""Pages -> the site that an earlier build made, changed in place: staged, listed, swapped."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from statusbook.problems import StatusbookError
from statusbook.publish.changes import Standing, changes, unclaimed
from statusbook.publish.folder import Ground, cannot, held, make_folder, sweep
from statusbook.publish.manifest import (
    MANIFEST,
    PENDING,
    RELEASE,
    Manifest,
    Written,
    manifest_bytes,
    manifest_from,
    pending_bytes,
    pending_from,
    tree_digest,
)
from statusbook.publish.order import Group, in_groups
from statusbook.publish.paths import STATE, check_paths
from statusbook.publish.stage import (
    Release,
    Target,
    row_of,
    stage_pages,
    stage_release,
    write_file,
)
from statusbook.publish.swap import Swap, check_ground, make_visible
from statusbook.render.page import Page

_NEW = f"{STATE}/new"
_TRASH = f"{STATE}/old"


def renew(pages: Sequence[Page], out: str, release: Release, workers: int) -> Written | None:
    """Make the folder hold the pages; None where another build moved it away."""
    with held(out) as here:
        if not here:
            return None
        try:
            sweep(f"{out}/{_NEW}")
            sweep(f"{out}/{_TRASH}")
            make_folder(f"{out}/{_NEW}")
            return _renew(pages, out, release, workers)
        finally:
            with suppress(StatusbookError):  # the next build tries again
                sweep(f"{out}/{_NEW}")
                sweep(f"{out}/{_TRASH}")


def _renew(pages: Sequence[Page], out: str, release: Release, workers: int) -> Written:
    old, standing = _last_build(out)
    if not old or [page.path for page in pages] != [row.path for row in old.rows[:-1]]:
        check_paths([*(page.path for page in pages), RELEASE])
    began = int(os.lstat(f"{out}/{_NEW}").st_mtime)

    dirty, stale = changes(pages, standing, out)
    groups = _groups(pages, dirty, out)
    targets = _targets(pages, dirty, groups, out)
    made = dict(zip(dirty, stage_pages(targets, workers), strict=True))

    rows = [
        row_of(page, made[at]) if at in made else standing.rows[page.path]
        for at, page in enumerate(pages)
    ]
    same = old and not made and not stale and len(rows) == len(old.rows) - 1
    digest = old.tree if old and same else tree_digest(rows)
    last, newer = stage_release(release(digest), f"{out}/{_NEW}/{RELEASE}", f"{out}/{RELEASE}")
    replaced = [
        (target.page.path, target.staged)
        for target, (_, _, new) in zip(targets, made.values(), strict=True)
        if new and target.have != ""
    ]
    replaced += [(RELEASE, f"{out}/{_NEW}/{RELEASE}")] if newer else []
    swap = Swap(groups, replaced, stale, began)
    rows.append(last)
    _commit(swap, old, Manifest(digest, rows), standing, out)
    return Written(
        digest,
        len(made),
        created=[path for group, _ in groups for path in group.paths],
        changed=[path for path, _ in replaced],
        removed=[row.path for row in stale],
        unknown=() if old else unclaimed(out, (row.path for row in rows)),
    )


def _last_build(out: str) -> tuple[Manifest | None, Standing]:
    """Read what the last build finished, and what a killed one began."""
    content, begun = _read(f"{out}/{MANIFEST}"), _read(f"{out}/{PENDING}")
    old = manifest_from(content or b"")
    rows = {row.path: row for row in old.rows} if old else {}
    pending = pending_from(begun) if begun is not None else {}
    if pending is None:  # damaged: anything may have been touched
        return None, Standing(rows, {row.path: row.rank for row in rows.values()})
    return old, Standing(rows, pending)


def _groups(
    pages: Sequence[Page], dirty: dict[int, str | None], out: str
) -> list[tuple[Group, str]]:
    """Sort the files that do not exist yet, and give each group a folder to be staged in."""
    coming = in_groups((pages[at].path, pages[at].rank) for at, have in dirty.items() if have == "")
    return [(group, f"{out}/{_NEW}/{number}") for number, group in enumerate(coming)]


def _targets(
    pages: Sequence[Page],
    dirty: dict[int, str | None],
    groups: list[tuple[Group, str]],
    out: str,
) -> list[Target]:
    staged = {
        path: f"{folder}/{group.inside(path)}" for group, folder in groups for path in group.paths
    }
    return [
        Target(
            pages[at],
            staged.get(pages[at].path, f"{out}/{_NEW}/changed/{at}"),
            f"{out}/{pages[at].path}",
            have,
        )
        for at, have in dirty.items()
    ]


def _commit(
    swap: Swap, old: Manifest | None, manifest: Manifest, standing: Standing, out: str
) -> None:
    """List what will be touched, touch it, say what stands now, drop the list."""
    touched = [*swap.paths(), *(row.path for row in swap.stale)]
    if not touched and not standing.doubtful and manifest == old:
        return
    write_file(f"{out}/{_NEW}/manifest.jsonl", manifest_bytes(manifest))
    if touched:
        ground = Ground(out, leaving=[row.path for row in swap.stale])
        check_ground(swap, ground)
        ranks = {row.path: row.rank for row in (*swap.stale, *manifest.rows)}
        # Paths in doubt stay in doubt until the manifest tells of them, however many builds die.
        pending = {**standing.doubtful, **{path: ranks[path] for path in touched}}
        write_file(f"{out}/{_NEW}/pending", pending_bytes(pending))
        os.replace(f"{out}/{_NEW}/pending", f"{out}/{PENDING}")
        try:
            make_visible(swap, ground, f"{out}/{_TRASH}")
        except StatusbookError as error:
            raise StatusbookError(
                f"{error}; every page is whole, but some are still the old ones: build again"
            ) from error
    os.replace(f"{out}/{_NEW}/manifest.jsonl", f"{out}/{MANIFEST}")
    with suppress(FileNotFoundError):
        os.unlink(f"{out}/{PENDING}")


def _read(path: str) -> bytes | None:
    """Read a file of ours; None where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot("read", error, path) from error
