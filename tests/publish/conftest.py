"""A folder for sites that are built hundreds of times."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder, in memory where that is possible: a disk takes five times as long."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY, prefix="statusbook-") as folder:
        yield Path(folder)
