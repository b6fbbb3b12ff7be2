"""A checkout's git repository -> the few facts that a build takes from it."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 30.0
"""Seconds after which git is taken to hang, as it does on a locked or lost disk."""


_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    # or a file of the same size whose time was set back is taken for unchanged
    "core.trustCtime=true",
    "core.checkStat=default",
)


class Commit(NamedTuple):
    """The commit that is checked out: its id and the time it was committed, in UTC."""

    id: str
    at: datetime


def head_commit(root: Path) -> Commit | None:
    """Return the commit that is checked out at `root`; None outside of a repository."""
    said = _git(root, "log", "-1", "--format=%H %ct")
    if not said:
        return None
    commit, _, seconds = said.decode().strip().partition(" ")
    return Commit(commit, datetime.fromtimestamp(int(seconds), UTC))


def tracks(root: Path, path: str) -> bool:
    """Whether git has a file at or below a path in its index."""
    return bool(_git(root, "ls-files", "-z", "--", path))


def clean_blobs(root: Path) -> dict[str, str]:
    """Return git's name of the content of each file below `incidents/` that is as git knows it.

    Files that were changed or are not tracked are missing, and all are where there is no git.
    """
    listed = _git(root, "ls-files", "-s", "-v", "-z", "--", "incidents")
    changed = _git(root, "diff-files", "--name-only", "--relative", "-z", "--", "incidents")
    if listed is None or changed is None:
        return {}
    blobs = {}
    for line in os.fsdecode(listed).split("\0"):
        # tag, mode, blob, stage, path; a tag other than H says that git does not look at the file
        facts, _, path = line.partition("\t")
        parts = facts.split()
        if len(parts) == 4 and parts[0] == "H" and parts[3] == "0":
            blobs[path] = parts[2]
    for path in os.fsdecode(changed).split("\0"):
        blobs.pop(path, None)
    return blobs


def _git(root: Path, *arguments: str) -> bytes | None:
    """Run git without its user's settings for output; None where it fails or is missing."""
    command = ["git", *(part for setting in _SETTINGS for part in ("-c", setting)), *arguments]
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, check=False, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
