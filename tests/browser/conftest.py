"""The browser and the sites that the tests of this folder look at: one of each for a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from browser.books import BOOKS, NOW
from browser.kinds import Site
from browsing import AXE, chromium, launched, needed
from serving import serving
from statusbook.cli.build import build_status


@pytest.fixture(scope="package")
def chrome() -> Iterator[Browser]:
    """Start Chromium. It ends with this folder: other tests count their processes."""
    needed(chromium(), "chromium")
    needed(AXE.is_file(), "npm's axe-core")
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def sites(project_root: Path) -> Iterator[dict[str, Site]]:
    """Build and serve the example and the books that are made to be looked at."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - our own folder
    with ExitStack() as stack:
        place = Path(stack.enter_context(TemporaryDirectory(dir=memory, prefix="statusbook-")))
        found = {}
        for name in ("example", *BOOKS):
            source, out = place / name / "book", place / name / "site"
            if name in BOOKS:
                lay(source, BOOKS[name]())
            build_status(project_root if name == "example" else source, out, NOW, NOW, None, 1)
            asked: list[str] = []
            address = stack.enter_context(serving(out, asked=asked))
            found[name] = Site(out, address, asked)
        yield found


def lay(root: Path, files: dict[str, str]) -> None:
    """Write a book's files."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
