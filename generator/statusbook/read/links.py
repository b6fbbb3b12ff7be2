"""A path below the book's root -> the first of its parts that is a symbolic link."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath


def first_link(root: Path, path: str) -> str | None:
    """Return the part of a path, relative to the root, that is a link; None where none is."""
    place = PurePosixPath()
    for part in PurePosixPath(path).parts:
        place /= part
        if os.path.islink(root / place):
            return place.as_posix()
    return None
