"""`plan/metrics.yml` and the files below `metrics/` -> metrics, and what is known of their files.

The plan is written by people, so its faults are errors; files of readings come from machines, and
what is wrong in them is a warning, lest a broken probe keep an incident from the page.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from statusbook.model.plan import Metric
from statusbook.model.reading import Reading
from statusbook.problems import Problem, StatusbookError
from statusbook.read import cache
from statusbook.read.faults import Faults
from statusbook.read.folder import NO_FILE, RACE, SYMBOLIC_LINK
from statusbook.read.incident import blob_id, read_bytes
from statusbook.read.plan import METRICS, read_metric_plan
from statusbook.read.readings import MAX_BYTES, TOO_LARGE, read_readings

FOLDER: Final = "metrics"

_FILE: Final = re.compile(
    r"metrics/(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:csv|json)",
    re.ASCII,
)


class ReadingsFile(Struct, frozen=True, array_like=True):
    """What is known of a file of readings.

    `stamp` is what the file system says of it, empty where that cannot be relied on; `digest` names
    its content, and is empty where there is nothing that could be read. `newest` is the time of the
    last reading, in seconds since 1970.
    """

    path: str
    stamp: str
    digest: str
    problems: tuple[Problem, ...] = ()
    newest: float = 0.0


class BookMetrics(NamedTuple):
    """The metrics of a book, what is known of their files, and the problems of both.

    `fresh` holds the readings that had to be read, by the path of their file.
    """

    metrics: tuple[Metric, ...]
    files: Mapping[str, ReadingsFile]
    fresh: dict[str, list[Reading]]
    problems: tuple[Problem, ...]


def read_metrics(root: Path, folder: Path | None, now: int) -> BookMetrics:
    """Read the plan's metrics, and look at their files.

    Args:
        root: The book's root.
        folder: Folder of the cache, None for none.
        now: Nanoseconds since 1970, to tell which files have only just changed.
    """
    plan, problems = read_metric_plan(root)
    before = {one.path: one for one in cache.load(folder, FOLDER, list[ReadingsFile]) or ()}
    fresh: dict[str, list[Reading]] = {}
    files = {}
    for path in dict.fromkeys(
        metric.file for metric in plan.metrics if is_readings_file(metric.file)
    ):
        files[path] = _look(root, path, before.get(path), now, fresh)
        problems += files[path].problems
    if list(files.values()) != list(before.values()):
        cache.save(folder, FOLDER, list(files.values()))
    return BookMetrics(tuple(plan.metrics), files, fresh, tuple(problems))


def is_readings_file(path: str) -> bool:
    """Whether a path is that of a CSV or JSON file below `metrics/`."""
    return _FILE.fullmatch(path) is not None


def load_readings(root: Path, found: BookMetrics, path: str) -> list[Reading]:
    """Return the readings of a file, in order of time; none where it could not be read.

    Raises:
        StatusbookError: the file is no longer the one that was looked at.
    """
    known = found.files.get(path)
    if known is None or not known.digest:
        return []
    if path not in found.fresh:
        raw = read_bytes(os.fspath(root / path), Faults(path), most=MAX_BYTES)
        if raw is None or blob_id(raw) != known.digest:
            message = f"{path} changed while it was read: run the command again"
            raise StatusbookError(message)
        found.fresh[path] = read_readings(raw, Faults(path))
    return found.fresh[path]


def _look(
    root: Path, path: str, before: ReadingsFile | None, now: int, fresh: dict[str, list[Reading]]
) -> ReadingsFile:
    """Look at a file, and read it where it is not as before."""
    faults = Faults(path)
    seen = _seen(root, path, faults)
    if seen is None:
        return ReadingsFile(path, "", "", tuple(faults.found))
    stamp = f"{seen.st_size}:{seen.st_ctime_ns:x}:{seen.st_ino}"
    if before is not None and before.stamp == stamp:
        return before
    if seen.st_ctime_ns > now - RACE:
        stamp = ""
    raw = read_bytes(os.fspath(root / path), faults, most=MAX_BYTES)
    if raw is None:
        return ReadingsFile(path, "", "", tuple(faults.found))
    digest = blob_id(raw)
    if before is not None and before.digest == digest:
        return replace(before, stamp=stamp)
    readings = fresh[path] = read_readings(raw, faults)
    newest = readings[-1].at if readings else 0.0
    return ReadingsFile(path, stamp, digest, tuple(faults.found), newest)


def _seen(root: Path, path: str, faults: Faults) -> os.stat_result | None:
    """Look at a file and at the folders above it; a link among them, or no file, is a problem."""
    parts = path.split("/")
    seen = None
    for length in range(1, len(parts) + 1):
        place = "/".join(parts[:length])
        try:
            seen = os.lstat(root / place)
        except (FileNotFoundError, NotADirectoryError):
            hint = (
                f"let your monitoring write it; until then the metric has no readings ({METRICS})"
            )
            faults.warning(1, "E502", "there is no file of readings here", hint)
            return None
        except OSError as error:
            faults.error(1, "E201", f"cannot be read: {error.strerror}", "check its permissions")
            return None
        if stat.S_ISLNK(seen.st_mode):
            faults.path = place
            faults.error(1, *SYMBOLIC_LINK)
            return None
    if seen is None or not stat.S_ISREG(seen.st_mode):
        faults.error(1, *NO_FILE)
        return None
    if seen.st_size > MAX_BYTES:
        faults.warning(1, *TOO_LARGE)
        return None
    return seen
