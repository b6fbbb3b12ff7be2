"""The paths that pages claim -> the certainty that each is a file of its own inside one folder."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from statusbook.problems import StatusbookError

STATE = ".statusbook"
"""The folder inside the output that holds what one build tells the next; no page may claim it."""

_SEGMENT = r"(?!\.{1,2}(?:/|\Z))[^/\\\x00-\x1f\x7f\ud800-\udfff]+"
_SAFE = re.compile(rf"(?!(?i:\.statusbook)(?:/|\Z)){_SEGMENT}(?:/{_SEGMENT})*")


def is_safe(path: str) -> bool:
    """Tell whether a POSIX path stays inside the folder that it is relative to."""
    return _SAFE.fullmatch(path) is not None


def check_paths(paths: Sequence[str]) -> None:
    """Refuse paths that leave the folder, and two pages for one file on any file system.

    Raises:
        StatusbookError: names the path, or both of them.
    """
    for path in paths:
        if not is_safe(path):
            raise StatusbookError(
                f"a page claims the path {path!r}, which is no path inside the site"
            )
    folded = fold(paths)
    if len(set(folded)) < len(folded):
        raise StatusbookError(_twice(paths))
    if both := set(folded).intersection(folders_of(folded)):
        raise StatusbookError(_nested(paths, min(both)))


def fold(paths: Sequence[str]) -> list[str]:
    """Return the paths such that two are equal where any usual file system takes them for one.

    That is, in whatever case, and with `é` as one character or two.
    """
    joined = "\n".join(paths)
    if not joined.isascii():
        joined = normalize("NFC", joined)
    return joined.casefold().split("\n")


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder above the paths, without the root."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _twice(paths: Sequence[str]) -> str:
    folded = fold(paths)
    name = min(name for name, count in Counter(folded).items() if count > 1)
    first, second, *_ = sorted(
        path for path, other in zip(paths, folded, strict=True) if other == name
    )
    return f"two pages claim one file: {first} and {second}"


def _nested(paths: Sequence[str], name: str) -> str:
    folded = fold(paths)
    outer = paths[folded.index(name)]
    inner = min(
        path for path, other in zip(paths, folded, strict=True) if other.startswith(name + "/")
    )
    return f"one page's path is another one's folder: {outer} and {inner}"
