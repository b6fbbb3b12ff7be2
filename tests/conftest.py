"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which writes what comes out into the case files (see test_cases.py)."""
    parser.addoption("--accept", action="store_true", help="renew what tests/cases/*.yml expect")
