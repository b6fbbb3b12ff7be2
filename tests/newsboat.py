"""Let newsboat, a feed reader for terminals, read a feed, and see what it stored."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def subscribe(home: Path, feed: str) -> None:
    """Make a folder in which newsboat knows one feed."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "urls").write_text(f"{feed}\n")
    (home / "config").write_text("error-log errors.txt\n")


def reload(home: Path) -> None:
    """Let newsboat fetch its feed; it has nothing to complain of."""
    subprocess.run(
        ["newsboat", "-C", "config", "-u", "urls", "-c", "cache.db", "-x", "reload"],
        cwd=home,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb"},
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert not (home / "errors.txt").exists() or not (home / "errors.txt").read_text()


@contextmanager
def stored(home: Path) -> Iterator[sqlite3.Connection]:
    """Open what newsboat has stored: its entries are the rows of `rss_item`."""
    with closing(sqlite3.connect(home / "cache.db")) as cache, cache:
        yield cache
