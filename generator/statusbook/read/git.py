"""A checkout's git repository -> the few facts that a build takes from it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

_PATIENCE = 30.0
"""Seconds after which git is taken to hang, as it does on a locked or lost disk."""


_LONG = 300.0
"""The same for the history of a large book, which is looked at once."""

_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    # or a file of the same size whose time was set back is taken for unchanged
    "core.trustCtime=true",
    "core.checkStat=default",
    "log.showRoot=true",
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


def whole_history(root: Path) -> str | None:
    """Return the id of the commit that is checked out; None where its history is not all here."""
    said = _git(root, "rev-parse", "--is-shallow-repository", "HEAD")
    is_shallow, _, commit = (said or b"true").decode().strip().partition("\n")
    return commit if is_shallow == "false" else None


def follows(root: Path, commit: str, earlier: str) -> bool:
    """Whether a commit has another one in its history."""
    return _git(root, "merge-base", "--is-ancestor", earlier, commit) is not None


def changes(root: Path, commits: str) -> dict[str, int] | None:
    """Return the newest time at which a commit changed each file below `incidents/`.

    Args:
        root: The book's root.
        commits: A commit, for its whole history, or `earlier..later`.

    Returns:
        Path below the root -> seconds since 1970, deleted files too; None where git fails.
    """
    listed = _git(
        root,
        "log",
        "--format=@%ct",
        "--name-only",
        "--relative",
        "--full-history",
        "--no-renames",
        "--no-show-signature",
        "-c",  # of a merge, only what it has from neither side
        commits,
        "--",
        "incidents",
        patience=_LONG,
    )
    if listed is None:
        return None
    newest: dict[str, int] = {}
    at = 0
    for line in os.fsdecode(listed).splitlines():
        if line.startswith("@"):
            at = int(line[1:])
        elif line and newest.get(line, at) <= at:
            newest[line] = at
    return newest


def changed_since_commit(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the files that are not as the commit that is checked out has them."""
    listed = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", *paths)
    return frozenset(os.fsdecode(listed or b"").split("\0"))


def _git(root: Path, *arguments: str, patience: float | None = None) -> bytes | None:
    """Run git without its user's settings for output; None where it fails or is missing."""
    command = ["git", *(part for setting in _SETTINGS for part in ("-c", setting)), *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            check=False,
            timeout=_PATIENCE if patience is None else patience,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
