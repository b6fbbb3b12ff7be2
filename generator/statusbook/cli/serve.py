"""`statusbook serve`: build, show on this machine, and build again whenever a file changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click

from statusbook.cli import options
from statusbook.cli.build import Built, build_status, left_out
from statusbook.problems import Problem, SourceError, StatusbookError
from statusbook.publish.reload import Reload
from statusbook.publish.serve import SiteServer
from statusbook.read.brand import OVERRIDES

Files = dict[str, tuple[int, int, int]]
"""Files by their path: number, size and time of change, as the file system knows them."""

_LOOK = 1_000  # milliseconds between two looks at the clock
_STAYS = "The page stays as it was until this is mended."
_NONE_YET = "There is no page yet: mend this, and it is built at once."


@click.command()
@options.source
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the site (site/status below the source).",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Port (8000).")
@click.option("--host", default="127.0.0.1", help="Address to listen at (this machine's own).")
@options.workers
@options.no_cache
def serve(
    *, source: Path, out: Path | None, port: int, host: str, workers: int, no_cache: bool
) -> None:
    """Build the status page, show it on this machine, and follow every change of its files.

    Open pages load again after a build. Where the files have a fault, it is printed and the last
    good page stays. End it with Ctrl-C.
    """
    out = out or source / "site/status"
    kept = options.cache_folder(source, unused=no_cache)
    told: set[Problem] = set()

    def build(with_workers: int) -> Built:
        now = options.clock()
        built = build_status(source, out, now, now, kept, with_workers)
        fresh = [one for one in built.warnings if one not in told]  # once is enough
        for line in (*map(str, fresh), *(left_out(built) if fresh else ())):
            click.echo(line, err=True)
        told.clear()
        told.update(built.warnings)
        return built

    try:
        with SiteServer(os.fspath(out), host, port, Reload()) as server:
            _follow(server, source, out, build, workers)
    except KeyboardInterrupt:
        click.echo("\nended")


def _follow(
    server: SiteServer, source: Path, out: Path, build: Callable[[int], Built], workers: int
) -> None:
    """Build and serve until Ctrl-C."""
    seen = _files(source)
    built = _try(build, workers, SourceError, out)
    _announce(built, server)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        shows = "shows" if _has_page(out) else "will show"
        click.echo(f"{server.url} {shows} {os.path.relpath(out)}; end with Ctrl-C")
        for changed in _looks(source, seen):
            if changed or _is_due(built):
                # Threads are running now, and a process with threads must not fork.
                built = _try(build, 1, StatusbookError, out)
                _announce(built, server)
    finally:
        server.shutdown()


def _try(
    build: Callable[[int], Built], workers: int, trouble: type[StatusbookError], out: Path
) -> Built | None:
    """Build and say what was done; None where there was trouble, which is printed."""
    try:
        built = build(workers)
    except trouble as error:
        left = _STAYS if _has_page(out) else _NONE_YET
        click.echo(f"{error}\n{left}", err=True)
        return None
    done = built.written
    changed = [*done.created, *done.changed, *done.removed]
    if changed not in ([], ["release.json"]):
        click.echo(f"{options.clock():%H:%M:%S} built: {len(changed)} files changed")
    return built


def _has_page(out: Path) -> bool:
    return (out / "index.html").is_file()


def _announce(built: Built | None, server: SiteServer) -> None:
    """Tell open pages which build is shown now."""
    if built is not None and server.reload is not None:
        server.reload.announce(built.written.digest)


def _is_due(built: Built | None) -> bool:
    """Tell whether the page changes by itself about now, as when a maintenance begins."""
    moment = built.next_change if built else None
    return moment is not None and moment <= options.clock()


def _looks(source: Path, seen: Files | None) -> Iterator[bool]:
    """Look at the sources once a second and at each change; tell whether they changed.

    Args:
        source: The book.
        seen: Its files before the last build: what changed between that and the watch is told too.
    """
    from watchfiles import watch

    while True:
        watched = _folders(source)
        is_first = True
        for changes in watch(
            *(watched or [source]), rust_timeout=_LOOK, yield_on_timeout=True, raise_interrupt=True
        ):
            yield bool(changes) or (is_first and _files(source) != seen)
            is_first = False
            if _folders(source) != watched:  # one came, went, or was replaced by another
                seen = None
                break


def _folders(source: Path) -> dict[Path, int]:
    """Return the folders with sources that exist, and what the file system calls them.

    Nothing else is looked at, least of all what a build writes.
    """
    folders = [source / name for name in ("plan", "incidents", "metrics", OVERRIDES)]
    return {folder: folder.stat().st_ino for folder in folders if folder.is_dir()}


def _files(source: Path) -> Files:
    """Return the files that a build reads, each with what tells one content from another."""
    files: Files = {}
    for top in _folders(source):
        for folder, _, names in os.walk(top):
            for name in names:
                path = f"{folder}/{name}"
                with suppress(OSError):  # an editor's file, gone again
                    found = Path(path).stat()
                    files[path] = (found.st_ino, found.st_size, found.st_mtime_ns)
    return files
