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


class Change(NamedTuple):
    """What a commit did to a file: the names of its content before and after, empty for none."""

    commit: str
    path: str
    before: str
    after: str


def changes(root: Path, commits: str) -> list[Change] | None:
    """Return what commits did to the files below `incidents/`; None where git fails.

    No commit comes before one that follows it, whatever the clocks said.

    Args:
        root: The book's root.
        commits: A commit, for its whole history, or `earlier..later`.
    """
    listed = _git(
        root,
        "log",
        "--topo-order",
        "--format=@%H",
        "--raw",
        "--no-abbrev",
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
    found = []
    commit = ""
    for line in os.fsdecode(listed).split("\n"):
        if line.startswith("@"):
            commit = line[1:]
        elif line.startswith(":"):
            # as many colons as parents; modes, then contents, of these and of the commit; a letter
            facts, _, path = line.partition("\t")
            contents = facts.split()[line.rfind(":", 0, len(facts)) + 2 : -1]
            before, after = (one.strip("0") and one for one in (contents[0], contents[-1]))
            found.append(Change(commit, path, before, after))
    return found


def contents(root: Path, names: Iterable[str]) -> dict[str, str]:
    """Return git's name of each content: of `commit:./path`; what there is not is missing."""
    asked = [name for name in names if "\n" not in name]
    said = _git(root, "cat-file", "--batch-check=%(objectname)", given="\n".join(asked) + "\n")
    found = zip(asked, (said or b"").decode("utf-8", "replace").split("\n"), strict=False)
    return {name: answer for name, answer in found if _is_name(answer)}


def files(root: Path, commit: str) -> dict[str, str]:
    """Return git's name of the content of each file below `incidents/` in a commit."""
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", "incidents")
    entries = (line.partition("\t") for line in os.fsdecode(listed or b"").split("\0") if line)
    return {path: facts.split()[2] for facts, _, path in entries}


def read(root: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Return contents by git's names of them."""
    asked = list(names)
    if not asked:
        return {}
    said = _git(root, "cat-file", "--batch", given="\n".join(asked) + "\n", patience=_LONG)
    found = {}
    at = 0
    while said and at < len(said):
        head, at = said[at : (end := said.index(b"\n", at))].decode().split(), end + 1
        if len(head) == 3 and head[2].isdigit():
            found[head[0]] = said[at : at + int(head[2])]
            at += int(head[2]) + 1
    return found


def _is_name(answer: str) -> bool:
    return len(answer) >= 40 and " " not in answer


def changed_since_commit(root: Path, paths: Iterable[str]) -> frozenset[str]:
    """Return those of the files that are not as the commit that is checked out has them."""
    listed = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", *paths)
    return frozenset(os.fsdecode(listed or b"").split("\0"))


def _git(
    root: Path, *arguments: str, patience: float | None = None, given: str = ""
) -> bytes | None:
    """Run git without its user's settings for output; None where it fails or is missing."""
    command = ["git", *(part for setting in _SETTINGS for part in ("-c", setting)), *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            check=False,
            input=os.fsencode(given),
            timeout=_PATIENCE if patience is None else patience,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
