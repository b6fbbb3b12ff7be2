"""Build a site with the real command, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def build(root: Path, out: Path, moment: str) -> None:
    """Build the page of the book at `root` as at a moment, without a cache."""
    command = [sys.executable, "-m", "statusbook", "build", "status", "--no-cache"]
    subprocess.run(
        [*command, "--source", root, "--out", out, "--now", moment], check=True, timeout=60
    )


def files_of(site: Path) -> dict[str, Path]:
    """Return the files of a built site by their address, without what builds keep there."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path for name, path in found.items() if not name.startswith(".statusbook/")}
