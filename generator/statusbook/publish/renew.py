"""Pages -> the site that an earlier build made, changed in place: staged, noted, swapped."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from statusbook.problems import StatusbookError
from statusbook.publish.changes import (
    Standing,
    changes,
    in_order_of_coming,
    in_the_way,
    unclaimed,
)
from statusbook.publish.folder import Ground, cannot, held, make_folder, sweep
from statusbook.publish.manifest import (
    MANIFEST,
    PENDING,
    RELEASE,
    Manifest,
    Pending,
    Row,
    Written,
    manifest_bytes,
    manifest_from,
    pending_bytes,
    pending_from,
    tree_digest,
)
from statusbook.publish.paths import STATE, check_paths, is_safe
from statusbook.publish.stage import (
    Release,
    Target,
    row_of,
    stage_pages,
    stage_release,
    write_file,
)
from statusbook.publish.swap import Swap, bring, check_ground, replace, take_away
from statusbook.render.page import Page

_NEW = f"{STATE}/new"


def renew(pages: Sequence[Page], out: str, release: Release, workers: int) -> Written | None:
    """Make the folder hold the pages; None where another build moved it away."""
    with held(out) as here:
        if not here:
            return None
        try:
            sweep(f"{out}/{_NEW}")
            make_folder(f"{out}/{_NEW}")
            return _renew(pages, out, release, workers)
        finally:
            with suppress(StatusbookError):  # the next build tries again
                sweep(f"{out}/{_NEW}")


def _renew(pages: Sequence[Page], out: str, release: Release, workers: int) -> Written:
    old, standing = _last_build(out)
    if not old or [page.path for page in pages] != [row.path for row in old.rows[:-1]]:
        check_paths([*(page.path for page in pages), RELEASE])
    began = int(os.lstat(f"{out}/{_NEW}").st_mtime)

    if standing.loose:
        stands = [*standing.rows, *standing.doubtful]
        take_away(list(filter(is_safe, standing.loose)), Ground(out, leaving=stands))
    dirty, stale = changes(pages, standing, out)
    targets = [
        Target(pages[at], f"{out}/{_NEW}/{at}", f"{out}/{pages[at].path}", have)
        for at, have in dirty.items()
    ]
    made = dict(zip(dirty, stage_pages(targets, workers), strict=True))

    rows = [
        row_of(page, made[at]) if at in made else standing.rows[page.path]
        for at, page in enumerate(pages)
    ]
    same = old and not made and not stale and len(rows) == len(old.rows) - 1
    digest = old.tree if old and same else tree_digest(rows)
    last, newer = stage_release(release(digest), f"{out}/{_NEW}/{RELEASE}", f"{out}/{RELEASE}")
    changed = [target for target, (_, _, new) in zip(targets, made.values(), strict=True) if new]
    swap = _swap(changed, stale, began)
    if newer:
        swap.replaced.append((RELEASE, f"{out}/{_NEW}/{RELEASE}"))
    rows.append(last)
    _commit(swap, old, Manifest(digest, rows), standing, stale, out)
    return Written(
        digest,
        len(made),
        created=[path for path, _ in swap.new],
        changed=[path for path, _ in swap.replaced],
        removed=[row.path for row in stale],
        unknown=() if old else unclaimed(out, (row.path for row in rows)),
    )


def _last_build(out: str) -> tuple[Manifest | None, Standing]:
    """Read what the last build finished, and what a killed one began."""
    content, begun = _read(f"{out}/{MANIFEST}"), _read(f"{out}/{PENDING}")
    old = manifest_from(content or b"")
    rows = {row.path: row for row in old.rows} if old else {}
    pending = pending_from(begun) if begun is not None else Pending([], {})
    if pending is None:  # damaged: anything may have been touched
        return None, Standing(rows, {row.path: row.rank for row in rows.values()})
    return old, Standing(rows, pending.doubtful, pending.loose)


def _swap(changed: Sequence[Target], stale: Sequence[Row], began: int) -> Swap:
    """Put what has new bytes, and what goes, in order."""
    staged = {target.page.path: target.staged for target in changed}
    new = in_order_of_coming(
        (target.page.path, target.page.rank) for target in changed if target.have == ""
    )
    going = in_order_of_coming((row.path, row.rank) for row in stale)[::-1]
    blocking = in_the_way(going, list(staged))
    first = set(blocking)
    return Swap(
        new=[(path, staged[path]) for path in new],
        replaced=[(target.page.path, target.staged) for target in changed if target.have != ""],
        blocking=blocking,
        stale=[path for path in going if path not in first],
        began=began,
    )


def _commit(
    swap: Swap,
    old: Manifest | None,
    manifest: Manifest,
    standing: Standing,
    stale: Sequence[Row],
    out: str,
) -> None:
    """Change the site step by step; before each, note what the next build finds if this is killed.

    While new files come, nothing leads to them; while stale ones go, nothing leads to them any
    more. Left loose, they would lead to files that never came or are gone, so the next build takes
    them away first. While others are replaced, all that any of them leads to is there.
    """
    touched = [*swap.coming(), *swap.going()]
    if not touched and not standing.doubtful and not standing.loose and manifest == old:
        return
    ranks = {row.path: row.rank for row in (*stale, *manifest.rows)}
    # Paths in doubt stay in doubt until the manifest tells of them, however many builds die.
    doubtful = dict(standing.doubtful)
    notes = {
        "coming": Pending([path for path, _ in reversed(swap.new)], doubtful),
        "changing": Pending([], {**doubtful, **{path: ranks[path] for path in touched}}),
        "going": Pending(swap.stale, {}),
    }
    for name, pending in notes.items():  # all before the first change: a disk may be full
        write_file(f"{out}/{_NEW}/{name}", pending_bytes(pending))
    write_file(f"{out}/{_NEW}/manifest.jsonl", manifest_bytes(manifest))
    ground = Ground(out, leaving=swap.going())
    check_ground(swap, ground)
    try:
        if swap.new or swap.blocking:
            os.replace(f"{out}/{_NEW}/coming", f"{out}/{PENDING}")
            bring(swap, ground)
        os.replace(f"{out}/{_NEW}/changing", f"{out}/{PENDING}")
        replace(swap, ground)
        os.replace(f"{out}/{_NEW}/manifest.jsonl", f"{out}/{MANIFEST}")
        if swap.stale:
            os.replace(f"{out}/{_NEW}/going", f"{out}/{PENDING}")
            take_away(swap.stale, ground)
    except StatusbookError as error:
        raise StatusbookError(
            f"{error}; every page is whole, but some are still the old ones: build again"
        ) from error
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
