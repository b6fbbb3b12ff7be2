"""Fixtures that several test files share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the checkout that is under test."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real histories beside the checkout, or skip where there is none."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"the real histories are not at {folder}")
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Return an empty folder, in memory where that is possible: a disk takes five times as long."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY, prefix="statusbook-") as folder:
        yield Path(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which writes what comes out into the case files (see test_cases.py)."""
    parser.addoption("--accept", action="store_true", help="renew what tests/cases/*.yml expect")
