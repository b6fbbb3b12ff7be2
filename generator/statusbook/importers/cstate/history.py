"""The git history of a site -> when each text of an issue was first published."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final, NamedTuple

from statusbook.importers.cstate.message import tidy
from statusbook.importers.foreign import UnusableError, clean, decode

MOST: Final = 256 * 1024
_PATIENCE: Final = 120.0
_MOST_VERSIONS: Final = 100
_MOST_EFFORT: Final = 10_000_000
"""Pairs of letters: comparing two paragraphs may take as many steps as both lengths multiplied."""
_SAME: Final = 0.8
"""Paragraphs that agree to this share are one paragraph, mended."""

# A repository is somebody else's, and so are its settings: none of them may start a program or
# fetch what is missing.
_SAFE: Final = (
    "git",
    "--no-pager",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.quotePath=false",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.attributesFile=/dev/null",
    "-c",
    "log.showSignature=false",
    "-c",
    "protocol.allow=never",
)
# A mark on a line of its own is no part of the paragraph below it.
_BRACKETS: Final = re.compile(r"^\[[^\]\n]{1,60}\](?:\s{0,3}-->)?:?[ \t]{0,9}\n", re.MULTILINE)
_RESOLVED: Final = re.compile(r"^resolved:\s{0,9}(?:true|yes|on)\b", re.MULTILINE | re.IGNORECASE)


class Version(NamedTuple):
    """What a commit made of a file; its text may be broken."""

    at: datetime
    text: str


class History:
    """The versions of one issue, oldest first; never empty."""

    def __init__(self, versions: Sequence[Version]) -> None:
        """Take the paragraphs of every version apart, once."""
        self.first = versions[0].at
        self._effort = _MOST_EFFORT
        self._times = [version.at for version in versions]
        self._seen: list[list[str]] = [paragraphs(_message(version.text)) for version in versions]
        self.last = versions[-1].at
        self.resolved_at = _resolved_at(versions)

    def born(self, text: str) -> datetime | None:
        """Return when a text was first there; None where it is as old as the file, or not found.

        Of several paragraphs, the oldest counts: what was added to a message later belongs to it.
        """
        return min(
            (self.paragraph_born(one) or self.first for one in paragraphs(text)), default=None
        )

    def paragraph_born(self, paragraph: str) -> datetime | None:
        """Return when a paragraph, or one much like it, was first there; None if it never was."""
        for at, seen in zip(self._times, self._seen, strict=True):
            if paragraph in seen or any(self._alike(paragraph, other) for other in seen):
                return at
        return None

    def _alike(self, one: str, other: str) -> bool:
        """Whether one paragraph is the other, mended; never, once that has cost too much."""
        if self._effort < 0 or not 0.6 < (len(one) + 1) / (len(other) + 1) < 1.7:
            return False
        self._effort -= 4 * (len(one) + len(other))
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        if matcher.real_quick_ratio() < _SAME or matcher.quick_ratio() < _SAME:
            return False
        self._effort -= len(one) * len(other)
        return self._effort >= 0 and matcher.ratio() >= _SAME


def read_histories(root: Path, folders: Iterable[str]) -> Mapping[str, History]:
    """Return the history of each issue by its path below `root`; empty outside of a repository.

    Two processes of git answer for all files. A time is that of the commit on the main line, which
    is when the site showed it; files that were renamed keep their past.
    """
    changes = _changes(root, sorted(folders))
    texts = _texts(root, {blob for blobs in changes.values() for _, blob in blobs})
    found = {}
    for path, blobs in changes.items():
        versions = [Version(at, texts[blob]) for at, blob in blobs if blob in texts]
        if versions:
            found[path] = History(versions[-_MOST_VERSIONS:])
    return found


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each as one line without the marks around it."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", _BRACKETS.sub("\n", text)))
    return [part for part in parts if part.strip("-=*_# ")]


def _message(text: str) -> str:
    """Return a version's message, also of one whose front matter is broken."""
    parts = re.split(r"^(?:---|\+\+\+)[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    return tidy(parts[2] if len(parts) == 3 else text, 1).text


def _resolved_at(versions: Sequence[Version]) -> datetime | None:
    """Return when the issue was marked as resolved for the last time; None if it is not."""
    since = None
    for version in versions:
        since = (since or version.at) if _RESOLVED.search(version.text) else None
    return since


def _changes(root: Path, folders: Sequence[str]) -> dict[str, list[tuple[datetime, str]]]:
    """Return for each path of today its blobs with their times, oldest first."""
    said = _git(
        root,
        "log",
        "--first-parent",
        "-m",
        "--reverse",
        "-M",
        "--raw",
        "--no-abbrev",
        "--relative",
        "--no-ext-diff",
        "--no-textconv",
        "-z",
        "--format=%x01%ct",
        "--",
        *folders,
    )
    found: dict[str, list[tuple[datetime, str]]] = {}
    at = datetime.fromtimestamp(0, UTC)
    for kind, path, other, blob in _raw_changes(said):
        if kind == "":
            at = datetime.fromtimestamp(int(path), UTC)
        elif kind == "D":
            found.pop(path, None)
        elif kind == "R":
            found[other] = [*found.pop(path, []), (at, blob)]
        else:
            found.setdefault(path, []).append((at, blob))
    return found


def _raw_changes(said: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Yield (kind, path, new path, blob) of changes; kind is empty for a commit and its time."""
    parts = iter(os.fsdecode(said).split("\0"))
    for part in parts:
        for word in part.split("\n"):
            if word.startswith("\x01"):
                yield "", word[1:], "", ""
            elif word.startswith(":"):
                _, _, _, blob, kind = word.split(" ")
                path = next(parts, "")
                other = next(parts, "") if kind[0] in "RC" else ""
                yield (
                    ("R", path, other, blob)
                    if kind[0] == "R"
                    else (kind[0], other or path, "", blob)
                )


def _texts(root: Path, blobs: set[str]) -> dict[str, str]:
    """Return the texts of blobs; those that are too large, no text or missing are left away."""
    wanted = sorted(blob for blob in blobs if blob.strip("0"))
    if not wanted:
        return {}
    sizes = _git(root, "cat-file", "--batch-check", given="\n".join(wanted).encode())
    small = []
    for line in sizes.decode(errors="replace").splitlines():
        name, _, rest = line.partition(" ")
        kind, _, size = rest.partition(" ")
        if kind == "blob" and int(size) <= MOST:
            small.append(name)
    said = _git(root, "cat-file", "--batch", given="\n".join(small).encode())
    found = {}
    position = 0
    for _ in small:
        end = said.find(b"\n", position)
        if end < 0:
            break
        name, _, size = said[position:end].decode(errors="replace").split(" ")
        raw = said[end + 1 : end + 1 + int(size)]
        position = end + int(size) + 2
        try:
            found[name] = clean(decode(raw)).text
        except UnusableError:
            continue
    return found


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git; nothing where it fails, as outside of a repository."""
    try:
        done = subprocess.run(
            [*_SAFE, *arguments],
            cwd=root,
            input=given,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
