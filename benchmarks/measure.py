"""A command -> what it cost: time, processor time and memory, of whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

_SAMPLE_SECONDS: Final = 0.01
_RSS_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """What one run took: wall and processor seconds, bytes of the largest process at its peak."""

    wall: float
    cpu: float
    peak: int


class Spread(NamedTuple):
    """The median of several runs, and the ends."""

    median: float
    least: float
    most: float


class CommandFailedError(Exception):
    """A measured command did not end well; the text holds what it said."""


def run(argv: Sequence[str], cwd: Path, env: Mapping[str, str]) -> Cost:
    """Run a command to its end, interpreter start included.

    Raises:
        CommandFailedError: it ended with anything but 0.
    """
    log = cwd.parent / "command.log"
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=cwd, env=env, stdout=out, stderr=out)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailedError(
            f"{argv} ended with {process.returncode}:\n{log.read_text()[:4000]}"
        )
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)


def peak_of_all(argv: Sequence[str], cwd: Path, env: Mapping[str, str]) -> int | None:
    """Run a command and return the most memory that it and its children held at one moment.

    Pages that processes share count once (Linux's PSS, looked at every 10 ms); None where the
    system does not tell.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    most = 0
    process = subprocess.Popen(
        argv, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(_SAMPLE_SECONDS):
            most = max(most, sum(map(_held_by, _family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    done.set()
    watcher.join()
    return most


def spread(values: Sequence[float]) -> Spread:
    """Return the median, the least and the most of some values."""
    return Spread(median(values), min(values), max(values))


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(relative for child in children for relative in _family(int(child)))]


def _held_by(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
