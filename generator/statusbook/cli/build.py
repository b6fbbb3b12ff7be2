"""`statusbook build`: the files of a checkout -> the public site in a folder."""

from __future__ import annotations

import gc
import json
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import click

from statusbook.cli import options
from statusbook.cli.aside import is_urgent, put_aside, without_faulty
from statusbook.cli.check import summary
from statusbook.cli.prepare import judge, view_of
from statusbook.derive.facts import SiteFacts
from statusbook.derive.news import news
from statusbook.problems import Problem, SourceError, StatusbookError, errors, in_order, raise_if
from statusbook.publish.manifest import Written
from statusbook.publish.tree import write_site
from statusbook.read import git
from statusbook.read.book import read_book
from statusbook.read.templates import OWN_TEMPLATES
from statusbook.render.site import render_site

_SOURCES = ("plan", "incidents", "metrics")


class Built(NamedTuple):
    """What a build did, what it warns of, and when the output changes by itself (UTC).

    `without` names faulty files that an open incident did not wait for.
    """

    written: Written
    warnings: list[Problem]
    next_change: datetime | None
    without: tuple[str, ...] = ()


def build_status(
    source: Path, out: Path, now: datetime, clock: datetime, kept: Path | None, workers: int
) -> Built:
    """Build the public site of the book at `source` into `out`.

    Args:
        source: The book's root.
        out: The site's folder.
        now: The moment that the site shows.
        clock: The moment after which nobody can have written an update.
        kept: Folder of the cache, None for none.
        workers: How many processes may work.

    Raises:
        SourceError: the sources have faults; nothing was written.
        StatusbookError: the site cannot be written.
    """
    for folder in _SOURCES:
        if out.resolve().is_relative_to((source / folder).resolve()):
            message = f"{out} lies in {source / folder}: give a folder outside of the sources"
            raise StatusbookError(message)
    book = read_book(source, kept, workers)
    incidents, problems = judge(book, now, clock, kept, workers)
    without: tuple[str, ...] = ()
    left = list(problems)
    if is_urgent(incidents, now):
        book, without, remaining = put_aside(book, problems)
        left = list(remaining)
    if errors(left):
        raise_if(problems)
    view = view_of(book, incidents, now, kept)

    def release(digest: str) -> bytes:
        return _release(source, view.facts, digest)

    kept_off = [source, *(source / folder for folder in _SOURCES), Path.home()]
    templates = dict(book.templates)
    while True:
        pages = render_site(view, templates)
        try:
            written = write_site(pages, out, release, workers=workers, keep_off=kept_off)
        except SourceError as error:  # of a template: nothing was written
            sound = without_faulty(templates, error.problems)
            if len(sound) == len(templates) or not is_urgent(incidents, now):
                raise
            problems += error.problems
            without += tuple(f"{OWN_TEMPLATES}/{name}" for name in templates.keys() - sound.keys())
            templates = sound
        else:
            return Built(
                written, in_order(problems), view.facts.next_change, tuple(sorted(without))
            )


@click.command()
@click.argument("site", type=click.Choice(["status"]), default="status")
@options.source
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the site (site/status below the source).",
)
@options.now
@options.workers
@options.no_cache
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def build(
    *,
    site: str,
    source: Path,
    out: Path | None,
    now: datetime | None,
    workers: int,
    no_cache: bool,
    as_json: bool,
) -> None:
    """Build the public status page (SITE is `status`) from the files of this folder.

    Writes only what changed. Where the files have a fault, nothing is written and every fault is
    printed. Says when the page changes by itself, so that you can build again then.
    """
    gc.disable()  # a build makes no garbage worth looking for, and ends soon
    clock = options.clock()
    out = out or source / "site" / site
    now = now or clock
    kept = options.cache_folder(source, unused=no_cache)
    built = build_status(source, out, now, max(now, clock), kept, workers)
    for warning in built.warnings:
        click.echo(str(warning), err=True)
    click.echo(_as_json(built, out) if as_json else _told(built, out))


def _told(built: Built, out: Path) -> str:
    done = built.written
    counts = [
        (len(done.created), "new"),
        (len(done.changed), "changed"),
        (len(done.removed), "removed"),
    ]
    told = ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to change"
    lines = [f"{os.path.relpath(out)}: {told}"]
    if built.warnings:
        lines[0] += f" ({summary(built.warnings)})"
    lines += left_out(built)
    lines += [f"not ours, left alone: {path}" for path in done.unknown]
    if built.next_change is not None:
        lines.append(f"changes by itself at {built.next_change:%Y-%m-%d %H:%M UTC}")
    return "\n".join(lines)


def left_out(built: Built) -> list[str]:
    """Say in a line which faulty files an open incident did not wait for."""
    if not built.without:
        return []
    return [f"an incident is open: built without {', '.join(built.without)}"]


def _as_json(built: Built, out: Path) -> str:
    done = built.written
    return json.dumps(
        {
            "out": str(out),
            "digest": done.digest,
            "rendered": done.rendered,
            "created": list(done.created),
            "changed": list(done.changed),
            "removed": list(done.removed),
            "warnings": len(built.warnings) - len(errors(built.warnings)),
            "without": built.without,
            "next_change": _iso(built.next_change),
        },
        indent=2,
    )


def _release(source: Path, facts: SiteFacts, digest: str) -> bytes:
    """Say what this release is: `sequence` rises with the commit, so that older ones are known."""
    commit = git.head_commit(source)
    now = facts.now
    release = {
        "commit": commit.id if commit else None,
        "committed_at": _iso(commit.at if commit else None),
        "built_for": _iso(now),
        "sequence": int((commit.at if commit else now).timestamp()),
        "tree": digest,
        "news": news(facts),
    }
    return json.dumps(release, indent=2).encode() + b"\n"


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"
