"""Options that several commands share, and how their texts become values."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from statusbook.problems import StatusbookError
from statusbook.read import cache, git, times

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A moment with its zone, as `2026-11-21T14:05Z`; given as UTC, in whole seconds."""

    name = "TIME"

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read the moment."""
        if isinstance(value, datetime):
            return value
        moment = times.moment(value)
        if isinstance(moment, times.Wrong):
            self.fail(f"{moment.message}: {moment.hint}", param, ctx)
        return moment.replace(microsecond=0)


source = click.option(
    "--source",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder that holds plan/ and incidents/ (here).",
)
now = click.option("--now", type=Moment(), help="Build as at this moment, as 2026-11-21T14:05Z.")
workers = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1),
    help="How many processes may work (one for each core, at most 4).",
)
no_cache = click.option(
    "--no-cache", is_flag=True, help="Read everything anew; keep nothing for the next run."
)


def clock() -> datetime:
    """Read the clock: UTC, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def cache_folder(root: Path, *, unused: bool) -> Path | None:
    """Return where a book's cache lies: $STATUSBOOK_CACHE or below the book; None if unused.

    Raises:
        StatusbookError: it came with the sources.
    """
    if unused:
        return None
    given = os.environ.get("STATUSBOOK_CACHE")
    if given:
        return Path(given)
    if (root / cache.FOLDER).exists() and git.tracks(root, cache.FOLDER):
        # its digests prove that it is whole, not who made it: whoever may commit could forge it
        message = (
            f"{cache.FOLDER} is tracked by git, and a cache is nobody's source: "
            f"run `git rm -r --cached {cache.FOLDER}`"
        )
        raise StatusbookError(message)
    return root / cache.FOLDER
